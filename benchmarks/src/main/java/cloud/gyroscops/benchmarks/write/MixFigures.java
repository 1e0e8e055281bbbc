package cloud.gyroscops.benchmarks.write;

import cloud.gyroscops.benchmarks.report.Aim;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** What was measured of the mix, by kind. */
final class MixFigures {

    /** A payment with a remembered user should be within 10 % of one without. */
    private static final double REMEMBERED_SHARE = 0.9;

    private static final double CLAIMS_P50_MS = 100;
    private static final double CLAIMS_P99_MS = 350;

    private final Map<Kind, List<Drain>> rounds = new EnumMap<>(Kind.class);
    private final Map<Kind, Histogram> latency = new EnumMap<>(Kind.class);

    void add(Kind kind, Drain round) {
        rounds.computeIfAbsent(kind, any -> new ArrayList<>()).add(round);
    }

    void add(Map<Kind, Histogram> measured) {
        latency.putAll(measured);
    }

    List<Drain> rounds(Kind kind) {
        return rounds.get(kind);
    }

    /** The round with the median throughput. */
    Drain median(Kind kind) {
        var sorted = rounds.get(kind).stream()
                .sorted(Comparator.comparingDouble(Drain::perSecond))
                .toList();
        return sorted.get(sorted.size() / 2);
    }

    Histogram latency(Kind kind) {
        return latency.get(kind);
    }

    double millis(Kind kind, double percentile) {
        return latency.get(kind).getValueAtPercentile(percentile) / 1e3;
    }

    /** Of those that the measured kinds allow to tell. */
    List<Aim> aims() {
        var aims = new ArrayList<Aim>();
        if (rounds.containsKey(Kind.PLAIN) && rounds.containsKey(Kind.REMEMBERED)) {
            aims.add(Aim.atLeast(
                    "remembered beside plain payments, commands/s, median of rounds",
                    medianRatio(Kind.REMEMBERED, Kind.PLAIN),
                    REMEMBERED_SHARE));
            aims.add(Aim.atMost(
                    "remembered beside plain payments, p50",
                    millis(Kind.REMEMBERED, 50) / millis(Kind.PLAIN, 50),
                    2 - REMEMBERED_SHARE));
        }
        rounds.keySet().stream().filter(Kind::claims).forEach(kind -> {
            aims.add(Aim.atMost(kind + " with claims, p50 ms", millis(kind, 50), CLAIMS_P50_MS));
            aims.add(Aim.atMost(kind + " with claims, p99 ms", millis(kind, 99), CLAIMS_P99_MS));
        });
        return aims;
    }

    /** Round by round: the machine drifts less within one. */
    private double medianRatio(Kind one, Kind other) {
        var ratios = new ArrayList<Double>();
        for (int i = 0; i < rounds.get(one).size(); i++) {
            ratios.add(rounds.get(one).get(i).perSecond()
                    / rounds.get(other).get(i).perSecond());
        }
        ratios.sort(Comparator.naturalOrder());
        return ratios.get(ratios.size() / 2);
    }
}
