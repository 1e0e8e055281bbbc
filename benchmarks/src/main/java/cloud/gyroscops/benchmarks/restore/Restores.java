package cloud.gyroscops.benchmarks.restore;

import cloud.gyroscops.benchmarks.process.Standbys;
import cloud.gyroscops.benchmarks.write.Bench;
import cloud.gyroscops.benchmarks.write.Kind;
import cloud.gyroscops.topology.command.CommandApplication;
import cloud.gyroscops.topology.streams.Installation;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Loads a topology, and then ends it again and again. */
final class Restores {

    private final RestoreSettings settings;
    private final Path directory;
    private final PrintWriter out;
    private final Map<Scenario, List<Recovery>> recoveries = new EnumMap<>(Scenario.class);

    Restores(RestoreSettings settings, Path directory, PrintWriter out) {
        this.settings = settings;
        this.directory = directory;
        this.out = out;
    }

    /** All runs, by scenario. */
    Map<Scenario, List<Recovery>> measure() throws Exception {
        try (var bench = new Bench(directory, settings.partitions(), settings.threads(), settings.commitIntervalMs())) {
            var installation = bench.installation("");
            try (var traffic = new Traffic(bench, installation)) {
                alone(bench, installation, traffic);
                if (settings.withStandby()) {
                    inPairs(bench, traffic);
                }
            }
        }
        return recoveries;
    }

    private void alone(Bench bench, Installation installation, Traffic traffic) throws Exception {
        try (var instance = new Instance("one", directory, environment(bench, 0))) {
            instance.start();
            bench.organize(installation);
            load(traffic, Kind.USER, settings.users());
            load(traffic, Kind.PLAIN, settings.payments());
            for (var scenario : Scenario.values()) {
                for (int run = 0; run < settings.runs() && !scenario.standby(); run++) {
                    var began = System.nanoTime();
                    instance.end(scenario.killed());
                    var gone = System.nanoTime();
                    if (scenario.stateLost()) {
                        instance.loseState();
                    }
                    instance.start();
                    record(scenario, began, gone, traffic.probe());
                }
            }
            instance.end(false);
        }
    }

    private void inPairs(Bench bench, Traffic traffic) throws Exception {
        var environment = environment(bench, 1);
        try (var one = new Instance("one", directory, environment);
                var two = new Instance("two", directory, environment)) {
            one.start();
            traffic.probe();
            var active = one;
            var standby = two;
            for (var scenario : Scenario.values()) {
                for (int run = 0; run < settings.runs() && scenario.standby(); run++) {
                    standby.start();
                    Standbys.await(
                            bench.admin(),
                            CommandApplication.NAME,
                            2 * settings.threads(),
                            List.of(one.process(), two.process()),
                            0,
                            Duration.ofMillis(settings.calmMs()));
                    var began = System.nanoTime();
                    active.end(scenario.killed());
                    record(scenario, began, System.nanoTime(), traffic.probe());
                    var ended = active;
                    active = standby;
                    standby = ended;
                }
            }
        }
    }

    private void load(Traffic traffic, Kind kind, int count) {
        long began = System.nanoTime();
        traffic.load(kind, count, done -> {
            out.printf(Locale.ROOT, "\r%s %,d of %,d", kind, done, count);
            out.flush();
        });
        out.printf(Locale.ROOT, " in %.0f s%n", (System.nanoTime() - began) / 1e9);
        out.flush();
    }

    private void record(Scenario scenario, long began, long gone, List<Long> results) {
        var recovery = new Recovery(
                (gone - began) / 1e9, (results.get(0) - began) / 1e9, (results.get(results.size() - 1) - began) / 1e9);
        out.printf(
                Locale.ROOT,
                "%-20s gone after %6.2f s   first result %7.2f s   all partitions %7.2f s%n",
                scenario.label(),
                recovery.goneSeconds(),
                recovery.firstSeconds(),
                recovery.allSeconds());
        out.flush();
        recoveries.computeIfAbsent(scenario, any -> new ArrayList<>()).add(recovery);
    }

    private Map<String, String> environment(Bench bench, int standbys) {
        var environment = new HashMap<>(settings.environment());
        environment.putAll(bench.environment());
        environment.put("GYROSCOPS_STANDBYS", Integer.toString(standbys));
        return environment;
    }
}
