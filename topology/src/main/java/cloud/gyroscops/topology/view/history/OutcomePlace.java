package cloud.gyroscops.topology.view.history;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;

/**
 * Where an outcome stands among all others of its aggregate: by time, then by target and sequence.
 *
 * @param time when it was, in milliseconds
 * @param target its name; empty: before all others of that time
 */
record OutcomePlace(Instant time, String target, long sequence) implements Comparable<OutcomePlace> {

    private static final Comparator<OutcomePlace> ORDER = Comparator.comparing(OutcomePlace::time)
            .thenComparing(OutcomePlace::target)
            .thenComparingLong(OutcomePlace::sequence);

    /** Before all outcomes of a time, and behind all earlier ones. */
    static OutcomePlace atThe(Instant time) {
        return new OutcomePlace(time, "", 0);
    }

    @Override
    public int compareTo(OutcomePlace other) {
        return ORDER.compare(this, other);
    }

    /** A text that means something to {@link #parse} alone. */
    String cursor() {
        var text = time.toEpochMilli() + " " + sequence + " " + target;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The place that a cursor means.
     *
     * @throws IllegalArgumentException if it means none
     */
    static OutcomePlace parse(String cursor) {
        try {
            var parts = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8).split(" ", 3);
            if (parts.length == 3) {
                return new OutcomePlace(
                        Instant.ofEpochMilli(Long.parseLong(parts[0])), parts[2], Long.parseLong(parts[1]));
            }
        } catch (IllegalArgumentException | DateTimeException e) {
            // Told below, like one that has too few parts.
        }
        throw new IllegalArgumentException("cursor is \"" + cursor + "\"; it must be one that came in \"next\"");
    }
}
