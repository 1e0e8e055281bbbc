package cloud.gyroscops.topology.command;

import cloud.gyroscops.topology.streams.Installation;
import cloud.gyroscops.topology.streams.RegistryOutage;
import cloud.gyroscops.topology.streams.StreamsApplication;
import cloud.gyroscops.topology.streams.StreamsSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;

/** The command topology as an application. */
public final class CommandApplication {

    /** Its name in the cluster. */
    public static final String NAME = "gyroscops-commands";

    private CommandApplication() {}

    /** Ready to start. */
    public static StreamsApplication of(
            Installation installation,
            StreamsSettings streams,
            CommandSettings settings,
            MeterRegistry meters,
            List<CommandInterceptor> interceptors) {
        var outage = new RegistryOutage();
        var topology =
                new CommandTopology(installation.topics(), installation.wire(), outage, settings, meters, interceptors);
        return new StreamsApplication(topology.build(), streams, outage);
    }
}
