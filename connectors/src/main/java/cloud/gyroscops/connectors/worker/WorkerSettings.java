package cloud.gyroscops.connectors.worker;

import cloud.gyroscops.schemas.settings.Environment;
import java.time.Duration;

/**
 * How a worker treats its target.
 *
 * @param callsAtATime by one process, 1 to 256
 * @param lanes how many aggregates of one partition are called for at a time, 1 to 256
 * @param placesInMemory how much work of one partition is held in memory, by its place in line; 10 to 1,000,000. The rest is
 *     read from the store when its turn comes
 * @param attempts of one event until its aggregate is parked, 1 to 100
 * @param patience how long an event waits for another one that has to be mirrored first, until its aggregate is parked
 * @param firstPause after a failure; the next ones double, with jitter
 * @param longestPause which the pauses never exceed
 */
public record WorkerSettings(
        int callsAtATime,
        int lanes,
        int placesInMemory,
        int attempts,
        Duration patience,
        Duration firstPause,
        Duration longestPause) {

    /** What holds unless told otherwise. */
    public static final WorkerSettings DEFAULT =
            new WorkerSettings(32, 16, 100_000, 3, Duration.ofHours(1), Duration.ofMillis(200), Duration.ofSeconds(30));

    /** Checks the values. */
    public WorkerSettings {
        within("calls at a time", callsAtATime, 1, 256);
        within("lanes", lanes, 1, 256);
        within("places in memory", placesInMemory, 10, 1_000_000);
        within("attempts", attempts, 1, 100);
        positive("patience", patience);
        positive("first pause", firstPause);
        positive("longest pause", longestPause);
        if (longestPause.compareTo(firstPause) < 0) {
            throw new IllegalArgumentException(
                    "longest pause is " + longestPause + "; it must be no less than the first one, " + firstPause);
        }
    }

    /** From the environment; names of variables begin with MIRROR_. */
    public static WorkerSettings from(Environment environment) {
        return new WorkerSettings(
                environment.integer("MIRROR_CALLS", DEFAULT.callsAtATime, 1, 256),
                environment.integer("MIRROR_LANES", DEFAULT.lanes, 1, 256),
                DEFAULT.placesInMemory,
                environment.integer("MIRROR_ATTEMPTS", DEFAULT.attempts, 1, 100),
                environment.duration("MIRROR_PATIENCE", DEFAULT.patience),
                environment.duration("MIRROR_FIRST_PAUSE", DEFAULT.firstPause),
                environment.duration("MIRROR_LONGEST_PAUSE", DEFAULT.longestPause));
    }

    private static void within(String what, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(what + " is " + value + "; it must be " + min + " to " + max);
        }
    }

    private static void positive(String what, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(what + " is " + value + "; it must be more than 0");
        }
    }
}
