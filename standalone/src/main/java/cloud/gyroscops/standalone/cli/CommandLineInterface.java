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
            TopologyCommand.class
        },
        footer = {
            "",
            "Also: gyroscops test (runs all tests), gyroscops bench (measures).",
            "Start with: gyroscops up --demo"
        })
public final class CommandLineInterface implements Runnable {

    @Spec
    private CommandLine.Model.CommandSpec spec;

    /** Runs one command; returns the exit status: 0 if it worked, 1 if it failed, 2 if it was called wrongly. */
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
                .execute(args);
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
