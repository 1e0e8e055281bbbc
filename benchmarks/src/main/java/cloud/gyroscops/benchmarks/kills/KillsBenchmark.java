package cloud.gyroscops.benchmarks.kills;

import cloud.gyroscops.benchmarks.kills.Observer.Gap;
import cloud.gyroscops.schemas.registry.RegistrySettings;
import cloud.gyroscops.schemas.settings.KafkaSettings;
import cloud.gyroscops.schemas.topic.TopicSettings;
import cloud.gyroscops.standalone.check.Check;
import cloud.gyroscops.standalone.check.CheckOptions;
import cloud.gyroscops.standalone.registry.EmbeddedSchemaRegistry;
import cloud.gyroscops.topology.command.CommandApplication;
import cloud.gyroscops.topology.streams.Installation;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gyroscops bench kills}. */
@Command(
        name = "kills",
        description = "kill -9 of the command topology under mixed load, how long results stay away, and the checker.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class KillsBenchmark implements Callable<Integer> {

    private static final Duration BACK_WITHIN = Duration.ofSeconds(150);
    private static final int PARTITIONS = 6;

    @Spec
    private CommandSpec spec;

    @Option(names = "--kills", defaultValue = "50", description = "Of instances (default: ${DEFAULT-VALUE}).")
    private int kills;

    @Option(names = "--instances", defaultValue = "1", description = "1 or 2 (default: ${DEFAULT-VALUE}).")
    private int instances;

    @Option(names = "--standbys", defaultValue = "0", description = "0 or 1 (default: ${DEFAULT-VALUE}).")
    private int standbys;

    @Option(names = "--brokers", defaultValue = "1", description = "1 or 3 (default: ${DEFAULT-VALUE}).")
    private int brokers;

    @Option(
            names = "--broker-kills",
            defaultValue = "-1",
            description = "With 3 brokers (default: one for every 5 kills).")
    private int brokerKills;

    @Option(names = "--rate", defaultValue = "200", description = "Commands per second (default: ${DEFAULT-VALUE}).")
    private int rate;

    @Option(names = "--session-timeout", defaultValue = "2000", description = "ms (default: ${DEFAULT-VALUE}).")
    private int sessionTimeoutMs;

    @Option(names = "--static", description = "Static membership.")
    private boolean staticMembers;

    @Option(
            names = "--pause",
            defaultValue = "6000",
            description = "Between a recovery and the next kill, at most, ms (default: ${DEFAULT-VALUE}).")
    private int pauseMs;

    @Option(names = "--seed", defaultValue = "1", description = "Of load and moments (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--keep", description = "Keep the directory with all data and logs.")
    private boolean keep;

    private final List<Gap> gaps = new ArrayList<>();
    private final List<Gap> brokerGaps = new ArrayList<>();
    private PrintWriter out;

    @Override
    public Integer call() throws Exception {
        out = spec.commandLine().getOut();
        var directory = Files.createTempDirectory("gyroscops-kills");
        boolean fine = false;
        try {
            fine = run(directory);
        } finally {
            if (fine && !keep) {
                delete(directory);
            } else {
                out.println("Data and logs are in " + directory);
                out.flush();
            }
        }
        return fine ? 0 : 1;
    }

    private boolean run(Path directory) throws Exception {
        var topologies = new ArrayList<Child>();
        try (var cluster = new Cluster(brokers, directory);
                var registry = new EmbeddedSchemaRegistry(cluster.bootstrapServers(), "127.0.0.1", 0)) {
            var topics = new TopicSettings(
                    "", PARTITIONS, brokers, Math.max(1, brokers - 1), Duration.ofDays(1), Duration.ofDays(7));
            var installation = Installation.at(
                    KafkaSettings.at(cluster.bootstrapServers()),
                    topics,
                    RegistrySettings.of(registry.uri()),
                    directory.resolve("observer"));
            installation.prepare();
            for (int number = 1; number <= instances; number++) {
                var child = topology(number, cluster, registry, directory);
                child.start();
                topologies.add(child);
            }
            return measure(cluster, installation, topologies);
        } finally {
            topologies.forEach(Child::close);
        }
    }

    private boolean measure(Cluster cluster, Installation installation, List<Child> topologies) throws Exception {
        var settings = new HashMap<String, Object>(installation.kafka().clients());
        settings.putAll(
                Map.of("isolation.level", "read_committed", "fetch.max.wait.ms", 20, "enable.auto.commit", false));
        try (var observer = new Observer(settings, installation.topics().results());
                var load = new MixedLoad(installation, rate, seed)) {
            var random = new Random(seed + 2);
            while (load.ends().size() < 2 * PARTITIONS) {
                TimeUnit.MILLISECONDS.sleep(100);
            }
            observer.killed(load.ends());
            out.println("Up: " + observer.await(BACK_WITHIN));
            kill(cluster, topologies, observer, load, random);
            long sent = load.stop();
            boolean all = awaitAnswers(observer, sent);
            long cluster0 = System.nanoTime();
            var report = Check.run(
                    installation.kafka(),
                    installation.topics(),
                    installation.wire(),
                    CheckOptions.of(CommandApplication.NAME));
            report.violations().forEach(out::println);
            out.printf("Checked in %d ms.%n", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - cluster0));
            boolean fine = all && report.content() && observer.repeated() == 0;
            print(sent, observer, report.counts().toString(), fine);
            return fine;
        }
    }

    private void kill(Cluster cluster, List<Child> topologies, Observer observer, MixedLoad load, Random random)
            throws Exception {
        int brokersToKill = cluster.size() < 3 ? 0 : brokerKills >= 0 ? brokerKills : Math.max(1, kills / 5);
        int done = 0;
        int brokersDone = 0;
        while (done < kills || brokersDone < brokersToKill) {
            TimeUnit.MILLISECONDS.sleep(random.nextInt(pauseMs));
            int left = kills - done + brokersToKill - brokersDone;
            boolean broker = random.nextInt(left) < brokersToKill - brokersDone;
            if (broker) {
                cluster.awaitInSync();
            }
            var victim = broker ? cluster.broker(random.nextInt(cluster.size())) : victim(topologies, random);
            var ends = load.ends();
            victim.kill();
            observer.killed(ends);
            Gap gap;
            if (!broker && topologies.size() == 1) {
                victim.start();
                gap = observer.await(BACK_WITHIN);
            } else {
                gap = observer.await(BACK_WITHIN);
                victim.start();
            }
            (broker ? brokerGaps : gaps).add(gap);
            done += broker ? 0 : 1;
            brokersDone += broker ? 1 : 0;
            out.printf("%s %d: %s%n", broker ? "broker kill" : "kill", broker ? brokersDone : done, gap);
            out.flush();
            if (gap.allMs() < 0) {
                throw new IllegalStateException("results stay away for more than " + BACK_WITHIN);
            }
            topologies.stream().filter(child -> !child.alive()).findAny().ifPresent(dead -> {
                throw new IllegalStateException("an instance gave up");
            });
        }
    }

    private static Child victim(List<Child> topologies, Random random) {
        return topologies.get(random.nextInt(topologies.size()));
    }

    private static boolean awaitAnswers(Observer observer, long sent) throws InterruptedException {
        long until = System.nanoTime() + BACK_WITHIN.toNanos();
        while (observer.answered() < sent && System.nanoTime() < until) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        return observer.answered() == sent;
    }

    private Child topology(int number, Cluster cluster, EmbeddedSchemaRegistry registry, Path directory) {
        var name = "topology-" + number;
        var environment = new HashMap<>(Map.of(
                "KAFKA_BOOTSTRAP_SERVERS", cluster.bootstrapServers(),
                "SCHEMA_REGISTRY_URL", registry.uri().toString(),
                "GYROSCOPS_PARTITIONS", Integer.toString(PARTITIONS),
                "GYROSCOPS_THREADS", "2",
                "GYROSCOPS_REPLICATION_FACTOR", Integer.toString(brokers),
                "GYROSCOPS_RETENTION", "P1D",
                "GYROSCOPS_STANDBYS", Integer.toString(standbys),
                "GYROSCOPS_SESSION_TIMEOUT_MS", Integer.toString(sessionTimeoutMs),
                "GYROSCOPS_STATE_DIR", directory.resolve(name).toString(),
                "GYROSCOPS_HEALTH_PORT", "0"));
        if (staticMembers) {
            environment.put("GYROSCOPS_INSTANCE_ID", name);
        }
        return new Child(cloud.gyroscops.topology.Main.class, List.of(), environment, directory.resolve(name + ".log"));
    }

    private void print(long sent, Observer observer, String violations, boolean fine) {
        out.printf(
                Locale.ROOT,
                "{\"benchmark\":\"kills\",\"java\":\"%s\",\"processors\":%d,\"load\":%.1f,\"instances\":%d,\"standbys\":%d,"
                        + "\"brokers\":%d,\"rate\":%d,\"sessionTimeoutMs\":%d,\"static\":%b,\"seed\":%d,\"kills\":%d,"
                        + "\"silenceP50Ms\":%d,\"silenceMaxMs\":%d,\"allP50Ms\":%d,\"allMaxMs\":%d,\"brokerKills\":%d,"
                        + "\"brokerAllP50Ms\":%d,\"brokerAllMaxMs\":%d,\"commands\":%d,\"answered\":%d,\"repeated\":%d,"
                        + "\"violations\":\"%s\",\"fine\":%b}%n",
                System.getProperty("java.version"),
                Runtime.getRuntime().availableProcessors(),
                java.lang.management.ManagementFactory.getOperatingSystemMXBean()
                        .getSystemLoadAverage(),
                instances,
                standbys,
                brokers,
                rate,
                sessionTimeoutMs,
                staticMembers,
                seed,
                gaps.size(),
                quantile(gaps, Gap::silenceMs, 0.5),
                quantile(gaps, Gap::silenceMs, 1),
                quantile(gaps, Gap::allMs, 0.5),
                quantile(gaps, Gap::allMs, 1),
                brokerGaps.size(),
                quantile(brokerGaps, Gap::allMs, 0.5),
                quantile(brokerGaps, Gap::allMs, 1),
                sent,
                observer.answered(),
                observer.repeated(),
                violations,
                fine);
        out.flush();
    }

    private static long quantile(List<Gap> gaps, ToLongFunction<Gap> what, double share) {
        var sorted = gaps.stream().mapToLong(what).sorted().toArray();
        return sorted.length == 0 ? 0 : sorted[(int) Math.ceil(share * sorted.length) - 1];
    }

    private static void delete(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
