package cloud.gyroscops.topology.view.version;

import cloud.gyroscops.contract.view.ViewVersions;
import cloud.gyroscops.topology.streams.Installation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Decides which versions of the views there are. Only the one that was opened last can: Kafka fences those before it, and what
 * they would decide is refused.
 */
public final class VersionControl implements AutoCloseable {

    private static final byte[] KEY = "views".getBytes(StandardCharsets.UTF_8);
    private static final Duration READ_WITHIN = Duration.ofSeconds(20);

    private final Producer<byte[], byte[]> producer;
    private final Installation installation;
    private final String by;
    private ViewVersions current;

    private VersionControl(Installation installation, String by) {
        this.installation = installation;
        this.by = by;
        var name = installation.topics().viewVersions();
        producer = new KafkaProducer<>(
                installation
                        .kafka()
                        .with(Map.of(
                                ProducerConfig.TRANSACTIONAL_ID_CONFIG, name,
                                ProducerConfig.MAX_BLOCK_MS_CONFIG, "20000",
                                ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, "10000",
                                ProducerConfig.ACKS_CONFIG, "all")),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        try {
            producer.initTransactions();
            current = read(installation);
        } catch (RuntimeException e) {
            producer.close(Duration.ZERO);
            throw e;
        }
    }

    /**
     * Takes over from whoever decided until now.
     *
     * @param by who it is
     */
    public static VersionControl open(Installation installation, String by) {
        return new VersionControl(installation, by);
    }

    /** What was decided last, whoever did. */
    public static ViewVersions read(Installation installation) {
        try (var topic = ControlTopic.of(installation)) {
            return topic.current(READ_WITHIN);
        }
    }

    /** What was decided last. */
    public ViewVersions current() {
        return current;
    }

    /**
     * Has a version built beside the live one, under a number that never was any other's.
     *
     * @param there the highest number of which there is something in the cluster
     */
    public void build(int there) {
        int next = Math.max(Math.max(current.getHighest(), current.getLive()), there) + 1;
        write(new ViewVersions(current.getLive(), next, next, current.getLeaving(), Instant.now(), by));
    }

    /** Has what is being built answer from now on; what answered until then is left. */
    public void takeOver() {
        write(new ViewVersions(
                current.getBuilding(), current.getHighest(), null, current.getLive(), Instant.now(), by));
    }

    /** Gives up what is being built. */
    public void abandon() {
        write(new ViewVersions(
                current.getLive(), current.getHighest(), null, current.getBuilding(), Instant.now(), by));
    }

    /** Nothing is left of what was left. */
    public void left() {
        write(new ViewVersions(
                current.getLive(), current.getHighest(), current.getBuilding(), null, Instant.now(), by));
    }

    private void write(ViewVersions next) {
        try {
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(
                    installation.topics().viewVersions(),
                    KEY,
                    installation.wire().viewVersions(next)));
            producer.commitTransaction();
        } catch (ProducerFencedException | InvalidProducerEpochException e) {
            throw new IllegalStateException(
                    "another command decides on the versions of the views meanwhile; this one leaves it to that", e);
        }
        current = next;
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
    }
}
