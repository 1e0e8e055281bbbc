package cloud.gyroscops.benchmarks.views;

import cloud.gyroscops.benchmarks.report.Aim;
import cloud.gyroscops.benchmarks.report.Circumstances;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code gyroscops bench views}. */
@Command(
        name = "views",
        description = "Failed, stale and wrong reads of three query instances, one of which is killed and taken back.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class ViewsBenchmark implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--partitions", defaultValue = "6", description = "Of every topic (default: ${DEFAULT-VALUE}).")
    private int partitions;

    @Option(names = "--organizations", defaultValue = "200", description = "To read (default: ${DEFAULT-VALUE}).")
    private int organizations;

    @Option(names = "--reads", defaultValue = "200", description = "A second (default: ${DEFAULT-VALUE}).")
    private int reads;

    @Option(names = "--renames", defaultValue = "10", description = "A second (default: ${DEFAULT-VALUE}).")
    private int renames;

    @Option(names = "--seconds", defaultValue = "30", description = "Of each phase (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(names = "--scaling", description = "Begin with one instance, which two join under load.")
    private boolean scaling;

    @Option(names = "--path", description = "Read that, too: it must be answered with 200. More than once for more.")
    private List<String> paths = List.of();

    @Override
    public Integer call() throws Exception {
        var out = spec.commandLine().getOut();
        var settings = settings();
        var directory = Files.createTempDirectory("gyroscops-views");
        try {
            var phases = new Trial(settings, directory, out).run();
            var json = new ObjectMapper().createObjectNode().put("benchmark", "views");
            Circumstances.writeTo(json, spec);
            json.putPOJO("settings", settings);
            var written = json.putObject("phases");
            phases.forEach((name, phase) -> {
                var one = written.putObject(name);
                phase.plain().writeTo(one.putObject("plain"));
                phase.withToken().writeTo(one.putObject("withToken"));
            });
            var plain = phases.values().stream().map(Phase::plain).toList();
            long all = plain.stream().mapToLong(Reads::all).sum();
            long failed = plain.stream()
                    .mapToLong(reads -> reads.count(Reads.Outcome.FAILED))
                    .sum();
            long wrong = phases.values().stream()
                    .flatMap(phase -> Stream.of(phase.plain(), phase.withToken()))
                    .mapToLong(reads -> reads.count(Reads.Outcome.WRONG))
                    .sum();
            double longest = plain.stream()
                    // Who waits for an answer does not have it, either.
                    .mapToDouble(reads -> Math.max(reads.longestUnavailableSeconds(), reads.slowestSeconds()))
                    .max()
                    .orElse(Double.NaN);
            var aims = List.of(
                    Aim.atLeast("percent of reads without token answered", 100.0 * (all - failed) / all, 99.9),
                    Aim.atMost("seconds that something could not be read", longest, 1),
                    Aim.atMost("wrong answers, with token or without", wrong, 0));
            var told = json.putArray("aims");
            aims.forEach(aim -> {
                out.println(aim);
                aim.writeTo(told.addObject());
            });
            out.println();
            out.println(new ObjectMapper().writeValueAsString(json));
            out.flush();
            return 0;
        } finally {
            delete(directory);
        }
    }

    private ViewsSettings settings() {
        try {
            return new ViewsSettings(partitions, organizations, reads, renames, seconds, scaling, paths);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
    }

    private static void delete(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
