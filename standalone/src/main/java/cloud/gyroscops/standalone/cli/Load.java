package cloud.gyroscops.standalone.cli;

import cloud.gyroscops.standalone.cli.CommandLineInterface.Failure;
import cloud.gyroscops.standalone.load.Backoff;
import cloud.gyroscops.standalone.load.Loader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gyroscops load}: a file of commands, brought to a server. */
@Command(
        name = "load",
        description = {
            "Sends a file of commands, one JSON object a line as POST /commands takes it, and counts the answers.",
            "Safe to repeat: a line without commandId gets one that is made of its number and content, and a command"
                    + " that was handled before gets its first result again. The commands of one aggregate stay in"
                    + " order; one that names another aggregate waits until the lines before it for that one are"
                    + " answered.",
            "Exit status: 0 if every line was answered, accepted or rejected; 1 if not, or if some are no commands."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class Load implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE.jsonl", description = "The commands, in UTF-8.")
    private Path file;

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = Server.DEFAULT_URL,
            description = "The server (default: ${DEFAULT-VALUE}).")
    private String url;

    @Option(
            names = "--parallel",
            paramLabel = "N",
            defaultValue = "4",
            description = "How many requests are under way at once, 1 to 64 (default: ${DEFAULT-VALUE}).")
    private int parallel;

    @Override
    public Integer call() throws Exception {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new Failure(file + " is no file that can be read");
        }
        var server = Server.at(url);
        server.expect();
        var err = spec.commandLine().getErr();
        var progress = new Progress(err, Progress.onTerminal(), count(), System::nanoTime);
        long began = System.nanoTime();
        var loader = loader(server);
        try (var lines = Files.lines(file, StandardCharsets.UTF_8)) {
            var report = loader.load(lines.iterator(), progress, () -> false);
            progress.end(report);
            Summary.print(report, (System.nanoTime() - began) / 1e9, err);
            return report.complete() ? 0 : 1;
        }
    }

    private Loader loader(Server server) {
        try {
            return new Loader(server.url(), parallel, Backoff.USUAL);
        } catch (IllegalArgumentException e) {
            throw new Failure("--" + e.getMessage());
        }
    }

    /** Read twice, so that the progress has an end. */
    private long count() throws IOException {
        try (var lines = Files.lines(file, StandardCharsets.UTF_8)) {
            return lines.filter(line -> !line.isBlank()).count();
        } catch (UncheckedIOException e) {
            throw new Failure(file + " is not text in UTF-8: " + e.getCause());
        }
    }
}
