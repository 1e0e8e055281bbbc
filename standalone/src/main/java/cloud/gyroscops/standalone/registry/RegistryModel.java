package cloud.gyroscops.standalone.registry;

import cloud.gyroscops.standalone.registry.Entry.LevelSet;
import cloud.gyroscops.standalone.registry.Entry.SchemaAdded;
import cloud.gyroscops.standalone.registry.Entry.VersionSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.avro.Schema;

/**
 * What the registry knows, as the entries in its topic tell it. Questions are answered here; changes are only proposed,
 * as entries that must be stored before they are applied. For one thread at a time.
 */
final class RegistryModel {

    /** A version that is not deleted. */
    record Version(String subject, int version, int id, String schema) {}

    /** A schema's id, and what must be stored for it to hold. */
    record Registration(int id, List<Entry> entries) {}

    private final Map<Integer, String> schemas = new HashMap<>();
    private final Map<String, Integer> ids = new HashMap<>();
    private final SortedMap<String, NavigableMap<Integer, VersionSet>> subjects = new TreeMap<>();
    private final Map<String, CompatibilityLevel> levels = new HashMap<>();
    private int highestId;

    void apply(Entry entry) {
        if (entry instanceof SchemaAdded added) {
            schemas.put(added.id(), added.schema());
            ids.putIfAbsent(added.schema(), added.id());
            highestId = Math.max(highestId, added.id());
        } else if (entry instanceof VersionSet set) {
            subjects.computeIfAbsent(set.subject(), s -> new TreeMap<>()).put(set.version(), set);
        } else if (entry instanceof LevelSet set && set.level() == null) {
            levels.remove(set.subject());
        } else if (entry instanceof LevelSet set) {
            levels.put(set.subject(), set.level());
        }
    }

    Registration register(String subject, String text) {
        String schema = SchemaText.normal(text);
        List<Version> versions = live(subject);
        for (Version version : versions) {
            if (version.schema().equals(schema)) {
                return new Registration(version.id(), List.of());
            }
        }
        level(subject).objection(SchemaText.parse(schema), parsed(versions)).ifPresent(objection -> {
            throw RegistryProblem.incompatible(objection);
        });
        NavigableMap<Integer, VersionSet> all = subjects.getOrDefault(subject, new TreeMap<>());
        int next = all.isEmpty() ? 1 : all.lastKey() + 1;
        Integer known = ids.get(schema);
        // Counted even if it cannot be stored in time: it may have been stored all the same.
        int id = known != null ? known : ++highestId;
        VersionSet version = new VersionSet(subject, next, id, false);
        return new Registration(id, known != null ? List.of(version) : List.of(new SchemaAdded(id, schema), version));
    }

    /** Whether a schema might follow one version, by the subject's rule. */
    Optional<String> objection(String subject, String version, String text) {
        Version existing = version(subject, version);
        return level(subject).objection(SchemaText.parse(text), parsed(List.of(existing)));
    }

    String schema(int id) {
        String schema = schemas.get(id);
        if (schema == null) {
            throw RegistryProblem.schemaNotFound(Integer.toString(id));
        }
        return schema;
    }

    List<Version> uses(int id) {
        schema(id);
        return subjects.keySet().stream()
                .flatMap(subject -> live(subject).stream())
                .filter(version -> version.id() == id)
                .toList();
    }

    List<String> subjects() {
        return subjects.keySet().stream()
                .filter(subject -> !live(subject).isEmpty())
                .toList();
    }

    List<Version> versions(String subject) {
        List<Version> versions = live(subject);
        if (versions.isEmpty()) {
            throw RegistryProblem.subjectNotFound(subject);
        }
        return versions;
    }

    /** By number, or {@code latest}. */
    Version version(String subject, String wanted) {
        List<Version> versions = versions(subject);
        if (wanted.equals("latest") || wanted.equals("-1")) {
            return versions.get(versions.size() - 1);
        }
        if (!wanted.matches("0*[1-9][0-9]{0,8}")) {
            throw RegistryProblem.invalidVersion(wanted);
        }
        int number = Integer.parseInt(wanted);
        return versions.stream()
                .filter(version -> version.version() == number)
                .findFirst()
                .orElseThrow(() -> RegistryProblem.versionNotFound(wanted));
    }

    Version find(String subject, String text) {
        String schema = SchemaText.normal(text);
        return versions(subject).stream()
                .filter(version -> version.schema().equals(schema))
                .findFirst()
                .orElseThrow(() -> RegistryProblem.schemaNotFound("under the subject " + subject));
    }

    CompatibilityLevel globalLevel() {
        return levels.getOrDefault(null, CompatibilityLevel.BACKWARD);
    }

    /** The rule that holds for a subject. */
    CompatibilityLevel level(String subject) {
        return levels.getOrDefault(subject, globalLevel());
    }

    /** The rule that a subject has of its own. */
    CompatibilityLevel ownLevel(String subject) {
        CompatibilityLevel level = levels.get(subject);
        if (level == null) {
            throw RegistryProblem.levelNotFound(subject);
        }
        return level;
    }

    private List<Version> live(String subject) {
        return subjects.getOrDefault(subject, new TreeMap<>()).values().stream()
                .filter(set -> !set.deleted())
                .map(set -> new Version(subject, set.version(), set.id(), schemas.get(set.id())))
                .toList();
    }

    private static List<Schema> parsed(List<Version> versions) {
        return versions.stream()
                .map(version -> SchemaText.parse(version.schema()))
                .toList();
    }
}
