package cloud.gyroscops.benchmarks.write;

import java.util.List;

/**
 * How the mix is measured.
 *
 * @param kinds which take part, each once
 * @param commands of each kind per round
 * @param rounds after one to warm up
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
        check("--commands", commands, MOST_COMMANDS);
        check("--rounds", rounds, 100);
        check("--rate", rate, 100_000);
        check("--seconds", seconds, 3600);
        check("--threads", threads, 64);
        check("--partitions", partitions, 1000);
        check("--commit-interval", commitIntervalMs, 60_000);
    }

    int warmUpSeconds() {
        return Math.min(10, seconds);
    }

    /** Commands of the stream of one kind at most, warm-up included. */
    int streamed() {
        return (warmUpSeconds() + seconds) * rate / kinds.size() + 1;
    }

    private static void check(String option, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(option + " is " + value + "; it must be 1 to " + most);
        }
    }
}
