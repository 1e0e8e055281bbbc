package cloud.gyroscops.benchmarks.views;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** Three instances under a steady load: one is killed and taken back; or one that two others join. */
public final class Trial {

    private static final int INSTANCES = 3;

    /** A standby is where it should be, and a new instance has its share, after a round of this. */
    private static final Duration PROBING = Duration.ofSeconds(65);

    private final ViewsSettings settings;
    private final Pace pace;
    private final Path directory;
    private final PrintWriter out;
    private final Map<String, Phase> phases = new LinkedHashMap<>();
    private final List<URI> targets = new CopyOnWriteArrayList<>();

    /** Not begun yet. */
    Trial(ViewsSettings settings, Path directory, PrintWriter out) {
        this(settings, Pace.MEASURING, directory, out);
    }

    /** The same at another pace. */
    public Trial(ViewsSettings settings, Pace pace, Path directory, PrintWriter out) {
        this.settings = settings;
        this.pace = pace;
        this.directory = directory;
        this.out = out;
    }

    /** Runs it; what became of the reads, by phase. */
    public Map<String, Phase> run() throws IOException, InterruptedException {
        try (var processes = new QueryProcesses(INSTANCES, settings.partitions(), settings.standbys(), directory)) {
            int first = settings.scaling() ? 1 : INSTANCES;
            for (int instance = 0; instance < first; instance++) {
                processes.start(instance);
            }
            for (int instance = 0; instance < first; instance++) {
                join(processes, instance);
            }
            var users = new Users(settings.users(), () -> targets);
            users.createAll();
            if (!settings.scaling()) {
                // Instances that joined one after the other are still handing over to each other.
                processes.awaitCopies(pace.calm());
            }
            var changes = new Thread(() -> change(users), "changes");
            try (var load = new ReadLoad(users, () -> targets)) {
                load.start(settings.readsPerSecond());
                changes.start();
                TimeUnit.SECONDS.sleep(2);
                load.next();
                if (settings.scaling()) {
                    scale(processes, load);
                }
                TimeUnit.SECONDS.sleep(settings.seconds());
                phase("steady", load.nextOnceAnswered(pace.longer()));
                for (int kill = 1; kill <= settings.kills(); kill++) {
                    kill(kill, processes, load);
                }
            } finally {
                changes.interrupt();
                changes.join();
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
        phase("one to three", load.next());
    }

    /** One failure at a time: each partition has a copy again before the next. */
    private void kill(int number, QueryProcesses processes, ReadLoad load) throws IOException, InterruptedException {
        processes.awaitCopies(pace.calm());
        int victim = processes.busiest();
        load.next();
        processes.kill(victim);
        // A load balancer does not know at once: reads go there for a while.
        TimeUnit.SECONDS.sleep(1);
        targets.remove(processes.uri(victim));
        TimeUnit.SECONDS.sleep(settings.seconds());
        phase("killed " + number, load.next());
        processes.start(victim);
        join(processes, victim);
        TimeUnit.SECONDS.sleep(settings.seconds());
        phase("back " + number, load.nextOnceAnswered(pace.longer()));
    }

    /** Is asked once it is ready. */
    private void join(QueryProcesses processes, int instance) throws InterruptedException {
        processes.awaitReady(instance);
        targets.add(processes.uri(instance));
    }

    private void phase(String name, Phase phase) {
        phases.put(name, phase);
        for (var kind : Kind.values()) {
            tell(name, kind, "", phase.plain(kind));
            tell(name, kind, ", with token", phase.withToken(kind));
        }
        out.flush();
    }

    private void tell(String name, Kind kind, String how, Reads reads) {
        if (reads.all() == 0) {
            return;
        }
        out.printf(
                Locale.ROOT,
                "%-12s %-20s %6d reads, %.3f %% answered, %d stale, %d wrong, %d redirected, longest unavailable %.2f s,"
                        + " slowest %.2f s%n",
                name,
                kind.name().toLowerCase(Locale.ROOT) + how,
                reads.all(),
                reads.answered(),
                reads.count(Reads.Outcome.STALE),
                reads.count(Reads.Outcome.WRONG),
                reads.redirected(),
                reads.longestUnavailableSeconds(),
                reads.slowestSeconds());
        reads.failures().forEach((reason, count) -> out.println("    " + count + " x " + reason));
    }

    private void change(Users users) {
        try {
            users.change(settings.changesPerSecond());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
