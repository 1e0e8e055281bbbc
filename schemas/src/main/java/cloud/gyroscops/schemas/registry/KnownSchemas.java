package cloud.gyroscops.schemas.registry;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListSet;
import org.apache.avro.Schema;

/** What the registry told so far. An id never changes its schema, so nothing here grows stale. */
final class KnownSchemas {

    /** What a subject has is known to be all only where it was preloaded. */
    record Snapshot(Map<Integer, Schema> schemas, Map<String, Set<Integer>> subjects) {}

    private final ConcurrentMap<Integer, Schema> schemas = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Set<Integer>> subjects = new ConcurrentHashMap<>();

    KnownSchemas(Snapshot start) {
        schemas.putAll(start.schemas());
        start.subjects().forEach((subject, ids) -> ids(subject).addAll(ids));
    }

    Schema byId(int id) {
        return schemas.get(id);
    }

    /** The id of a schema under a subject, or null. */
    Integer idOf(String subject, Schema schema) {
        for (int id : subjects.getOrDefault(subject, Set.of())) {
            if (schema.equals(schemas.get(id))) {
                return id;
            }
        }
        return null;
    }

    boolean knows(String subject) {
        return subjects.containsKey(subject);
    }

    /** Tells whether that was news. */
    boolean add(int id, Schema schema) {
        return schemas.putIfAbsent(id, schema) == null;
    }

    /** Tells whether that was news. */
    boolean add(String subject, int id, Schema schema) {
        // Not short-circuited: both are to be added.
        return add(id, schema) | ids(subject).add(id);
    }

    /** A subject that was asked for, even if it has no versions. Tells whether that was news. */
    boolean add(String subject) {
        return subjects.putIfAbsent(subject, new ConcurrentSkipListSet<>()) == null;
    }

    Snapshot snapshot() {
        Map<String, Set<Integer>> copy = new TreeMap<>();
        subjects.forEach((subject, ids) -> copy.put(subject, new TreeSet<>(ids)));
        return new Snapshot(new TreeMap<>(schemas), copy);
    }

    private Set<Integer> ids(String subject) {
        return subjects.computeIfAbsent(subject, s -> new ConcurrentSkipListSet<>());
    }
}
