package cloud.gyroscops.benchmarks.views;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** Three instances under a steady load: one is killed and taken back; or one that two others join. */
public final class Trial {

    private static final int INSTANCES = 3;

    /** A standby is where it should be, and a new instance has its share, after a round of this. */
    private static final Duration PROBING = Duration.ofSeconds(65);

    private final ViewsSettings settings;
    private final Path directory;
    private final PrintWriter out;
    private final Map<String, Phase> phases = new LinkedHashMap<>();
    private final List<URI> targets = new CopyOnWriteArrayList<>();

    /** Not begun yet. */
    public Trial(ViewsSettings settings, Path directory, PrintWriter out) {
        this.settings = settings;
        this.directory = directory;
        this.out = out;
    }

    /** Runs it; what became of the reads, by phase. */
    public Map<String, Phase> run() throws IOException, InterruptedException {
        try (var processes = new QueryProcesses(INSTANCES, settings.partitions(), directory)) {
            int first = settings.scaling() ? 1 : INSTANCES;
            for (int instance = 0; instance < first; instance++) {
                processes.start(instance);
            }
            for (int instance = 0; instance < first; instance++) {
                join(processes, instance);
            }
            var organizations = new Organizations(settings.organizations(), () -> targets);
            organizations.createAll();
            var renames = new Thread(() -> rename(organizations), "renames");
            try (var load = new ReadLoad(organizations, () -> targets, settings.paths())) {
                load.start(settings.readsPerSecond());
                renames.start();
                TimeUnit.SECONDS.sleep(2);
                load.next();
                if (settings.scaling()) {
                    scale(processes, load);
                }
                kill(processes, load);
            } finally {
                renames.interrupt();
                renames.join();
            }
        }
        return phases;
    }

    private void scale(QueryProcesses processes, ReadLoad load) throws IOException, InterruptedException {
        for (int instance = 1; instance < INSTANCES; instance++) {
            processes.start(instance);
            join(processes, instance);
        }
        TimeUnit.SECONDS.sleep(2 * PROBING.toSeconds());
        phase("one to three", load);
    }

    private void kill(QueryProcesses processes, ReadLoad load) throws IOException, InterruptedException {
        TimeUnit.SECONDS.sleep(settings.seconds());
        phase("steady", load);
        int victim = processes.busiest();
        processes.kill(victim);
        // A load balancer does not know at once: reads go there for a while.
        TimeUnit.SECONDS.sleep(1);
        targets.remove(processes.uri(victim));
        TimeUnit.SECONDS.sleep(settings.seconds());
        phase("one killed", load);
        processes.start(victim);
        join(processes, victim);
        TimeUnit.SECONDS.sleep(settings.seconds());
        phase("back again", load);
    }

    /** Is asked once it is ready. */
    private void join(QueryProcesses processes, int instance) throws InterruptedException {
        processes.awaitReady(instance);
        targets.add(processes.uri(instance));
    }

    private void phase(String name, ReadLoad load) {
        var phase = load.next();
        phases.put(name, phase);
        tell(name, phase.plain());
        tell(name + ", with tokens", phase.withToken());
        out.flush();
    }

    private void tell(String name, Reads reads) {
        out.printf(
                "%-26s %7d reads, %.3f %% answered, %d stale, %d wrong, longest unavailable %.2f s, slowest %.2f s%n",
                name,
                reads.all(),
                reads.answered(),
                reads.count(Reads.Outcome.STALE),
                reads.count(Reads.Outcome.WRONG),
                reads.longestUnavailableSeconds(),
                reads.slowestSeconds());
    }

    private void rename(Organizations organizations) {
        try {
            organizations.rename(settings.renamesPerSecond());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
