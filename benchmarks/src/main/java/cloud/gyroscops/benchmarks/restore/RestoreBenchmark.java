package cloud.gyroscops.benchmarks.restore;

import cloud.gyroscops.benchmarks.process.Directories;
import cloud.gyroscops.benchmarks.process.Standbys;
import cloud.gyroscops.benchmarks.report.Circumstances;
import cloud.gyroscops.benchmarks.report.Range;
import cloud.gyroscops.benchmarks.report.TopologyOptions;
import cloud.gyroscops.topology.streams.StreamsSettings;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code gyroscops bench restore}. */
@Command(
        name = "restore",
        description =
                "Seconds to the first results of new commands, after the topology's process was stopped or killed: with its"
                        + " state, without, and with a standby. Variables GYROSCOPS_* that no option sets reach the"
                        + " topology, for example GYROSCOPS_SESSION_TIMEOUT_MS and GYROSCOPS_INSTANCE_ID.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class RestoreBenchmark implements Callable<Integer> {

    /** The script's, and what the benchmark sets by itself or by an option: they do not reach the topology. */
    private static final Set<String> NOT_PASSED = Set.of(
            "GYROSCOPS_JAVA_OPTS",
            "GYROSCOPS_TOPIC_PREFIX",
            "GYROSCOPS_PARTITIONS",
            "GYROSCOPS_RETENTION",
            "GYROSCOPS_THREADS",
            "GYROSCOPS_COMMIT_INTERVAL_MS",
            "GYROSCOPS_STANDBYS",
            "GYROSCOPS_STATE_DIR");

    @Spec
    private CommandSpec spec;

    @Option(names = "--payments", defaultValue = "1000000", description = "To load (default: ${DEFAULT-VALUE}).")
    private int payments;

    @Option(names = "--users", defaultValue = "200000", description = "To load (default: ${DEFAULT-VALUE}).")
    private int users;

    @Option(names = "--runs", defaultValue = "3", description = "Of each scenario (default: ${DEFAULT-VALUE}).")
    private int runs;

    @Option(names = "--without-standby", description = "Leave out what needs two instances.")
    private boolean withoutStandby;

    @Option(
            names = "--session-timeout",
            paramLabel = "<sessionTimeoutMs>",
            description = "ms (default: " + RestoreSettings.SESSION_TIMEOUT + ", or else "
                    + StreamsSettings.DEFAULT_SESSION_TIMEOUT_MS + ").")
    private Integer sessionTimeoutMs;

    /** For tests, which measure nothing: a standby that has not copied all is as good. */
    @Option(names = "--calm", paramLabel = "<calmMs>", hidden = true)
    private int calmMs = (int) Standbys.CALM.toMillis();

    @Mixin
    private TopologyOptions options;

    @Override
    public Integer call() throws Exception {
        var settings = settings();
        var out = spec.commandLine().getOut();
        var json = new ObjectMapper().createObjectNode().put("benchmark", "restore");
        Circumstances.writeTo(json, spec);
        var directory = Files.createTempDirectory("gyroscops-restore");
        try {
            write(settings, new Restores(settings, directory, out).measure(), json);
        } finally {
            Directories.delete(directory);
        }
        out.println();
        out.println(json);
        out.flush();
        return 0;
    }

    private RestoreSettings settings() {
        var environment = System.getenv().entrySet().stream()
                .filter(variable -> variable.getKey().startsWith("GYROSCOPS_"))
                .filter(variable -> !NOT_PASSED.contains(variable.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (one, other) -> other, HashMap::new));
        try {
            if (sessionTimeoutMs != null) {
                Range.check("--session-timeout", sessionTimeoutMs, 1_000, 300_000);
                environment.put(RestoreSettings.SESSION_TIMEOUT, Integer.toString(sessionTimeoutMs));
            }
            return new RestoreSettings(
                    payments,
                    users,
                    runs,
                    !withoutStandby,
                    options.threads(),
                    options.partitions(),
                    options.commitIntervalMs(),
                    calmMs,
                    environment);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
    }

    private static void write(RestoreSettings settings, Map<Scenario, List<Recovery>> recoveries, ObjectNode json) {
        var written = json.putObject("settings")
                .put("payments", settings.payments())
                .put("users", settings.users())
                .put("runs", settings.runs())
                .put("threads", settings.threads())
                .put("partitions", settings.partitions())
                .put("commitIntervalMs", settings.commitIntervalMs())
                .put("sessionTimeoutMs", settings.sessionTimeoutMs())
                .putObject("environment");
        settings.environment().forEach(written::put);
        var scenarios = json.putObject("scenarios");
        recoveries.forEach((scenario, runs) -> {
            var one = scenarios
                    .putObject(scenario.label())
                    .put("goneSeconds", median(runs, Recovery::goneSeconds))
                    .put("firstSeconds", median(runs, Recovery::firstSeconds))
                    .put("allSeconds", median(runs, Recovery::allSeconds));
            var all = one.putArray("allSecondsOfRuns");
            runs.forEach(run -> all.add(hundredths(run.allSeconds())));
        });
    }

    private static double median(List<Recovery> runs, ToDoubleFunction<Recovery> figure) {
        var sorted = runs.stream().mapToDouble(figure).sorted().toArray();
        return hundredths(sorted[sorted.length / 2]);
    }

    private static double hundredths(double seconds) {
        return Math.round(seconds * 100) / 100.0;
    }
}
