package cloud.gyroscops.topology.view.history;

import cloud.gyroscops.schemas.Aggregate;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;

/**
 * Where an event stands among all others: by time, then by key.
 *
 * @param time when it occurred, in milliseconds
 * @param key as stores order it
 * @param aggregate which tells apart two whose ids are the same
 */
record EventPlace(Instant time, String key, Aggregate aggregate) implements Comparable<EventPlace> {

    private static final Comparator<EventPlace> ORDER = Comparator.comparing(EventPlace::time)
            .thenComparing(EventPlace::key)
            .thenComparing(EventPlace::aggregate);

    @Override
    public int compareTo(EventPlace other) {
        return ORDER.compare(this, other);
    }

    /** A text that means something to {@link #parse} alone. */
    String cursor() {
        var text = time.toEpochMilli() + " " + aggregate.plural() + " " + key;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The place that a cursor means.
     *
     * @throws IllegalArgumentException if it means none
     */
    static EventPlace parse(String cursor) {
        try {
            var parts = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8).split(" ", 3);
            if (parts.length == 3) {
                return new EventPlace(
                        Instant.ofEpochMilli(Long.parseLong(parts[0])),
                        parts[2],
                        Aggregate.named(parts[1]).orElseThrow(IllegalArgumentException::new));
            }
        } catch (IllegalArgumentException | DateTimeException e) {
            // Told below, like one that has too few parts.
        }
        throw new IllegalArgumentException("cursor is \"" + cursor + "\"; it must be one that came as \"next\"");
    }
}
