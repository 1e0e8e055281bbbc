package cloud.gyroscops.connectors.status;

import cloud.gyroscops.contract.mirror.MirrorStatus;
import cloud.gyroscops.contract.mirror.MirrorTarget;
import cloud.gyroscops.contract.mirror.ParkedAggregate;
import cloud.gyroscops.contract.mirror.PartitionStatus;
import cloud.gyroscops.contract.mirror.RunStatus;
import cloud.gyroscops.contract.mirror.UnknownObject;
import cloud.gyroscops.schemas.registry.SchemaRegistryException;
import cloud.gyroscops.topology.streams.Installation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows {@code mirror.status} from its beginning, all partitions. What is parked is small: it is held in memory. */
public final class StatusFollower implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StatusFollower.class);
    private static final Duration POLL = Duration.ofMillis(200);

    private final Installation installation;
    private final NavigableMap<String, MirrorStatus> statuses = new ConcurrentSkipListMap<>();
    private final Thread thread = new Thread(this::follow, "mirror-status");
    private volatile boolean caughtUp;
    private volatile boolean stopped;
    private volatile boolean failed;

    /** Not started yet. */
    public StatusFollower(Installation installation) {
        this.installation = installation;
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    /** Whether all that had been said at the start is known. */
    public boolean ready() {
        return caughtUp;
    }

    /** Whether it cannot go on. */
    public boolean failed() {
        return failed;
    }

    /** How the partitions of a mirror are, in their order. */
    public List<PartitionStatus> partitions(MirrorTarget target) {
        return all(target, "partition", PartitionStatus.class).stream()
                .sorted((one, other) -> Integer.compare(one.getPartition(), other.getPartition()))
                .toList();
    }

    /** How much waits in all partitions of a mirror, what is parked not counted. */
    public long waiting(MirrorTarget target) {
        return partitions(target).stream()
                .mapToLong(PartitionStatus::getWaiting)
                .sum();
    }

    /** When that had happened which waits longest; empty: nothing waits. */
    public Optional<Instant> oldestWaiting(MirrorTarget target) {
        return partitions(target).stream()
                .map(PartitionStatus::getOldestWaiting)
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder());
    }

    /** What is parked, by type and id. */
    public List<ParkedAggregate> parked(MirrorTarget target) {
        return all(target, "parked", ParkedAggregate.class);
    }

    /** Objects that the log knows nothing of, by their id. */
    public List<UnknownObject> unknown(MirrorTarget target) {
        return all(target, "unknown", UnknownObject.class);
    }

    /** One of these. */
    public Optional<UnknownObject> unknown(MirrorTarget target, String externalId) {
        return Optional.ofNullable(statuses.get(target + "/unknown/" + externalId))
                .map(status -> (UnknownObject) status.getPayload());
    }

    /** How far the listings of all runs that are remembered are. */
    public List<RunStatus> runs(MirrorTarget target) {
        return all(target, "run", RunStatus.class);
    }

    /** What the partitions say of a run. */
    public List<RunStatus> run(MirrorTarget target, String runId) {
        return all(target, "run/" + runId, RunStatus.class);
    }

    private <T> List<T> all(MirrorTarget target, String kind, Class<T> type) {
        var prefix = target + "/" + kind + '/';
        return statuses.subMap(prefix, true, prefix + Character.MAX_VALUE, false).values().stream()
                .map(status -> type.cast(status.getPayload()))
                .toList();
    }

    private void follow() {
        while (!stopped) {
            try (var consumer = consumer()) {
                follow(consumer);
            } catch (WakeupException | InterruptException stopping) {
                return;
            } catch (KafkaException | SchemaRegistryException e) {
                LOG.warn("The mirrors' status cannot be followed; trying again", e);
                pause();
            } catch (RuntimeException e) {
                LOG.error("The mirrors' status cannot be read", e);
                failed = true;
                return;
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(POLL.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopped = true;
        }
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(
                installation.kafka().with(Map.of(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed")),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    private void follow(KafkaConsumer<byte[], byte[]> consumer) {
        var topic = installation.topics().mirrorStatus();
        var partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        var ends = consumer.endOffsets(partitions);
        while (!stopped) {
            for (var record : consumer.poll(POLL)) {
                take(record);
            }
            if (!caughtUp) {
                caughtUp = ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
            }
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        var key = new String(record.key(), StandardCharsets.UTF_8);
        if (record.value() == null) {
            statuses.remove(key);
        } else {
            statuses.put(key, installation.wire().status(record.value()));
        }
    }

    @Override
    public void close() {
        stopped = true;
        try {
            thread.join(2 * POLL.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
