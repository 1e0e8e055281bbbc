package cloud.gyroscops.schemas.serde;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Field;
import org.apache.avro.Schema.Type;

/**
 * A writer's schema, changed so that Avro resolves records by their full names only.
 *
 * <p>Left to itself, Avro takes any record of the same shape for a union branch whose name the reader does not know: a
 * new {@code ArchiveUser {}} would be read as the first empty record of the union, say {@code EnableUser}. So each record
 * that the reader does not have by that name is replaced by a {@code fixed} of its name, which resolves with nothing.
 */
final class StrictWriter {
    private final Map<Schema, Map<Schema, Schema>> done = new IdentityHashMap<>();

    private StrictWriter() {}

    static Schema of(Schema writer, Schema reader) {
        return writer.equals(reader) ? writer : new StrictWriter().against(Schema.applyAliases(writer, reader), reader);
    }

    private Schema against(Schema writer, Schema reader) {
        if (writer.getType() == Type.UNION) {
            List<Schema> branches = new ArrayList<>();
            writer.getTypes().forEach(branch -> branches.add(against(branch, reader)));
            return copyOfProperties(writer, Schema.createUnion(branches));
        }
        Schema match = reader.getType() == Type.UNION ? branch(writer, reader) : reader;
        return switch (writer.getType()) {
            case RECORD -> record(writer, match);
            case ARRAY ->
                match.getType() == Type.ARRAY
                        ? copyOfProperties(
                                writer, Schema.createArray(against(writer.getElementType(), match.getElementType())))
                        : writer;
            case MAP ->
                match.getType() == Type.MAP
                        ? copyOfProperties(
                                writer, Schema.createMap(against(writer.getValueType(), match.getValueType())))
                        : writer;
            default -> writer;
        };
    }

    private Schema record(Schema writer, Schema reader) {
        if (reader.getType() != Type.RECORD || !writer.getFullName().equals(reader.getFullName())) {
            return Schema.createFixed(writer.getName(), null, writer.getNamespace(), 0);
        }
        Map<Schema, Schema> ofReader = done.computeIfAbsent(reader, r -> new IdentityHashMap<>());
        Schema copy = ofReader.get(writer);
        if (copy == null) {
            copy = Schema.createRecord(writer.getName(), writer.getDoc(), writer.getNamespace(), writer.isError());
            // Before the fields, for records that contain themselves.
            ofReader.put(writer, copy);
            List<Field> fields = new ArrayList<>();
            for (Field field : writer.getFields()) {
                Field wanted = reader.getField(field.name());
                // Defaults are of no use in a writer, and would not fit a replaced branch.
                fields.add(new Field(
                        field.name(), wanted == null ? field.schema() : against(field.schema(), wanted.schema())));
            }
            copy.setFields(fields);
        }
        return copy;
    }

    /** The union's branch that a writer's type may become; the union itself if there is none. */
    private static Schema branch(Schema writer, Schema union) {
        Map<String, Schema> byName = new HashMap<>();
        union.getTypes().forEach(branch -> byName.put(branch.getFullName(), branch));
        return byName.getOrDefault(writer.getFullName(), union);
    }

    private static Schema copyOfProperties(Schema from, Schema to) {
        to.putAll(from);
        return to;
    }
}
