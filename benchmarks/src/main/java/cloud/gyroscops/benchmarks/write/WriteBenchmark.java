package cloud.gyroscops.benchmarks.write;

import cloud.gyroscops.benchmarks.process.Directories;
import cloud.gyroscops.benchmarks.report.TopologyOptions;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.topology.command.CommandApplication;
import cloud.gyroscops.topology.command.CommandSettings;
import cloud.gyroscops.topology.streams.Installation;
import cloud.gyroscops.topology.streams.RegistryOutage;
import cloud.gyroscops.topology.streams.StreamsApplication;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code gyroscops bench write}. */
@Command(
        name = "write",
        description =
                "Commands per second beside a bare skeleton with the same I/O, in turn; then latency at a fixed rate. With --mix:"
                        + " plain payments beside payments with users, and users and organizations with claims.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class WriteBenchmark implements Callable<Integer> {

    private static final int DEFAULT_COMMANDS = 400_000;
    private static final int DEFAULT_MIXED = 60_000;
    private static final int DEFAULT_RATE = 1_000;
    private static final int DEFAULT_MIXED_RATE = 500;
    private static final int DEFAULT_SECONDS = 30;
    private static final int DEFAULT_MIXED_SECONDS = 60;

    @Spec
    private CommandSpec spec;

    @Option(names = "--mix", description = "Payments with and without users, users, organizations, in one run.")
    private boolean mix;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "KIND",
            description = "With --mix: ${COMPLETION-CANDIDATES} (default: all).")
    private List<Kind> only;

    @Option(
            names = "--commands",
            paramLabel = "<commands>",
            description =
                    "Per round (default: " + DEFAULT_COMMANDS + "; with --mix, of each kind, " + DEFAULT_MIXED + ").")
    private Integer commandsAsked;

    @Option(names = "--rounds", defaultValue = "3", description = "After one to warm up (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--without-warm-up", description = "Leave out the round to warm up.")
    private boolean withoutWarmUp;

    @Option(
            names = "--rate",
            paramLabel = "<rate>",
            description = "For latency, per second (default: " + DEFAULT_RATE + "; with --mix, of all kinds together, "
                    + DEFAULT_MIXED_RATE + ").")
    private Integer rateAsked;

    @Option(
            names = "--seconds",
            paramLabel = "<seconds>",
            description = "For latency (default: " + DEFAULT_SECONDS + "; with --mix " + DEFAULT_MIXED_SECONDS + ").")
    private Integer secondsAsked;

    private int commands;
    private int rate;
    private int seconds;

    @Mixin
    private TopologyOptions options;

    @Override
    public Integer call() throws Exception {
        commands = asked(commandsAsked, DEFAULT_COMMANDS, DEFAULT_MIXED);
        rate = asked(rateAsked, DEFAULT_RATE, DEFAULT_MIXED_RATE);
        seconds = asked(secondsAsked, DEFAULT_SECONDS, DEFAULT_MIXED_SECONDS);
        if (!mix && only != null) {
            throw new ParameterException(spec.commandLine(), "--only goes with --mix");
        }
        return mix ? mix() : besideSkeleton();
    }

    private int asked(Integer value, int otherwise, int mixed) {
        if (value != null) {
            return value;
        }
        return mix ? mixed : otherwise;
    }

    private int mix() throws Exception {
        var settings = mixSettings();
        var directory = Files.createTempDirectory("gyroscops-bench");
        try {
            Mix.run(settings, directory, spec.commandLine().getOut());
        } finally {
            Directories.delete(directory);
        }
        return 0;
    }

    private MixSettings mixSettings() {
        try {
            var kinds = only == null ? List.of(Kind.values()) : only;
            return new MixSettings(
                    kinds,
                    commands,
                    rounds,
                    !withoutWarmUp,
                    rate,
                    seconds,
                    options.threads(),
                    options.partitions(),
                    options.commitIntervalMs());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
    }

    private int besideSkeleton() throws Exception {
        var out = spec.commandLine().getOut();
        var directory = Files.createTempDirectory("gyroscops-bench");
        var topology = new ArrayList<Drain>();
        var skeleton = new ArrayList<Drain>();
        Histogram latency;
        try (var bench = new Bench(directory, options.partitions(), options.threads(), options.commitIntervalMs())) {
            for (int round = withoutWarmUp ? 1 : 0; round <= rounds; round++) {
                var name = round == 0 ? "warm-up" : "round " + round;
                var installation = bench.installation("r" + round + "-");
                var ours = drainTopology(bench, installation, "r" + round + "-commands");
                var bare = drainSkeleton(bench, installation, "r" + round + "-skeleton");
                out.printf(
                        Locale.ROOT,
                        "%-8s topology %,8.0f/s (%.1f µs CPU)   skeleton %,8.0f/s (%.1f µs CPU)   ratio %.2f%n",
                        name,
                        ours.perSecond(),
                        ours.cpuMicros(),
                        bare.perSecond(),
                        bare.cpuMicros(),
                        ours.perSecond() / bare.perSecond());
                out.flush();
                if (round > 0) {
                    topology.add(ours);
                    skeleton.add(bare);
                }
            }
            latency = latency(bench);
        } finally {
            Directories.delete(directory);
        }
        report(out, median(topology), median(skeleton), latency);
        return 0;
    }

    private void preload(Bench bench, Installation installation) {
        var failure = new AtomicReference<Exception>();
        try (var producer = bench.producer(20)) {
            for (int i = 0; i < commands; i++) {
                producer.send(Bench.payment(installation, "p-" + i), (metadata, e) -> {
                    if (e != null) {
                        failure.set(e);
                    }
                });
            }
        }
        if (failure.get() != null) {
            throw new IllegalStateException("the commands could not be preloaded", failure.get());
        }
    }

    private Drain drainTopology(Bench bench, Installation installation, String group) throws Exception {
        var meters = new SimpleMeterRegistry();
        try (var application =
                CommandApplication.of(installation, bench.streams(group), CommandSettings.DEFAULT, meters, List.of())) {
            application.start();
            bench.organize(installation);
            application.streams().pause();
            preload(bench, installation);
            application.streams().resume();
            return Drain.await(bench.admin(), group, installation.topics().commands(Aggregate.PAYMENTS), commands);
        }
    }

    private Drain drainSkeleton(Bench bench, Installation installation, String group) throws Exception {
        var topics = installation.topics();
        var events = group + "-events";
        var results = group + "-results";
        var copied = group + "-copied";
        bench.admin()
                .createTopics(List.of(events, results, copied).stream()
                        .map(name -> new NewTopic(name, Optional.of(options.partitions()), Optional.empty()))
                        .toList())
                .all()
                .get();
        var changelog = group.replace("skeleton", "commands") + "-payments-state-changelog";
        var bare = new Skeleton(
                Shape.of(sample(bench, topics.events(Aggregate.PAYMENTS))),
                Shape.of(sample(bench, topics.results())),
                sample(bench, changelog).value().length);
        var input = topics.commands(Aggregate.PAYMENTS);
        try (var application = new StreamsApplication(
                bare.topology(input, events, results, copied), bench.streams(group), new RegistryOutage())) {
            application.start();
            return Drain.await(bench.admin(), group, input, commands);
        }
    }

    /** Any record of a topic; they are alike. */
    private static ConsumerRecord<String, byte[]> sample(Bench bench, String topic) {
        try (var consumer = bench.committed()) {
            var partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (true) {
                for (var record : consumer.poll(Duration.ofSeconds(1))) {
                    return record;
                }
            }
        }
    }

    private Histogram latency(Bench bench) throws Exception {
        var installation = bench.installation("latency-");
        try (var application = CommandApplication.of(
                installation,
                bench.streams("latency-commands"),
                CommandSettings.DEFAULT,
                new SimpleMeterRegistry(),
                List.of())) {
            application.start();
            bench.organize(installation);
            return new Latency(bench, installation)
                    .measure(rate, Duration.ofSeconds(Math.min(10, seconds)), Duration.ofSeconds(seconds));
        }
    }

    private void report(PrintWriter out, Drain ours, Drain bare, Histogram latency) {
        out.printf(
                Locale.ROOT,
                "%nat %d/s for %d s: p50 %.1f ms, p99 %.1f ms, p99.9 %.1f ms%n%n",
                rate,
                seconds,
                millis(latency, 50),
                millis(latency, 99),
                millis(latency, 99.9));
        out.printf(
                Locale.ROOT,
                "{\"benchmark\":\"write\",\"commandsPerSecond\":%.0f,\"skeletonPerSecond\":%.0f,\"ratio\":%.3f,"
                        + "\"cpuMicrosPerCommand\":%.1f,\"skeletonCpuMicrosPerCommand\":%.1f,"
                        + "\"p50Ms\":%.1f,\"p99Ms\":%.1f,\"p999Ms\":%.1f}%n",
                ours.perSecond(),
                bare.perSecond(),
                ours.perSecond() / bare.perSecond(),
                ours.cpuMicros(),
                bare.cpuMicros(),
                millis(latency, 50),
                millis(latency, 99),
                millis(latency, 99.9));
        out.flush();
    }

    private static double millis(Histogram latency, double percentile) {
        return latency.getValueAtPercentile(percentile) / 1e3;
    }

    private static Drain median(List<Drain> drains) {
        var sorted = drains.stream()
                .sorted(Comparator.comparingDouble(Drain::perSecond))
                .toList();
        return sorted.get(sorted.size() / 2);
    }
}
