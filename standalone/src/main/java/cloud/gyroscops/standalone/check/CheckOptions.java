package cloud.gyroscops.standalone.check;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * How to check.
 *
 * @param applicationId of the command topology, whose changelogs are read
 * @param clockTolerance by how much the clocks of instances and brokers may differ; 0 or more
 * @param userRemembered for how long a user that was there may be taken to be there, when payments name it
 * @param patience how long at most to wait for what is under way; 0 or more
 * @param limit how many violations to tell, 0 or more; all are counted
 * @param progress told now and then how far the reading is
 */
public record CheckOptions(
        String applicationId,
        Duration clockTolerance,
        Duration userRemembered,
        Duration patience,
        int limit,
        Consumer<Reading> progress) {

    /** Checks the values. */
    public CheckOptions {
        if (clockTolerance.isNegative()) {
            throw new IllegalArgumentException("clock tolerance is " + clockTolerance + "; it must be 0 or more");
        }
        if (patience.isNegative()) {
            throw new IllegalArgumentException("patience is " + patience + "; it must be 0 or more");
        }
        if (limit < 0) {
            throw new IllegalArgumentException("limit is " + limit + "; it must be 0 or more");
        }
    }

    /** Clocks differ by a second; users are remembered for a minute; waits half a minute, tells 20 violations. */
    public static CheckOptions of(String applicationId) {
        return new CheckOptions(
                applicationId, Duration.ofSeconds(1), Duration.ofMinutes(1), Duration.ofSeconds(30), 20, reading -> {});
    }

    /**
     * How far the reading is.
     *
     * @param topic which is read now
     * @param read records so far
     * @param offsets that there are in the topic
     */
    public record Reading(String topic, long read, long offsets) {}
}
