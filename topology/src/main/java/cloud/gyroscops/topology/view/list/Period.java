package cloud.gyroscops.topology.view.list;

import java.time.Instant;
import java.util.Optional;

/**
 * From an instant on, and before another one.
 *
 * @param from the first instant; empty: no matter
 * @param before the first instant after it; empty: no matter
 */
public record Period(Optional<Instant> from, Optional<Instant> before) {

    /** No matter when. */
    public static final Period ANY = new Period(Optional.empty(), Optional.empty());

    /** Checks the values. */
    public Period {
        if (from.isPresent() && before.isPresent() && !from.get().isBefore(before.get())) {
            throw new IllegalArgumentException(
                    "period is from " + from.get() + " to before " + before.get() + "; it must end after it begins");
        }
    }

    long least() {
        return from.map(Period::firstMilliFrom).orElse(Long.MIN_VALUE);
    }

    long most() {
        return before.map(instant -> firstMilliFrom(instant) - 1).orElse(Long.MAX_VALUE);
    }

    private static long firstMilliFrom(Instant instant) {
        long milli = instant.toEpochMilli();
        return Instant.ofEpochMilli(milli).isBefore(instant) ? milli + 1 : milli;
    }
}
