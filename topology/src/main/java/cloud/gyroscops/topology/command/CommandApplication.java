package cloud.gyroscops.topology.command;

import cloud.gyroscops.topology.streams.ChangelogIdentity;
import cloud.gyroscops.topology.streams.Changelogs;
import cloud.gyroscops.topology.streams.Installation;
import cloud.gyroscops.topology.streams.RegistryOutage;
import cloud.gyroscops.topology.streams.StreamsApplication;
import cloud.gyroscops.topology.streams.StreamsSettings;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.apache.kafka.streams.Topology;

/** The command topology as an application. */
public final class CommandApplication {

    /** Its name in the cluster. */
    public static final String NAME = "gyroscops-commands";

    private CommandApplication() {}

    /** Ready to start; does not, if its stores lack what the event topics hold. */
    public static StreamsApplication of(
            Installation installation,
            StreamsSettings streams,
            CommandSettings settings,
            MeterRegistry meters,
            List<CommandInterceptor> interceptors) {
        var outage = new RegistryOutage();
        var topology = new CommandTopology(
                        installation.topics(), installation.wire(), outage, settings, meters, interceptors)
                .build();
        var check = new HistoryCheck(
                installation.kafka(),
                installation.topics(),
                changelogs(topology, installation, streams),
                new ChangelogIdentity(streams.stateDirectory(), streams.applicationId()));
        var vanished = new VanishedCommands(installation.topics(), meters);
        return new StreamsApplication(topology, streams, outage, check, vanished);
    }

    /** The topics from which its stores are restored. */
    public static Changelogs changelogs(Installation installation, StreamsSettings streams) {
        var topology = new CommandTopology(
                installation.topics(),
                installation.wire(),
                new RegistryOutage(),
                CommandSettings.DEFAULT,
                new SimpleMeterRegistry(),
                List.of());
        return changelogs(topology.build(), installation, streams);
    }

    private static Changelogs changelogs(Topology topology, Installation installation, StreamsSettings streams) {
        return Changelogs.of(
                topology,
                streams.applicationId(),
                installation.topics().partitions(),
                streams.replicationFactor(),
                installation.topics().changelog());
    }
}
