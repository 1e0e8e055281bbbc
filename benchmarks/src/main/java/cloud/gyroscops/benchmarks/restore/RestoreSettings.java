package cloud.gyroscops.benchmarks.restore;

import cloud.gyroscops.benchmarks.report.Range;
import cloud.gyroscops.topology.streams.StreamsSettings;
import java.util.Map;

/**
 * What is loaded, and how it is measured.
 *
 * @param payments to be loaded
 * @param users to be loaded
 * @param runs of each scenario
 * @param withStandby whether also with two instances
 * @param threads of each instance
 * @param partitions of every topic
 * @param commitIntervalMs of the topology
 * @param calmMs how long nothing may be copied before a standby is taken to have copied all
 * @param environment variables GYROSCOPS_* for the topology, where they are not set here
 */
record RestoreSettings(
        int payments,
        int users,
        int runs,
        boolean withStandby,
        int threads,
        int partitions,
        int commitIntervalMs,
        int calmMs,
        Map<String, String> environment) {

    /** The variable that says after how long a silent process is taken for dead. */
    static final String SESSION_TIMEOUT = "GYROSCOPS_SESSION_TIMEOUT_MS";

    private static final int MOST = 100_000_000;

    /** Checks the values; messages name the options that they come from. */
    RestoreSettings {
        environment = Map.copyOf(environment);
        var asked = environment.getOrDefault(SESSION_TIMEOUT, "1000");
        if (!asked.matches("\\d{4,6}")) {
            throw new IllegalArgumentException(SESSION_TIMEOUT + " is " + asked + "; it must be 1000 to 300000");
        }
        Range.check("--payments", payments, 0, MOST);
        Range.check("--users", users, 0, MOST);
        Range.check("--runs", runs, 1, 100);
        Range.check("--threads", threads, 1, 64);
        Range.check("--partitions", partitions, 1, 1000);
        Range.check("--commit-interval", commitIntervalMs, 1, 60_000);
        Range.check("--calm", calmMs, 1_000, 60_000);
    }

    /** After how long a killed process is taken for dead. */
    int sessionTimeoutMs() {
        var asked = environment.get(SESSION_TIMEOUT);
        return asked == null ? StreamsSettings.DEFAULT_SESSION_TIMEOUT_MS : Integer.parseInt(asked);
    }
}
