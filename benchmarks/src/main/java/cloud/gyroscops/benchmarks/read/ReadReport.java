package cloud.gyroscops.benchmarks.read;

import cloud.gyroscops.benchmarks.process.Memory;
import cloud.gyroscops.benchmarks.report.Aim;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Tells figures and aims, to people and as JSON. */
record ReadReport(ReadSettings settings, ReadFigures figures) {

    private static final double OF_SKELETON = 0.5;
    private static final double OF_BARE_ROUTE = 0.6;
    private static final double BY_ID_MS = 5;
    private static final double OTHERS_MS = 20;

    void write(ObjectNode json, PrintWriter out) {
        var population = settings.population();
        json.putObject("settings")
                .put("payments", population.payments())
                .put("users", population.users())
                .put("organizations", population.organizations())
                .put("builds", settings.builds())
                .put("rounds", settings.rounds())
                .put("seconds", settings.seconds())
                .put("warmUpSeconds", settings.warmUpSeconds())
                .put("connections", settings.connections())
                .put("heapMiB", settings.heapMiB())
                .put("threads", settings.topology().threads())
                .put("partitions", settings.topology().partitions())
                .put("commitIntervalMs", settings.topology().commitIntervalMs());
        json.put("events", figures.events());
        write(json.putObject("views"), figures.builds());
        write(json.putObject("skeleton"), figures.skeletons());
        json.putObject("restore")
                .put("firstSeconds", hundredths(figures.restore().firstSeconds()))
                .put("allSeconds", hundredths(figures.restore().allSeconds()));
        write(json.putObject("memoryAfterBuild"), figures.afterBuild());
        write(json.putObject("memoryAfterReads"), figures.afterReads());
        out.println("after the build " + figures.afterBuild() + ", after the reads " + figures.afterReads());
        var routes = json.putObject("routes");
        figures.routes()
                .forEach(route -> route.writeTo(routes.putObject(route.route().name())));
        var told = json.putArray("aims");
        for (var aim : aims()) {
            out.println(aim);
            aim.writeTo(told.addObject());
        }
        out.flush();
    }

    List<Aim> aims() {
        var aims = new ArrayList<Aim>();
        aims.add(Aim.atLeast(
                "building views, of the skeleton's events/s",
                median(figures.builds(), Build::perSecond) / median(figures.skeletons(), Build::perSecond),
                OF_SKELETON));
        for (var each : figures.routes()) {
            var name = each.route().name();
            double p99 = Measurement.percentile(each.latency(), 99);
            if (each.route().byId()) {
                aims.add(Aim.atLeast(name + ", of the bare route's requests/s", each.ratio(), OF_BARE_ROUTE));
                aims.add(Aim.atMost(name + ", p99 in ms at half as many as are answered", p99, BY_ID_MS));
            } else if (each.route().bounded()) {
                aims.add(Aim.atMost(name + ", p99 in ms", p99, OTHERS_MS));
            }
        }
        return aims;
    }

    private static void write(ObjectNode json, List<Build> builds) {
        json.put("perSecond", Math.round(median(builds, Build::perSecond)))
                .put("cpuMicrosPerEvent", hundredths(median(builds, Build::cpuMicros)))
                .put("recordsPerEvent", hundredths(median(builds, Build::written)))
                .put("bytesPerEvent", Math.round(median(builds, Build::bytes)));
    }

    private static void write(ObjectNode json, Memory memory) {
        json.put("residentMiB", memory.residentMiB()).put("heapMiB", memory.heapMiB());
    }

    private static double median(List<Build> builds, ToDoubleFunction<Build> figure) {
        var sorted = builds.stream().mapToDouble(figure).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    private static double hundredths(double figure) {
        return Math.round(figure * 100) / 100.0;
    }
}
