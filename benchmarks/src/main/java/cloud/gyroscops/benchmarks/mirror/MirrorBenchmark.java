package cloud.gyroscops.benchmarks.mirror;

import cloud.gyroscops.benchmarks.process.Directories;
import cloud.gyroscops.benchmarks.report.Aim;
import cloud.gyroscops.benchmarks.report.Circumstances;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code gyroscops bench mirror}. */
@Command(
        name = "mirror",
        description = "Events mirrored a second to a simulator of Stripe, and how long the backlog of an outage takes.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class MirrorBenchmark implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--partitions", defaultValue = "12", description = "Of every topic (default: ${DEFAULT-VALUE}).")
    private int partitions;

    @Option(names = "--events", defaultValue = "10000", description = "To mirror, twice (default: ${DEFAULT-VALUE}).")
    private int events;

    @Option(names = "--latency-ms", defaultValue = "50", description = "Of each call (default: ${DEFAULT-VALUE}).")
    private int latencyMs;

    @Option(
            names = "--outage-seconds",
            defaultValue = "60",
            description = "How long the target is away (default: ${DEFAULT-VALUE}).")
    private int outageSeconds;

    @Option(
            names = "--lanes",
            defaultValue = "16",
            description = "Aggregates of a partition called for at a time (default: ${DEFAULT-VALUE}).")
    private int lanes;

    @Option(names = "--calls", defaultValue = "32", description = "At a time, in all (default: ${DEFAULT-VALUE}).")
    private int calls;

    @Option(names = "--rate", defaultValue = "2000", description = "Most calls a second (default: ${DEFAULT-VALUE}).")
    private int rate;

    @Override
    public Integer call() throws Exception {
        var out = spec.commandLine().getOut();
        var settings = settings();
        var directory = Files.createTempDirectory("gyroscops-mirror");
        try {
            var json = new ObjectMapper().createObjectNode().put("benchmark", "mirror");
            Circumstances.writeTo(json, spec);
            json.put("partitions", partitions)
                    .put("events", events)
                    .put("latencyMs", latencyMs)
                    .put("outageSeconds", outageSeconds)
                    .put("lanes", lanes)
                    .put("callsAtATime", calls)
                    .put("ratePerSecond", rate);
            var figures = new MirrorTrial(settings, directory, out).run();
            json.put("eventsPerSecond", figures.eventsPerSecond())
                    .put("onePerPartitionPerSecond", settings.onePerPartition())
                    .put("boundPerSecond", settings.bound())
                    .put("drainSeconds", figures.drainSeconds())
                    .put("drainPerSecond", events / figures.drainSeconds());
            var told = json.putArray("aims");
            for (var aim : List.of(
                    Aim.atLeast(
                            "share of one call at a time for each partition",
                            figures.eventsPerSecond() / settings.onePerPartition(),
                            1),
                    Aim.atLeast(
                            "share of what the calls at a time allow",
                            figures.eventsPerSecond() / settings.bound(),
                            0.8))) {
                out.println(aim);
                aim.writeTo(told.addObject());
            }
            out.println();
            out.println(new ObjectMapper().writeValueAsString(json));
            out.flush();
            return 0;
        } finally {
            Directories.delete(directory);
        }
    }

    private MirrorSettings settings() {
        try {
            return new MirrorSettings(
                    partitions,
                    events,
                    Duration.ofMillis(latencyMs),
                    Duration.ofSeconds(outageSeconds),
                    lanes,
                    calls,
                    rate);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
    }
}
