package cloud.gyroscops.topology.view.version;

import cloud.gyroscops.topology.streams.Installation;
import cloud.gyroscops.topology.streams.RegistryOutage;
import cloud.gyroscops.topology.streams.StreamsApplication;
import cloud.gyroscops.topology.streams.StreamsSettings;
import cloud.gyroscops.topology.view.Peers;
import cloud.gyroscops.topology.view.ViewInstance;
import cloud.gyroscops.topology.view.ViewTopology;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.streams.state.HostInfo;

/** One version of the views, as this instance runs it: an application of its own, whose name tells the version. */
final class RunningVersion implements AutoCloseable {

    private final StreamsSettings settings;
    private final StreamsApplication application;
    private final ViewInstance views;
    private AutoCloseable companion = () -> {};

    /** Prepares it. */
    RunningVersion(Installation installation, StreamsSettings settings, HostInfo self, Peers peers) {
        this.settings = settings;
        var outage = new RegistryOutage();
        var views = new ViewTopology(installation.topics(), installation.wire(), outage);
        var topology = views.build();
        var layout = views.layout(topology, settings.applicationId());
        application =
                new StreamsApplication(topology, settings, ViewInstance.settings(self, installation.topics()), outage);
        this.views = new ViewInstance(
                application.streams(),
                layout,
                views.worked(),
                self,
                peers,
                Admin.create(installation.kafka().with(Map.of())));
    }

    /**
     * Starts it.
     *
     * @param onFailure run once it gives up
     */
    void start(Runnable onFailure) {
        application.onFailure(onFailure);
        application.start();
        views.start();
    }

    /** Something that is to be closed with it. */
    void with(AutoCloseable other) {
        companion = other;
    }

    ViewInstance views() {
        return views;
    }

    String group() {
        return settings.applicationId();
    }

    boolean failed() {
        return application.failed();
    }

    @Override
    public void close() {
        try {
            companion.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        } finally {
            views.close();
            application.close();
        }
    }

    /** Stops it for good: nothing of it stays in the state directory, or, if it does not stop in time, after the next start. */
    void end() {
        close();
        if (application.stopped()) {
            StreamsApplication.removeState(settings);
        }
    }
}
