package cloud.gyroscops.benchmarks.read;

import cloud.gyroscops.benchmarks.process.Child;
import cloud.gyroscops.benchmarks.process.Memory;
import cloud.gyroscops.benchmarks.write.Bench;
import cloud.gyroscops.schemas.topic.TopicCatalogue;
import cloud.gyroscops.topology.view.ViewTopology;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Builds the views and the skeleton from the log, in turn, each from nothing and in a process of its own. */
final class Builds {

    private static final String VIEWS = ViewTopology.application(ViewTopology.APPLICATION, 1);

    private final Bench bench;
    private final Population population;
    private final Servers servers;
    private final PrintWriter out;
    private final Building ofViews;
    private final Building ofSkeleton;
    private final List<Build> views = new ArrayList<>();
    private final List<Build> skeletons = new ArrayList<>();
    private Memory memory;

    Builds(Bench bench, TopicCatalogue topics, Population population, long events, Servers servers, PrintWriter out) {
        this.bench = bench;
        this.population = population;
        this.servers = servers;
        this.out = out;
        ofViews = new Building(bench.admin(), VIEWS, topics, events);
        ofSkeleton = new Building(bench.admin(), ViewSkeleton.APPLICATION, topics, events);
    }

    /** Leaves the views as they were built last; their process has ended. */
    void run(Child server, int rounds) throws Exception {
        for (int round = 0; round < rounds; round++) {
            if (round > 0) {
                ofSkeleton.undo();
                ofViews.undo();
                servers.loseState("views");
            }
            server.start();
            views.add(told("views", ofViews.await(server)));
            memory = Memory.of(server);
            server.stop();
            var sizes = Sizes.measured(bench, VIEWS, ViewSkeleton.MEASURED);
            try (var skeleton = servers.skeleton(population, sizes)) {
                skeleton.start();
                skeletons.add(told("skeleton", ofSkeleton.await(skeleton)));
                skeleton.stop();
            }
            servers.loseState("skeleton");
        }
    }

    private Build told(String what, Build build) {
        out.printf(
                Locale.ROOT,
                "%-9s %,9.0f events/s, %.0f µs of processor time, %.1f records and %.0f bytes written per event%n",
                what,
                build.perSecond(),
                build.cpuMicros(),
                build.written(),
                build.bytes());
        out.flush();
        return build;
    }

    List<Build> views() {
        return views;
    }

    List<Build> skeletons() {
        return skeletons;
    }

    /** Of the last process that built the views, right after. */
    Memory memory() {
        return memory;
    }
}
