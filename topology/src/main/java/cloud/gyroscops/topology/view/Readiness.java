package cloud.gyroscops.topology.view;

import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Whether an instance should be asked: judged by how its partitions come on. Threads that live say nothing of that.
 *
 * @param now nanoseconds, as all times here
 * @param lookedAt the time of the last look that succeeded; null if none did
 */
record Readiness(long now, Long lookedAt) {

    /** An older look says nothing of now. */
    static final Duration HOLDS = Duration.ofSeconds(10);

    /** Who has records to apply and applies none is stuck. */
    static final Duration STUCK_AFTER = Duration.ofSeconds(30);

    /** Some seconds of work; who is further behind should not be asked yet. */
    static final long WITHIN = 10_000;

    static Readiness at(long now, Long lookedAt) {
        return new Readiness(now, lookedAt);
    }

    /** Whether all partitions that are to be worked on are worked on, come on, and are not far behind. */
    boolean of(Collection<Place> assigned, Predicate<Place> worked, Function<Place, Optional<Standing>> standings) {
        return lookedAt != null
                && now - lookedAt <= HOLDS.toNanos()
                && assigned.stream()
                        .allMatch(place -> worked.test(place)
                                && standings.apply(place).filter(this::comesOn).isPresent());
    }

    private boolean comesOn(Standing standing) {
        return standing.behind() <= WITHIN && now - standing.movedAt() < STUCK_AFTER.toNanos();
    }
}
