package cloud.gyroscops.benchmarks.report;

import picocli.CommandLine.Option;

/** What several benchmarks ask about the topology that they measure. */
public final class TopologyOptions {

    @Option(names = "--threads", defaultValue = "2", description = "Stream threads (default: ${DEFAULT-VALUE}).")
    private int threads;

    @Option(names = "--partitions", defaultValue = "6", description = "Of every topic (default: ${DEFAULT-VALUE}).")
    private int partitions;

    @Option(names = "--commit-interval", defaultValue = "20", description = "ms (default: ${DEFAULT-VALUE}).")
    private int commitIntervalMs;

    public int threads() {
        return threads;
    }

    public int partitions() {
        return partitions;
    }

    public int commitIntervalMs() {
        return commitIntervalMs;
    }
}
