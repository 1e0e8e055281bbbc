package cloud.gyroscops.standalone.cli;

import cloud.gyroscops.schemas.settings.Environment;
import cloud.gyroscops.standalone.transfer.Import;
import cloud.gyroscops.topology.command.CommandApplication;
import cloud.gyroscops.topology.streams.Installation;
import cloud.gyroscops.topology.streams.StreamsSettings;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gyroscops events import}: the events of files, into a cluster without any. */
@Command(
        name = "import",
        description = {
            "Brings exported events into a cluster without events: with their ids, versions, times and headers.",
            "Topics and schemas are made. The command topology must be stopped; its stores are made afterwards. One that"
                    + " was killed goes on where it was, and the topology does not start before it has come to its end.",
            Cluster.ENVIRONMENT
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class EventsImport implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "What gyroscops events export has written.")
    private Path directory;

    @Option(
            names = "--partitions",
            paramLabel = "N",
            defaultValue = "${env:GYROSCOPS_PARTITIONS:-6}",
            description = "Of every topic, where there are none yet (default: ${DEFAULT-VALUE}).")
    private int partitions;

    @Mixin
    private Standstill standstill;

    @Override
    public Integer call() {
        return standstill.use(true, environment -> bring(Standstill.withPartitions(environment, partitions)));
    }

    private int bring(Environment environment) {
        var out = spec.commandLine().getOut();
        var err = spec.commandLine().getErr();
        var installation = Installation.from(environment);
        var streams = StreamsSettings.from(environment, installation.kafka(), CommandApplication.NAME);
        var bar = ProgressBar.on(err, "events");
        var outcome =
                new Import(installation, streams.applicationId(), directory, streams.stateDirectory(), bar::show).run();
        bar.end();
        out.printf("%,d events written, %,d were there before.%n", outcome.written(), outcome.before());
        out.flush();
        Standstill.rebuild(environment, out, err);
        return 0;
    }
}
