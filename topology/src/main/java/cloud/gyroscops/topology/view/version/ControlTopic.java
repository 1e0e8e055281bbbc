package cloud.gyroscops.topology.view.version;

import cloud.gyroscops.contract.view.ViewVersions;
import cloud.gyroscops.schemas.registry.RegistryUnavailableException;
import cloud.gyroscops.schemas.serde.MalformedRecordException;
import cloud.gyroscops.schemas.serde.Wire;
import cloud.gyroscops.topology.streams.Installation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The topic that says which versions of the views there are, from its beginning on: the last record counts. */
final class ControlTopic implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ControlTopic.class);

    private static final Duration POLL = Duration.ofMillis(100);

    private final Consumer<byte[], byte[]> consumer;
    private final TopicPartition place;
    private final Wire wire;

    ControlTopic(Consumer<byte[], byte[]> consumer, String topic, Wire wire) {
        this.consumer = consumer;
        this.place = new TopicPartition(topic, 0);
        this.wire = wire;
        consumer.assign(List.of(place));
        consumer.seekToBeginning(List.of(place));
    }

    static ControlTopic of(Installation installation) {
        var consumer = new KafkaConsumer<>(
                installation
                        .kafka()
                        .with(Map.of(
                                ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
                                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false",
                                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest",
                                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false")),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        return new ControlTopic(consumer, installation.topics().viewVersions(), installation.wire());
    }

    /** What holds where nobody has ever written anything. */
    static ViewVersions first() {
        return new ViewVersions(1, 1, null, null, Instant.EPOCH, "");
    }

    /**
     * What holds by all that is there now.
     *
     * @throws IllegalStateException if that cannot be read in time
     */
    ViewVersions current(Duration within) {
        long until = System.nanoTime() + within.toNanos();
        long end = consumer.endOffsets(List.of(place)).get(place);
        var current = first();
        while (consumer.position(place) < end) {
            if (System.nanoTime() > until) {
                throw new IllegalStateException(
                        "the topic " + place.topic() + " cannot be read within " + within
                                + ": it says which version of the views is live; do its leader and the schema registry answer?");
            }
            current = next(POLL).orElse(current);
        }
        return current;
    }

    /** What holds by what has come meanwhile; empty: nothing new. */
    Optional<ViewVersions> next(Duration within) {
        Optional<ViewVersions> latest = Optional.empty();
        for (var record : consumer.poll(within)) {
            try {
                var read = read(record);
                latest = read.isPresent() ? read : latest;
            } catch (RegistryUnavailableException e) {
                // Told once more next time, when somebody may know its schema.
                consumer.seek(place, record.offset());
                return latest;
            }
        }
        return latest;
    }

    private Optional<ViewVersions> read(ConsumerRecord<byte[], byte[]> record) {
        try {
            return record.value() == null ? Optional.empty() : Optional.of(wire.viewVersions(record.value()));
        } catch (MalformedRecordException e) {
            LOG.error(
                    "{}@{} does not say which versions of the views there are, and is passed over: {}",
                    place,
                    record.offset(),
                    e.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
