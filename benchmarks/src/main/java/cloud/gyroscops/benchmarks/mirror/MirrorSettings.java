package cloud.gyroscops.benchmarks.mirror;

import java.time.Duration;

/**
 * What is measured.
 *
 * @param partitions of every topic, 1 to 64
 * @param events to be mirrored, each with one call, 1 to 1,000,000
 * @param latency of each call, at most 10 s
 * @param outage how long the target is away, at most 1 h
 * @param lanes aggregates of a partition that are called for at a time
 * @param callsAtATime of the process
 * @param ratePerSecond that the target is called at most
 */
record MirrorSettings(
        int partitions, int events, Duration latency, Duration outage, int lanes, int callsAtATime, int ratePerSecond) {

    MirrorSettings {
        within("partitions", partitions, 1, 64);
        within("events", events, 1, 1_000_000);
        within("latency in ms", latency.toMillis(), 0, 10_000);
        within("outage in seconds", outage.toSeconds(), 1, 3_600);
    }

    private static void within(String what, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(what + " is " + value + "; it must be " + min + " to " + max);
        }
    }

    /** How many calls a second there are at most, one at a time for each partition. */
    double onePerPartition() {
        return perSecond(partitions);
    }

    /** How many there are at most with as many at a time as may be, and the rate limit. */
    double bound() {
        return Math.min(ratePerSecond, perSecond(Math.min(callsAtATime, lanes * partitions)));
    }

    private double perSecond(int callsAtOnce) {
        return latency.isZero() ? Double.POSITIVE_INFINITY : callsAtOnce * 1_000.0 / latency.toMillis();
    }
}
