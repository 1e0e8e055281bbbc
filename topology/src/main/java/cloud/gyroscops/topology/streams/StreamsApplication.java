package cloud.gyroscops.topology.streams;

import cloud.gyroscops.schemas.registry.RegistryAccessDeniedException;
import cloud.gyroscops.schemas.registry.RegistryUnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.function.ObjLongConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running topology. */
public final class StreamsApplication implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StreamsApplication.class);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(20);

    private final KafkaStreams streams;
    private final RegistryOutage outage;
    private final Fencing fencing;
    private final String name;
    private final StartCheck check;
    private final KilledState killed;

    /** Makes it ready to start, whatever its stores are like. */
    public StreamsApplication(Topology topology, StreamsSettings settings, RegistryOutage outage) {
        this(topology, settings, Map.of(), outage);
    }

    /**
     * The same.
     *
     * @param more settings of Kafka Streams, for this application only
     */
    public StreamsApplication(Topology topology, StreamsSettings settings, Map<String, ?> more, RegistryOutage outage) {
        this(topology, settings, more, outage, StartCheck.NONE, (partition, offsets) -> {});
    }

    /**
     * Makes it ready to start, if the check allows it.
     *
     * @param vanished told of how many offsets of a partition are deleted, though the application has not come to them
     */
    public StreamsApplication(
            Topology topology,
            StreamsSettings settings,
            RegistryOutage outage,
            StartCheck check,
            ObjLongConsumer<TopicPartition> vanished) {
        this(topology, settings, Map.of(), outage, check, vanished);
    }

    private StreamsApplication(
            Topology topology,
            StreamsSettings settings,
            Map<String, ?> more,
            RegistryOutage outage,
            StartCheck check,
            ObjLongConsumer<TopicPartition> vanished) {
        this.check = check;
        var properties = settings.properties();
        properties.putAll(more);
        this.streams = new KafkaStreams(topology, properties, new CarefulClients(vanished));
        this.outage = outage;
        this.name = settings.applicationId();
        this.killed = new KilledState(settings.stateDirectory(), name);
        this.fencing = new Fencing(
                settings, streams.metadataForLocalThreads().iterator().next().consumerClientId());
        streams.setUncaughtExceptionHandler(failure -> {
            boolean passes = passes(failure);
            LOG.error("{}: a stream thread failed; {}", name, passes ? "replacing it" : "stopping", failure);
            return passes
                    ? StreamThreadExceptionResponse.REPLACE_THREAD
                    : StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
    }

    /** Removes what an application that does not run here keeps in the state directory. */
    public static void removeState(StreamsSettings settings) {
        try {
            new KilledState(settings.stateDirectory(), settings.applicationId()).remove();
        } catch (IOException e) {
            LOG.warn("What {} left in {} cannot be removed", settings.applicationId(), settings.stateDirectory(), e);
        }
    }

    /** Has something run once it gives up; to be called before the start. */
    public void onFailure(Runnable reaction) {
        streams.setStateListener((now, before) -> {
            if (now == KafkaStreams.State.ERROR) {
                reaction.run();
            }
        });
    }

    /**
     * Clears away what an earlier life of this instance has left, and starts.
     *
     * @throws IllegalStateException if the check does not allow it
     */
    public void start() {
        // Before the check: what this instance had left open keeps it from seeing how far it had come.
        fencing.start();
        if (!check.localStoresAreGood()) {
            LOG.info("{}: the local stores, if any, are of other changelogs; all are restored", name);
            streams.cleanUp();
        }
        check.localStoresAreClean();
        killed.discard();
        streams.start();
    }

    /** The running streams, for queries and metrics. */
    public KafkaStreams streams() {
        return streams;
    }

    /** Whether all partitions are assigned, restored and worked on. */
    public boolean running() {
        return streams.state() == KafkaStreams.State.RUNNING;
    }

    /** Whether it gave up. */
    public boolean failed() {
        return streams.state() == KafkaStreams.State.ERROR || streams.state() == KafkaStreams.State.PENDING_ERROR;
    }

    /** Whether nothing of it runs any more. */
    public boolean stopped() {
        return streams.state().hasCompletedShutdown();
    }

    /** Leaves the group, so that whoever comes next need not wait for a session to end. */
    @Override
    public void close() {
        outage.close();
        fencing.close();
        var options = CloseOptions.groupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP)
                .withTimeout(CLOSE_WITHIN);
        if (streams.close(options)) {
            killed.stoppedCleanly();
        } else {
            LOG.warn("{} did not stop within {}", name, CLOSE_WITHIN);
        }
    }

    /**
     * Whether a new thread, which goes on from what was committed, may fare better: the registry may come back; and a transaction
     * that somebody else has ended, which Kafka tells in more ways than Kafka Streams knows, is begun again.
     */
    static boolean passes(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RegistryUnavailableException
                    || cause instanceof RegistryAccessDeniedException
                    || cause instanceof InvalidTxnStateException) {
                return true;
            }
        }
        return false;
    }
}
