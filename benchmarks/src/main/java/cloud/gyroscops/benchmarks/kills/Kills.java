package cloud.gyroscops.benchmarks.kills;

import cloud.gyroscops.benchmarks.kills.Observer.Gap;
import cloud.gyroscops.benchmarks.kills.Observer.Kill;
import cloud.gyroscops.benchmarks.process.Child;
import cloud.gyroscops.schemas.registry.RegistrySettings;
import cloud.gyroscops.schemas.settings.KafkaSettings;
import cloud.gyroscops.schemas.topic.TopicSettings;
import cloud.gyroscops.standalone.check.Check;
import cloud.gyroscops.standalone.check.CheckOptions;
import cloud.gyroscops.standalone.registry.EmbeddedSchemaRegistry;
import cloud.gyroscops.topology.command.CommandApplication;
import cloud.gyroscops.topology.streams.Installation;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** Starts all processes, kills some of them under load, and looks at what became of the commands. */
final class Kills {

    static final Duration BACK_WITHIN = Duration.ofSeconds(150);

    private final KillsSettings settings;
    private final Path directory;
    private final PrintWriter out;
    private final Random random;
    private final KillsFigures figures = new KillsFigures();

    Kills(KillsSettings settings, Path directory, PrintWriter out) {
        this.settings = settings;
        this.directory = directory;
        this.out = out;
        random = new Random(settings.seed() + 2);
    }

    KillsFigures measure() throws Exception {
        int brokers = settings.brokers();
        try (var cluster = new Cluster(brokers, directory);
                var registry = new EmbeddedSchemaRegistry(cluster.bootstrapServers(), "127.0.0.1", 0);
                var instances = new Instances(settings, cluster.bootstrapServers(), registry.uri(), directory)) {
            var topics = new TopicSettings(
                    "",
                    KillsSettings.PARTITIONS,
                    brokers,
                    Math.max(1, brokers - 1),
                    Duration.ofDays(1),
                    Duration.ofDays(7));
            var installation = Installation.at(
                    KafkaSettings.at(cluster.bootstrapServers()),
                    topics,
                    RegistrySettings.of(registry.uri()),
                    directory.resolve("observer"));
            installation.prepare();
            instances.start();
            measure(cluster, instances, installation);
            return figures;
        }
    }

    private void measure(Cluster cluster, Instances instances, Installation installation) throws Exception {
        var clients = new HashMap<String, Object>(installation.kafka().clients());
        clients.putAll(
                Map.of("isolation.level", "read_committed", "fetch.max.wait.ms", 20, "enable.auto.commit", false));
        try (var observer = new Observer(clients, installation);
                var load = new MixedLoad(installation, settings.rate(), settings.seed());
                var admin = Admin.create(installation.kafka().with(Map.of()))) {
            while (load.ends().size() < 2 * KillsSettings.PARTITIONS) {
                TimeUnit.MILLISECONDS.sleep(100);
            }
            observer.killed(new Kill(System.nanoTime(), Map.of(), Set.of(), load.ends()));
            say("up: all partitions after " + observer.await(BACK_WITHIN).allMs() + " ms");
            int kills = settings.kills();
            int brokerKills = settings.brokerKills();
            while (kills + brokerKills > 0) {
                TimeUnit.MILLISECONDS.sleep(random.nextInt(settings.pauseMs() + 1));
                if (random.nextInt(kills + brokerKills) < brokerKills) {
                    killBroker(cluster, observer, load);
                    brokerKills--;
                } else {
                    killInstance(instances, admin, installation, observer, load);
                    kills--;
                }
                if (!instances.allAlive()) {
                    throw new IllegalStateException("an instance gave up; its log says why");
                }
            }
            conclude(installation, observer, load.stop());
        }
    }

    private void killBroker(Cluster cluster, Observer observer, MixedLoad load) throws Exception {
        cluster.awaitInSync();
        var victim = cluster.broker(random.nextInt(cluster.size()));
        long at = System.nanoTime();
        victim.kill();
        observer.killed(new Kill(at, Map.of(), Set.of(), load.ends()));
        var gap = back(observer);
        victim.start();
        cluster.awaitInSync();
        figures.brokerKilled(gap);
        say("broker killed: all partitions after " + gap.allMs() + " ms");
    }

    private void killInstance(
            Instances instances, Admin admin, Installation installation, Observer observer, MixedLoad load)
            throws Exception {
        instances.awaitReady(admin);
        var working = instances.working(admin, load.ends().keySet());
        var candidates = List.copyOf(working.isEmpty() ? instances.all() : working.keySet());
        var victim = candidates.get(random.nextInt(candidates.size()));
        long at = System.nanoTime();
        victim.kill();
        observer.killed(
                new Kill(at, resultsEnd(admin, installation), working.getOrDefault(victim, Set.of()), load.ends()));
        Gap gap;
        if (instances.size() == 1) {
            victim.start();
            gap = back(observer);
        } else {
            gap = back(observer);
            victim.start();
        }
        figures.killed(gap, working.containsKey(victim), working.size());
        say("killed " + describe(victim, working) + ": no result for " + gap.silenceMs() + " ms, all partitions after "
                + gap.allMs() + " ms");
    }

    private static String describe(Child victim, Map<Child, Set<TopicPartition>> working) {
        return working.isEmpty()
                ? "an instance while the group was not stable"
                : "1 of " + working.size() + " working, with "
                        + working.get(victim).size() + " partitions";
    }

    private static Gap back(Observer observer) throws InterruptedException {
        var gap = observer.await(BACK_WITHIN);
        if (gap.allMs() < 0) {
            throw new IllegalStateException("results stay away for more than " + BACK_WITHIN);
        }
        return gap;
    }

    private static Map<TopicPartition, Long> resultsEnd(Admin admin, Installation installation) throws Exception {
        var latest = IntStream.range(0, installation.topics().partitions())
                .mapToObj(partition -> new TopicPartition(installation.topics().results(), partition))
                .collect(Collectors.toMap(Function.identity(), partition -> OffsetSpec.latest()));
        return admin.listOffsets(latest).all().get().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, end -> end.getValue().offset()));
    }

    private void conclude(Installation installation, Observer observer, long sent) throws Exception {
        long until = System.nanoTime() + BACK_WITHIN.toNanos();
        while (observer.answered() < sent && System.nanoTime() < until) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        var report = Check.run(
                installation.kafka(),
                installation.topics(),
                installation.wire(),
                CheckOptions.of(CommandApplication.NAME));
        report.violations().forEach(violation -> say(violation.toString()));
        figures.ended(sent, observer.answered(), observer.repeated(), report.counts());
    }

    private void say(String line) {
        out.println(line);
        out.flush();
    }
}
