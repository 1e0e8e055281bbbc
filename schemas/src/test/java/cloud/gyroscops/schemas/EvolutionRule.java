package cloud.gyroscops.schemas;

import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaPairCompatibility;

/**
 * What a record's next version may change.
 *
 * <p>Judged by Avro's SchemaCompatibility and not by its SchemaValidator, which lets a union branch vanish as long as
 * another one has the same shape, and an enum symbol in any case.
 */
enum EvolutionRule {
    /** Any version reads any other: payloads, which old and new readers and writers exchange for ever. */
    FULL_TRANSITIVE(true),
    /** Each version reads all before it: envelopes, whose unions grow, and stored states, which only we read. */
    BACKWARD_TRANSITIVE(false);

    private final boolean mutual;

    EvolutionRule(boolean mutual) {
        this.mutual = mutual;
    }

    /** Why a version may not follow the older ones. */
    Optional<String> objection(List<Schema> older, Schema next) {
        return older.stream()
                .flatMap(version ->
                        unreadable(next, version)
                                .or(() -> mutual ? unreadable(version, next) : Optional.empty())
                                .stream())
                .findFirst()
                .or(() -> enumWithoutDefault(next));
    }

    private Optional<String> unreadable(Schema reader, Schema writer) {
        SchemaPairCompatibility pair = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer);
        return pair.getResult().getIncompatibilities().stream()
                .findFirst()
                .map(reason -> reader.getFullName() + " breaks " + this + " at " + reason.getLocation() + ": "
                        + reason.getType() + ", " + reason.getMessage());
    }

    /** Without a default, a reader meets a symbol that it is too old to know with an exception. */
    private static Optional<String> enumWithoutDefault(Schema schema) {
        return NamedTypes.within(schema).stream()
                .filter(type -> type.getType() == Schema.Type.ENUM && type.getEnumDefault() == null)
                .findFirst()
                .map(type -> schema.getFullName() + ": the enum " + type.getFullName() + " has no default");
    }
}
