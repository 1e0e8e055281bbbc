package cloud.gyroscops.benchmarks.read;

import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * What a load has measured.
 *
 * @param perSecond answers
 * @param latency in nanoseconds, from when a request was due
 * @param failed answers that were not 200, and connections that broke
 * @param bytes of a body, the mean
 */
record Measurement(double perSecond, Histogram latency, long failed, double bytes) {

    private static final double NANOS_PER_MS = 1e6;

    /** Latencies of all together. */
    static Histogram latency(List<Measurement> measurements) {
        var all = Reader.histogram();
        measurements.forEach(each -> all.add(each.latency()));
        return all;
    }

    /** In milliseconds. */
    static double percentile(Histogram latency, double percent) {
        return latency.getValueAtPercentile(percent) / NANOS_PER_MS;
    }
}
