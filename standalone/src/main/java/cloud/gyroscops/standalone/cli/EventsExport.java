package cloud.gyroscops.standalone.cli;

import cloud.gyroscops.standalone.cli.CommandLineInterface.Failure;
import cloud.gyroscops.standalone.transfer.Export;
import cloud.gyroscops.topology.streams.Installation;
import java.io.UncheckedIOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code gyroscops events export}: all events, as files. */
@Command(
        name = "export",
        description = {
            "Writes all committed events to Avro object container files, one for each partition of each topic.",
            "One that was killed goes on where it was; repeated later, it adds what is new. Events of erased users are"
                    + " left out, also of files that hold them already.",
            Cluster.ENVIRONMENT
        })
final class EventsExport extends EventsTransfer {

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
            tell(outcome.written(), outcome.before());
            return 0;
        } catch (IllegalStateException | UncheckedIOException e) {
            throw new Failure(e.getMessage());
        }
    }
}
