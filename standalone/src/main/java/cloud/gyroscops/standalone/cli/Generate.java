package cloud.gyroscops.standalone.cli;

import cloud.gyroscops.standalone.cli.CommandLineInterface.Failure;
import cloud.gyroscops.standalone.town.Town;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code gyroscops generate}: a town as commands. */
@Command(
        name = "generate",
        description = {
            "Writes the commands of an invented town, one JSON object a line: organizations, users, payments and what"
                    + " happens to them.",
            "The same numbers and seed make the same town, whose commands are all accepted by a system that has not"
                    + " seen another town. To load it: gyroscops load FILE"
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class Generate implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--organizations",
            paramLabel = "N",
            defaultValue = "20",
            description = "How many (default: ${DEFAULT-VALUE}).")
    private int organizations;

    @Option(
            names = "--users",
            paramLabel = "N",
            defaultValue = "2000",
            description = "How many (default: ${DEFAULT-VALUE}).")
    private int users;

    @Option(
            names = "--payments",
            paramLabel = "N",
            defaultValue = "20000",
            description = "How many (default: ${DEFAULT-VALUE}).")
    private int payments;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Another seed, another town (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--out", paramLabel = "FILE", description = "Where to write (default: standard output).")
    private Path file;

    @Override
    public Integer call() {
        var town = town();
        if (file == null) {
            write(town, spec.commandLine().getOut());
            return 0;
        }
        try (var out = new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8))) {
            write(town, out);
            if (out.checkError()) {
                throw new Failure(file + " could not be written to its end");
            }
        } catch (IOException e) {
            throw new Failure(file + " cannot be written: " + e);
        }
        return 0;
    }

    private Town town() {
        try {
            return new Town(organizations, users, payments, seed);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    /** Ends early when nobody reads any more, as behind {@code | head}. */
    private static void write(Town town, PrintWriter out) {
        int written = 0;
        for (var lines = town.lines().iterator(); lines.hasNext(); ) {
            // Always the same line ends: the file is the same on every machine.
            out.print(lines.next() + "\n");
            if (++written % 100 == 0 && out.checkError()) {
                return;
            }
        }
        out.flush();
    }
}
