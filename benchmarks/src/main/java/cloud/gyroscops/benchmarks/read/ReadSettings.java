package cloud.gyroscops.benchmarks.read;

import cloud.gyroscops.benchmarks.report.Range;
import cloud.gyroscops.benchmarks.report.TopologyOptions;
import java.util.List;

/**
 * What is loaded, and how it is measured.
 *
 * @param population how many there are of what
 * @param builds how often the views, and the skeleton, are built from the log
 * @param rounds of each route
 * @param seconds of each measurement
 * @param warmUpSeconds of all routes together, before anything is measured
 * @param connections of the load
 * @param heapMiB of the processes that are measured
 * @param routes the names of those that are measured; none: all
 * @param topology threads, partitions and commit interval
 */
record ReadSettings(
        Population population,
        int builds,
        int rounds,
        double seconds,
        double warmUpSeconds,
        int connections,
        int heapMiB,
        List<String> routes,
        TopologyOptions topology) {

    /** Checks the values; messages name the options that they come from. */
    ReadSettings {
        Range.check("--builds", builds, 1, 20);
        Range.check("--rounds", rounds, 1, 100);
        Range.check("--seconds", seconds, 0.05, 3_600);
        Range.check("--warm-up", warmUpSeconds, 0, 3_600);
        Range.check("--connections", connections, 1, 1_000);
        Range.check("--heap", heapMiB, 128, 65_536);
        routes = List.copyOf(routes);
        var names = Route.all(population).stream().map(Route::name).toList();
        for (var route : routes) {
            if (!names.contains(route)) {
                throw new IllegalArgumentException("--route is " + route + "; it must be one of " + names);
            }
        }
        Range.check("--threads", topology.threads(), 1, 64);
        Range.check("--partitions", topology.partitions(), 1, 1_000);
        Range.check("--commit-interval", topology.commitIntervalMs(), 1, 60_000);
    }

    /** Those that are measured. */
    List<Route> measured() {
        return Route.all(population).stream()
                .filter(route -> routes.isEmpty() || routes.contains(route.name()))
                .toList();
    }
}
