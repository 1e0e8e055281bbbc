package cloud.gyroscops.standalone.cli;

import cloud.gyroscops.schemas.topic.TopicSettings;
import cloud.gyroscops.standalone.check.Check;
import cloud.gyroscops.standalone.check.CheckOptions;
import cloud.gyroscops.standalone.check.Report;
import cloud.gyroscops.standalone.cli.CommandLineInterface.Failure;
import cloud.gyroscops.topology.command.CommandApplication;
import cloud.gyroscops.topology.command.CommandSettings;
import cloud.gyroscops.topology.streams.Installation;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code gyroscops check}: whether all that is recorded holds together. */
@Command(
        name = "check",
        description = {
            "Reads all commands, results, events and stored states from Kafka itself, and proves that they hold together:"
                    + " one result for each command record, exactly its events, versions without gaps, what the rules"
                    + " allow, unique names and emails, references that were there, claims and states as the events make"
                    + " them.",
            "Changes nothing, and may run beside everything else.",
            "Commands that are not handled yet are counted apart, and are no violation.",
            Cluster.ENVIRONMENT
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeListHeading = "Exit status:%n",
        exitCodeList = {
            "0:nothing is wrong",
            "1:it could not be checked",
            "2:called wrongly",
            CommandLineInterface.FOUND + ":something is wrong: violations were found"
        })
final class CheckCommand implements Callable<Integer> {

    private static final int LONGEST_WAIT_S = 3_600;
    private static final int LARGEST_TOLERANCE_MS = 60_000;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description = "How long to wait for commands that are under way, 0 to " + LONGEST_WAIT_S
                    + " (default: ${DEFAULT-VALUE}).")
    private int wait;

    @Option(
            names = "--clock-tolerance",
            paramLabel = "MS",
            defaultValue = "1000",
            description = "By how many milliseconds the clocks of instances and brokers may differ, 0 to "
                    + LARGEST_TOLERANCE_MS + " (default: ${DEFAULT-VALUE}): so much may a name be taken before it was"
                    + " given up, or somebody be named before he was there.")
    private int clockTolerance;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "20",
            description = "How many violations to print, 0 or more; all are counted (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Option(names = "--json", description = "Prints one JSON object.")
    private boolean json;

    @Mixin
    private Cluster cluster;

    @Override
    public Integer call() {
        if (wait < 0 || wait > LONGEST_WAIT_S) {
            throw wrong("--wait is " + wait + "; it must be 0 to " + LONGEST_WAIT_S);
        }
        if (clockTolerance < 0 || clockTolerance > LARGEST_TOLERANCE_MS) {
            throw wrong("--clock-tolerance is " + clockTolerance + "; it must be 0 to " + LARGEST_TOLERANCE_MS);
        }
        if (limit < 0) {
            throw wrong("--limit is " + limit + "; it must be 0 or more");
        }
        var report = cluster.use(this::check);
        var out = spec.commandLine().getOut();
        out.println(json ? CheckReport.json(report).toPrettyString() : CheckReport.text(report));
        out.flush();
        return report.content() ? 0 : CommandLineInterface.FOUND;
    }

    private Report check(Installation installation) {
        var progress = new CheckProgress(spec.commandLine().getErr(), Progress.onTerminal(), System::nanoTime);
        var options = options(progress);
        try {
            return Check.run(installation.kafka(), installation.topics(), installation.wire(), options);
        } catch (UnknownTopicOrPartitionException e) {
            throw new Failure(
                    e.getMessage() + " at " + installation.kafka().bootstrapServers() + "; is --topic-prefix right?");
        } catch (IllegalStateException e) {
            throw new Failure(e.getMessage());
        } finally {
            progress.end();
        }
    }

    private CheckOptions options(CheckProgress progress) {
        var environment = cluster.environment();
        try {
            return new CheckOptions(
                    TopicSettings.from(environment).prefix() + CommandApplication.NAME,
                    Duration.ofMillis(clockTolerance),
                    CommandSettings.from(environment).userRemembered(),
                    Duration.ofSeconds(wait),
                    limit,
                    progress);
        } catch (IllegalArgumentException e) {
            throw new Failure(e.getMessage());
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
