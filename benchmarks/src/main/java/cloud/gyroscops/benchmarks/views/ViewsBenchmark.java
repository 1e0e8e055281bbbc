package cloud.gyroscops.benchmarks.views;

import cloud.gyroscops.benchmarks.process.Directories;
import cloud.gyroscops.benchmarks.report.Aim;
import cloud.gyroscops.benchmarks.report.Circumstances;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
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

    @Option(names = "--users", defaultValue = "100", description = "To read (default: ${DEFAULT-VALUE}).")
    private int users;

    @Option(names = "--reads", defaultValue = "200", description = "A second (default: ${DEFAULT-VALUE}).")
    private int reads;

    @Option(names = "--changes", defaultValue = "10", description = "A second (default: ${DEFAULT-VALUE}).")
    private int changes;

    @Option(names = "--seconds", defaultValue = "15", description = "Of each phase (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(names = "--kills", defaultValue = "1", description = "How many (default: ${DEFAULT-VALUE}).")
    private int kills;

    @Option(
            names = "--standbys",
            defaultValue = "1",
            description = "Copies of each partition (default: ${DEFAULT-VALUE}).")
    private int standbys;

    @Option(names = "--scaling", description = "Begin with one instance, which two join under load.")
    private boolean scaling;

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
            phases.forEach((name, phase) -> phase.writeTo(written.putObject(name)));
            var aims = aims(phases.values());
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
            Directories.delete(directory);
        }
    }

    private static List<Aim> aims(Collection<Phase> phases) {
        var plain = phases.stream().flatMap(phase -> phase.allPlain().stream()).toList();
        long all = plain.stream().mapToLong(Reads::all).sum();
        long failed = plain.stream()
                .mapToLong(reads -> reads.count(Reads.Outcome.FAILED))
                .sum();
        long wrong = phases.stream()
                .flatMap(Phase::all)
                .mapToLong(reads -> reads.count(Reads.Outcome.WRONG))
                .sum();
        double longest = phases.stream()
                .map(phase -> phase.plain(Kind.BY_ID))
                // Who waits for an answer does not have it, either.
                .mapToDouble(reads -> Math.max(reads.longestUnavailableSeconds(), reads.slowestSeconds()))
                .max()
                .orElse(Double.NaN);
        return List.of(
                Aim.atLeast("percent of reads without token answered", 100.0 * (all - failed) / all, 99.9),
                Aim.atMost("seconds that a user could not be read by id", longest, 1),
                Aim.atMost("wrong answers, with token or without", wrong, 0));
    }

    private ViewsSettings settings() {
        try {
            return new ViewsSettings(partitions, users, reads, changes, seconds, kills, standbys, scaling);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
    }
}
