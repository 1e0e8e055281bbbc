package cloud.gyroscops.query.feed;

import cloud.gyroscops.schemas.settings.Environment;
import java.time.Duration;

/**
 * How the live feed is served.
 *
 * @param readers how many may read at the same time, 1 to 10000
 * @param queue how many events may wait for one reader before it is cut off, 1 to 1000000
 * @param heartbeat how often a reader hears that the feed is there, more than 0 and at most 20 s: HTTP ends connections on
 *     which nothing is said for 30 s
 */
public record FeedSettings(int readers, int queue, Duration heartbeat) {

    private static final int MOST_READERS = 10_000;
    private static final int LONGEST_QUEUE = 1_000_000;
    private static final Duration LONGEST_HEARTBEAT = Duration.ofSeconds(20);

    public static final FeedSettings DEFAULT = new FeedSettings(200, 1_000, Duration.ofSeconds(15));

    /** Checks the values. */
    public FeedSettings {
        check(readers >= 1 && readers <= MOST_READERS, "feed readers is " + readers + "; it must be 1 to 10000");
        check(queue >= 1 && queue <= LONGEST_QUEUE, "feed queue is " + queue + "; it must be 1 to 1000000");
        check(
                !heartbeat.isNegative() && !heartbeat.isZero() && heartbeat.compareTo(LONGEST_HEARTBEAT) <= 0,
                "feed heartbeat is " + heartbeat + "; it must be more than 0 and at most " + LONGEST_HEARTBEAT);
    }

    private static void check(boolean right, String message) {
        if (!right) {
            throw new IllegalArgumentException(message);
        }
    }

    /** From {@code GYROSCOPS_FEED_READERS, _FEED_QUEUE, _FEED_HEARTBEAT}. */
    public static FeedSettings from(Environment environment) {
        return new FeedSettings(
                environment.integer("GYROSCOPS_FEED_READERS", DEFAULT.readers, 1, MOST_READERS),
                environment.integer("GYROSCOPS_FEED_QUEUE", DEFAULT.queue, 1, LONGEST_QUEUE),
                environment.duration("GYROSCOPS_FEED_HEARTBEAT", DEFAULT.heartbeat));
    }
}
