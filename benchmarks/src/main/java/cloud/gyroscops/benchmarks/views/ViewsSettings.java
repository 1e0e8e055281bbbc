package cloud.gyroscops.benchmarks.views;

import cloud.gyroscops.benchmarks.report.Range;

/**
 * How the trial goes.
 *
 * @param partitions of every topic
 * @param users that are read and changed, each in an organization of its own
 * @param readsPerSecond altogether
 * @param changesPerSecond altogether
 * @param seconds how long the load goes on before the first kill, after each, and after each return
 * @param kills how many
 * @param standbys how many copies of each partition there are
 * @param scaling whether the trial begins with one instance that the others join under load
 */
public record ViewsSettings(
        int partitions,
        int users,
        int readsPerSecond,
        int changesPerSecond,
        int seconds,
        int kills,
        int standbys,
        boolean scaling) {

    /** Checks the values. */
    public ViewsSettings {
        Range.check("partitions", partitions, 1, 100);
        Range.check("users", users, 1, 100_000);
        Range.check("reads/s", readsPerSecond, 1, 100_000);
        Range.check("changes/s", changesPerSecond, 0, 1_000);
        Range.check("seconds", seconds, 1, 3_600);
        Range.check("kills", kills, 0, 1_000);
        Range.check("standbys", standbys, 0, 2);
    }
}
