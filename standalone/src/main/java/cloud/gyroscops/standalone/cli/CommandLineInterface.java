package cloud.gyroscops.standalone.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Spec;

/** {@code gyroscops}: all commands. */
@Command(
        name = "gyroscops",
        description = "Event sourcing and CQRS on Apache Kafka Streams.",
        mixinStandardHelpOptions = true,
        version = "Gyroscops Streams 0.1.0",
        subcommands = {
            Up.class,
            Load.class,
            Generate.class,
            SendCommand.class,
            Events.class,
            Claims.class,
            CheckCommand.class,
            StateCommand.class,
            ErasureCommand.class,
            ViewsCommand.class,
            MirrorsCommand.class,
            TopologyCommand.class
        },
        footer = {
            "",
            "Also: gyroscops test (runs all tests), gyroscops bench (measures).",
            "Start with: gyroscops up --demo"
        })
public final class CommandLineInterface implements Runnable {

    /** The exit status of a command that worked, and has found what should not be. */
    static final int FOUND = 3;

    @Spec
    private CommandLine.Model.CommandSpec spec;

    /**
     * Runs one command.
     *
     * @return the exit status: 0 if it worked, 1 if it failed, 2 if it was called wrongly, 3 if it looked for what should
     *     not be and found some
     */
    public static int run(String... args) {
        // JSON is UTF-8, whatever the terminal's own encoding.
        return run(
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                args);
    }

    static int run(PrintWriter out, PrintWriter err, String... args) {
        return new CommandLine(new CommandLineInterface())
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    if (failure instanceof Failure told) {
                        command.getErr().println(told.getMessage());
                    } else {
                        failure.printStackTrace(command.getErr());
                    }
                    return 1;
                })
                .setExecutionStrategy(CommandLineInterface::execute)
                .execute(args);
    }

    /** A command's options count for itself alone; before one of its subcommands, nobody would look at them. */
    private static int execute(CommandLine.ParseResult parsed) {
        for (var one = parsed; one.hasSubcommand(); one = one.subcommand()) {
            var command = one.subcommand().commandSpec();
            for (var option : one.matchedOptions()) {
                if (!option.usageHelp() && !option.versionHelp()) {
                    throw new CommandLine.ParameterException(
                            command.commandLine(),
                            option.longestName() + " stands before " + command.name() + "; put it behind: "
                                    + command.qualifiedName() + " … " + option.longestName() + " …");
                }
            }
        }
        return new CommandLine.RunLast().execute(parsed);
    }

    /** Without a command, there is only help. */
    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** A failure whose message is all that the user needs. */
    static final class Failure extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Failure(String message) {
            super(message);
        }
    }
}
