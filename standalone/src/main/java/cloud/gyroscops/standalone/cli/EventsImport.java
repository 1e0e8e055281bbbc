package cloud.gyroscops.standalone.cli;

import cloud.gyroscops.schemas.settings.Environment;
import cloud.gyroscops.standalone.transfer.Import;
import cloud.gyroscops.topology.command.CommandApplication;
import cloud.gyroscops.topology.streams.Installation;
import cloud.gyroscops.topology.streams.StreamsSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code gyroscops events import}: the events of files, into a cluster without any. */
@Command(
        name = "import",
        description = {
            "Brings exported events into a cluster without events: with their ids, versions, times and headers.",
            "Topics and schemas are made. The command topology must be stopped; its stores are made afterwards. One that"
                    + " was killed goes on where it was, and the topology does not start before it has come to its end.",
            Cluster.ENVIRONMENT
        })
final class EventsImport extends EventsTransfer {

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
        return standstill.use(
                true,
                environment -> bring(Standstill.withPartitions(Standstill.withReplication(environment), partitions)));
    }

    private int bring(Environment environment) {
        var err = spec.commandLine().getErr();
        var installation = Installation.from(environment);
        var streams = StreamsSettings.from(environment, installation.kafka(), CommandApplication.NAME);
        var steps = new Standstill.Steps(err, step -> "events");
        var outcome =
                new Import(installation, streams.applicationId(), directory, streams.stateDirectory(), steps).run();
        steps.end();
        tell(outcome.written(), outcome.before());
        Standstill.rebuild(environment, spec.commandLine().getOut(), err);
        return 0;
    }
}
