package cloud.gyroscops.benchmarks.write;

import cloud.gyroscops.benchmarks.report.Range;
import java.util.List;

/**
 * How the mix is measured.
 *
 * @param kinds which take part, each once
 * @param commands of each kind per round
 * @param rounds after one to warm up, if there is one
 * @param warmUp whether there is one
 * @param rate for latency, all kinds together, per second
 * @param seconds for latency
 * @param threads of the topology
 * @param partitions of every topic
 * @param commitIntervalMs of the topology
 */
record MixSettings(
        List<Kind> kinds,
        int commands,
        int rounds,
        boolean warmUp,
        int rate,
        int seconds,
        int threads,
        int partitions,
        int commitIntervalMs) {

    private static final int MOST_COMMANDS = 10_000_000;

    /** Checks the values; messages name the options that they come from. */
    MixSettings {
        kinds = List.copyOf(kinds);
        if (kinds.isEmpty() || kinds.stream().distinct().count() != kinds.size()) {
            throw new IllegalArgumentException("--only is " + kinds + "; it must name kinds, each once");
        }
        Range.check("--commands", commands, 1, MOST_COMMANDS);
        Range.check("--rounds", rounds, 1, 100);
        Range.check("--rate", rate, 1, 100_000);
        Range.check("--seconds", seconds, 1, 3600);
        Range.check("--threads", threads, 1, 64);
        Range.check("--partitions", partitions, 1, 1000);
        Range.check("--commit-interval", commitIntervalMs, 1, 60_000);
    }

    /** Number 0 warms up. */
    int firstRound() {
        return warmUp ? 0 : 1;
    }

    int warmUpSeconds() {
        return Math.min(10, seconds);
    }

    /** Commands of the stream of one kind at most, warm-up included. */
    int streamed() {
        return (warmUpSeconds() + seconds) * rate / kinds.size() + 1;
    }
}
