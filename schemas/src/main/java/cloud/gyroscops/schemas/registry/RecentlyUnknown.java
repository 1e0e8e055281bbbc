package cloud.gyroscops.schemas.registry;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;

/**
 * Ids that the registry did not know a moment ago: long enough that a flood of garbage does not become a flood of
 * requests, short enough that a schema registered late is soon found.
 */
final class RecentlyUnknown {
    static final Duration REMEMBERED = Duration.ofSeconds(3);
    private static final int LIMIT = 10_000;

    private final ConcurrentMap<Integer, Long> until = new ConcurrentHashMap<>();
    private final LongSupplier nanoClock;

    RecentlyUnknown(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    boolean contains(int id) {
        Long end = until.get(id);
        return end != null && end - nanoClock.getAsLong() > 0;
    }

    void add(int id) {
        long now = nanoClock.getAsLong();
        if (until.size() >= LIMIT) {
            until.values().removeIf(end -> end - now <= 0);
        }
        // Garbage with ever new ids must not fill the memory; beyond the limit it is asked for again.
        if (until.size() < LIMIT) {
            until.put(id, now + REMEMBERED.toNanos());
        }
    }

    void remove(int id) {
        until.remove(id);
    }
}
