package cloud.gyroscops.benchmarks.read;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;

/**
 * What was measured of a route, beside the bare route.
 *
 * @param bytes of a body, the mean
 * @param repeated how many rounds do not count, since requests failed in them
 */
record RouteFigures(Route route, long bytes, List<Round> rounds, int repeated) {

    /**
     * One round.
     *
     * @param most as many requests as are answered
     * @param bareMost the same of the bare route
     * @param half at half as many as are answered, at a constant rate
     * @param bareHalf the bare route at the same rate
     */
    record Round(Measurement most, Measurement bareMost, Measurement half, Measurement bareHalf) {

        long failed() {
            return most.failed() + bareMost.failed() + half.failed() + bareHalf.failed();
        }
    }

    /** Copies the list. */
    RouteFigures {
        rounds = List.copyOf(rounds);
    }

    /** Requests per second, the median of the rounds. */
    double most() {
        return median(round -> round.most().perSecond());
    }

    double bareMost() {
        return median(round -> round.bareMost().perSecond());
    }

    double ratio() {
        return median(round -> round.most().perSecond() / round.bareMost().perSecond());
    }

    Histogram latency() {
        return Measurement.latency(rounds.stream().map(Round::half).toList());
    }

    Histogram bareLatency() {
        return Measurement.latency(rounds.stream().map(Round::bareHalf).toList());
    }

    long failed() {
        return rounds.stream().mapToLong(Round::failed).sum();
    }

    private double median(ToDoubleFunction<Round> figure) {
        var sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    /** A row of a table for people. */
    @Override
    public String toString() {
        var latency = latency();
        var bare = bareLatency();
        return String.format(
                Locale.ROOT,
                "%-20s %6d B %8.0f/s %8.0f/s bare %5.2f   at half: p50 %7.2f p99 %7.2f p99.9 %7.2f ms   bare %6.2f %6.2f %6.2f%s",
                route.name(),
                bytes,
                most(),
                bareMost(),
                ratio(),
                Measurement.percentile(latency, 50),
                Measurement.percentile(latency, 99),
                Measurement.percentile(latency, 99.9),
                Measurement.percentile(bare, 50),
                Measurement.percentile(bare, 99),
                Measurement.percentile(bare, 99.9),
                failed() == 0 ? "" : "   " + failed() + " FAILED");
    }

    void writeTo(ObjectNode json) {
        json.put("bytes", bytes)
                .put("perSecond", hundredths(most()))
                .put("barePerSecond", hundredths(bareMost()))
                .put("ratio", hundredths(ratio()))
                .put("failed", failed())
                .put("repeated", repeated);
        write(json.putObject("ms"), latency());
        write(json.putObject("bareMs"), bareLatency());
    }

    private static void write(ObjectNode json, Histogram latency) {
        json.put("p50", hundredths(Measurement.percentile(latency, 50)))
                .put("p99", hundredths(Measurement.percentile(latency, 99)))
                .put("p99.9", hundredths(Measurement.percentile(latency, 99.9)))
                .put("count", latency.getTotalCount());
    }

    private static double hundredths(double figure) {
        return Math.round(figure * 100) / 100.0;
    }
}
