package cloud.gyroscops.standalone.registry;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;

/** What a subject's next version may change. */
enum CompatibilityLevel {
    NONE(false, false, false),
    BACKWARD(true, false, false),
    BACKWARD_TRANSITIVE(true, false, true),
    FORWARD(false, true, false),
    FORWARD_TRANSITIVE(false, true, true),
    FULL(true, true, false),
    FULL_TRANSITIVE(true, true, true);

    private final boolean newReadsOld;
    private final boolean oldReadsNew;
    private final boolean transitive;

    CompatibilityLevel(boolean newReadsOld, boolean oldReadsNew, boolean transitive) {
        this.newReadsOld = newReadsOld;
        this.oldReadsNew = oldReadsNew;
        this.transitive = transitive;
    }

    static CompatibilityLevel of(String name) {
        return Arrays.stream(values())
                .filter(level -> level.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> RegistryProblem.invalidLevel(name));
    }

    static List<String> names() {
        return Arrays.stream(values()).map(Enum::name).toList();
    }

    /** What stands against a schema after these versions, the oldest of which comes first. */
    Optional<String> objection(Schema next, List<Schema> versions) {
        List<Schema> counting =
                transitive || versions.isEmpty() ? versions : versions.subList(versions.size() - 1, versions.size());
        return counting.stream()
                .flatMap(version ->
                        unreadable(newReadsOld, next, version)
                                .or(() -> unreadable(oldReadsNew, version, next))
                                .stream())
                .findFirst();
    }

    private static Optional<String> unreadable(boolean matters, Schema reader, Schema writer) {
        return matters
                ? SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                        .getResult()
                        .getIncompatibilities()
                        .stream()
                        .findFirst()
                        .map(reason -> reason.getType() + " at " + reason.getLocation() + ": " + reason.getMessage())
                : Optional.empty();
    }
}
