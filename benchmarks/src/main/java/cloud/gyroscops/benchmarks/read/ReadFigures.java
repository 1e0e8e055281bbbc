package cloud.gyroscops.benchmarks.read;

import cloud.gyroscops.benchmarks.process.Memory;
import java.util.List;

/**
 * All that was measured.
 *
 * @param events in the log
 * @param builds of the views
 * @param skeletons the same work, of the skeleton, in turn with the builds
 * @param afterBuild memory of the process that had built them
 * @param restore of an instance whose stores were lost
 * @param afterReads memory of the process that had answered
 */
record ReadFigures(
        long events,
        List<Build> builds,
        List<Build> skeletons,
        Memory afterBuild,
        Waking restore,
        List<RouteFigures> routes,
        Memory afterReads) {}
