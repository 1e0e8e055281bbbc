package cloud.gyroscops.standalone.cli;

import cloud.gyroscops.standalone.cli.CommandLineInterface.Failure;
import cloud.gyroscops.standalone.transfer.Export;
import cloud.gyroscops.topology.streams.Installation;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gyroscops events export}: all events, as files. */
@Command(
        name = "export",
        description = {
            "Writes all committed events to Avro object container files, one for each partition of each topic.",
            "One that was killed goes on where it was; repeated later, it adds what is new. Events of erased users are"
                    + " left out, also of files that hold them already.",
            Cluster.ENVIRONMENT
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class EventsExport implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "Where the files are; made if it is not there.")
    private Path directory;

    @Mixin
    private Cluster cluster;

    @Override
    public Integer call() {
        return cluster.use(this::export);
    }

    private int export(Installation installation) {
        var bar = ProgressBar.on(spec.commandLine().getErr(), "places in the log");
        try (var export = new Export(installation, directory, bar::show)) {
            var outcome = export.run();
            bar.end();
            spec.commandLine()
                    .getOut()
                    .printf("%,d events written, %,d were there before.%n", outcome.written(), outcome.before());
            spec.commandLine().getOut().flush();
            return 0;
        } catch (IllegalStateException | UncheckedIOException e) {
            throw new Failure(e.getMessage());
        }
    }
}
