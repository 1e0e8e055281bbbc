package cloud.gyroscops.benchmarks.read;

import cloud.gyroscops.benchmarks.process.Directories;
import cloud.gyroscops.benchmarks.process.Memory;
import cloud.gyroscops.benchmarks.report.Circumstances;
import cloud.gyroscops.benchmarks.report.TopologyOptions;
import cloud.gyroscops.benchmarks.write.Bench;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code gyroscops bench read}. */
@Command(
        name = "read",
        description =
                "How fast views are built from the log, beside a skeleton with the same I/O; restoring, and memory;"
                        + " then requests per second and latency of reads over HTTP, beside a bare route. One organization has a"
                        + " tenth of the payments and half of the users, the others share the rest.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class ReadBenchmark implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--payments", defaultValue = "1000000", description = "In the log (default: ${DEFAULT-VALUE}).")
    private int payments;

    @Option(names = "--users", defaultValue = "200000", description = "In the log (default: ${DEFAULT-VALUE}).")
    private int users;

    @Option(names = "--organizations", defaultValue = "200", description = "In the log (default: ${DEFAULT-VALUE}).")
    private int organizations;

    @Option(
            names = "--builds",
            defaultValue = "1",
            description = "Of the views and of the skeleton, in turn (default: ${DEFAULT-VALUE}).")
    private int builds;

    @Option(names = "--rounds", defaultValue = "3", description = "Of each route (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--seconds",
            defaultValue = "5",
            description = "Of each of a round's four measurements (default: ${DEFAULT-VALUE}).")
    private double seconds;

    @Option(
            names = "--warm-up",
            defaultValue = "60",
            description = "Seconds, of all routes together (default: ${DEFAULT-VALUE}).")
    private double warmUpSeconds;

    @Option(names = "--connections", defaultValue = "16", description = "Of the load (default: ${DEFAULT-VALUE}).")
    private int connections;

    @Option(
            names = "--heap",
            defaultValue = "1024",
            description = "MiB, of each process that is measured (default: ${DEFAULT-VALUE}).")
    private int heapMiB;

    @Option(names = "--route", description = "Measure only that one, like \"users, big\". More than once for more.")
    private List<String> routes = List.of();

    @Mixin
    private TopologyOptions topology;

    @Override
    public Integer call() throws Exception {
        var settings = settings();
        var out = spec.commandLine().getOut();
        var json = new ObjectMapper().createObjectNode().put("benchmark", "read");
        Circumstances.writeTo(json, spec);
        var directory = Files.createTempDirectory("gyroscops-read");
        try {
            new ReadReport(settings, measure(settings, directory, out)).write(json, out);
        } finally {
            Directories.delete(directory);
        }
        out.println();
        out.println(json);
        out.flush();
        return 0;
    }

    private ReadSettings settings() {
        try {
            return new ReadSettings(
                    new Population(organizations, users, payments),
                    builds,
                    rounds,
                    seconds,
                    warmUpSeconds,
                    connections,
                    heapMiB,
                    routes,
                    topology);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
    }

    private static ReadFigures measure(ReadSettings settings, Path directory, PrintWriter out) throws Exception {
        var topology = settings.topology();
        var population = settings.population();
        try (var bench = new Bench(directory, topology.partitions(), topology.threads(), topology.commitIntervalMs())) {
            var installation = bench.installation("");
            long began = System.nanoTime();
            long events = EventLog.fill(bench, installation, population, out);
            out.printf(Locale.ROOT, "%,d events written in %.0f s%n", events, (System.nanoTime() - began) / 1e9);
            out.flush();
            var servers = new Servers(settings.heapMiB(), bench.environment(), directory);
            var ports = Servers.ports(2);
            try (var views = servers.views(ports.get(0))) {
                var built = new Builds(bench, installation.topics(), population, events, servers, out);
                built.run(views, settings.builds());
                servers.loseState("views");
                var restore = Waking.of(views, ports.get(0), Waking.paths(population, topology.partitions()));
                out.printf(
                        Locale.ROOT,
                        "restored: first answer after %.1f s, all partitions after %.1f s%n",
                        restore.firstSeconds(),
                        restore.allSeconds());
                out.flush();
                var routes = new Routes(settings, servers, ports.get(0), ports.get(1), out).measure();
                var memory = Memory.of(views);
                views.stop();
                return new ReadFigures(
                        events, built.views(), built.skeletons(), built.memory(), restore, routes, memory);
            }
        }
    }
}
