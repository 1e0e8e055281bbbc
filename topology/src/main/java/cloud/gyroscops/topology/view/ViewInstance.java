package cloud.gyroscops.topology.view;

import cloud.gyroscops.schemas.topic.TopicCatalogue;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.StandbyUpdateListener;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.state.HostInfo;

/** The views as one instance has them: its own part and, through the others, all. */
public final class ViewInstance implements AutoCloseable {

    /**
     * A partition goes to another instance only when that one's copy is this close: what is left is loaded before anybody
     * notices. More than what comes between two commits, or it would never go.
     */
    private static final long ACCEPTABLE_LAG = 1_000;

    /** With as many copies on their way at a time, a new instance has its share after one or two rounds. */
    private static final int WARMUPS = 12;

    private final LocalViews local;
    private final Respondents respondents;
    private final Progress progress;

    /**
     * The views of an application that is not started yet.
     *
     * @param self where the others reach this instance
     * @param admin used for looks at the progress, and closed
     */
    public ViewInstance(
            KafkaStreams streams, Layout layout, WorkedPartitions worked, HostInfo self, Peers peers, Admin admin) {
        var hosts = new Hosts(streams, layout, self);
        progress = new Progress(streams, layout, hosts, worked, admin);
        var room = new WaitingRoom();
        local = new LocalViews(streams, worked, progress, room);
        respondents = new Respondents(local, hosts, peers, room);
        worked.onEnd(progress::forget);
        streams.setStandbyUpdateListener(new ClosedCopies(layout));
    }

    /** What an application of Kafka Streams needs beside the usual, to be one of several instances. */
    public static Map<String, ?> settings(HostInfo self, TopicCatalogue topics) {
        var host = self.host().contains(":") ? '[' + self.host() + ']' : self.host();
        var settings = new HashMap<String, Object>();
        settings.put(StreamsConfig.APPLICATION_SERVER_CONFIG, host + ':' + self.port());
        settings.put(StreamsConfig.ACCEPTABLE_RECOVERY_LAG_CONFIG, ACCEPTABLE_LAG);
        settings.put(StreamsConfig.MAX_WARMUP_REPLICAS_CONFIG, WARMUPS);
        topics.repartition().forEach((name, value) -> settings.put(StreamsConfig.topicPrefix(name), value));
        return settings;
    }

    /** Begins to look at the progress. */
    public void start() {
        progress.start();
    }

    /** What this instance can answer itself. */
    public LocalViews local() {
        return local;
    }

    Respondents respondents() {
        return respondents;
    }

    public Progress progress() {
        return progress;
    }

    @Override
    public void close() {
        progress.close();
    }

    /** A copy that is given up is closed; one that is worked on from now on stays as it is. */
    private final class ClosedCopies implements StandbyUpdateListener {

        private final Layout layout;

        ClosedCopies(Layout layout) {
            this.layout = layout;
        }

        @Override
        public void onUpdateStart(TopicPartition changelog, String store, long from) {}

        @Override
        public void onBatchLoaded(
                TopicPartition changelog, String store, TaskId task, long last, long records, long end) {}

        @Override
        public void onUpdateSuspended(
                TopicPartition changelog, String store, long position, long end, SuspendReason reason) {
            if (reason == SuspendReason.MIGRATED) {
                layout.side(store).ifPresent(side -> progress.forget(new Place(side, changelog.partition())));
            }
        }
    }
}
