package cloud.gyroscops.benchmarks.kills;

import cloud.gyroscops.benchmarks.process.Directories;
import cloud.gyroscops.benchmarks.report.Circumstances;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code gyroscops bench kills}. */
@Command(
        name = "kills",
        description = "kill -9 of the command topology under mixed load, how long results stay away, and the checker.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class KillsBenchmark implements Callable<Integer> {

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
            paramLabel = "<brokerKills>",
            description = "With 3 brokers (default: one for every " + KillsSettings.KILLS_PER_BROKER_KILL
                    + " of instances, at least one).")
    private Integer brokerKills;

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

    @Override
    public Integer call() throws Exception {
        var settings = settings();
        var out = spec.commandLine().getOut();
        var json = new ObjectMapper().createObjectNode().put("benchmark", "kills");
        Circumstances.writeTo(json, spec);
        var directory = Files.createTempDirectory("gyroscops-kills");
        boolean fine = false;
        try {
            var figures = new Kills(settings, directory, out).measure();
            fine = figures.fine();
            out.println(figures.aim(settings));
            out.println();
            figures.writeTo(json, settings);
        } finally {
            if (fine && !keep) {
                Directories.delete(directory);
            } else {
                out.println("Data and logs are in " + directory);
            }
            out.flush();
        }
        out.println(json);
        out.flush();
        return fine ? 0 : 1;
    }

    private KillsSettings settings() {
        int ofBrokers = brokers == 1 ? 0 : Math.max(1, kills / KillsSettings.KILLS_PER_BROKER_KILL);
        try {
            return new KillsSettings(
                    kills,
                    instances,
                    standbys,
                    brokers,
                    brokerKills == null ? ofBrokers : brokerKills,
                    rate,
                    sessionTimeoutMs,
                    staticMembers,
                    pauseMs,
                    seed);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
    }
}
