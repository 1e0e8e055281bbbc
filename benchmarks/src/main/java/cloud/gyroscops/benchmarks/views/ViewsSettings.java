package cloud.gyroscops.benchmarks.views;

import java.util.List;

/**
 * How the trial goes.
 *
 * @param partitions of every topic
 * @param organizations that are read and renamed
 * @param readsPerSecond altogether
 * @param renamesPerSecond altogether
 * @param seconds how long the load goes on before the kill, after it, and after the instance is back
 * @param scaling whether the trial begins with one instance that the others join under load
 * @param paths what is read beside, like {@code /organizations/o-1/users}: must be answered with 200
 */
public record ViewsSettings(
        int partitions,
        int organizations,
        int readsPerSecond,
        int renamesPerSecond,
        int seconds,
        boolean scaling,
        List<String> paths) {

    /** Checks the values. */
    public ViewsSettings {
        check("partitions", partitions, 1, 100);
        check("organizations", organizations, 1, 100_000);
        check("reads/s", readsPerSecond, 1, 100_000);
        check("renames/s", renamesPerSecond, 0, 1_000);
        check("seconds", seconds, 1, 3_600);
        paths = List.copyOf(paths);
    }

    private static void check(String what, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(what + " is " + value + "; it must be " + min + " to " + max);
        }
    }
}
