package cloud.gyroscops.connectors.keycloak;

import cloud.gyroscops.connectors.keycloak.Merge.Changed;
import cloud.gyroscops.connectors.keycloak.Merge.Difference;
import cloud.gyroscops.connectors.target.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * When an aggregate was told of Keycloak's value of a field, noted beside the fields that are mirrored. Its answer may be on its
 * way: for a while nobody pushes ours. Later it has refused, and ours is pushed.
 */
final class Told {

    static final Duration PATIENCE = Duration.ofMinutes(10);

    /** Before the name of a field; the value is in milliseconds. */
    static final String PREFIX = "told.";

    private Told() {}

    /** What a look may push: the fields that the event sets; without one all, but those whose answer is on its way. */
    static Optional<Set<String>> touched(Look look, Subject subject, Set<String> all) {
        if (look.touched().isPresent()) {
            return look.touched();
        }
        var since = Instant.now().minus(PATIENCE).toEpochMilli();
        var touched = new HashSet<>(all);
        touched.removeIf(field -> Long.parseLong(subject.mirrored().getOrDefault(PREFIX + field, "0")) > since);
        return touched.size() == all.size() ? Optional.empty() : Optional.of(touched);
    }

    /** What is mirrored, with notes of what is told now, and of what was told and is not answered yet. */
    static Map<String, String> noted(Subject subject, Merge merge, Map<String, String> mirrored) {
        var noted = new HashMap<>(mirrored);
        var now = Long.toString(Instant.now().toEpochMilli());
        merge.taken().keySet().forEach(field -> noted.put(PREFIX + field, now));
        merge.differences().stream()
                .filter(difference -> difference.changed() == Changed.EARLIER)
                .map(Difference::field)
                .filter(field -> subject.mirrored().containsKey(PREFIX + field))
                .forEach(field -> noted.put(PREFIX + field, subject.mirrored().get(PREFIX + field)));
        return noted;
    }
}
