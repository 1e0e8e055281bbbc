package cloud.gyroscops.topology.rebuild;

import cloud.gyroscops.schemas.settings.KafkaSettings;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes records where they are told to go; the first one that fails ends it. */
public final class Writer implements AutoCloseable {

    private final KafkaProducer<byte[], byte[]> producer;
    private volatile Exception failure;

    /** To a cluster. */
    public Writer(KafkaSettings kafka) {
        producer = new KafkaProducer<>(
                kafka.with(Map.of(
                        "acks", "all",
                        "enable.idempotence", "true",
                        "linger.ms", "20",
                        "batch.size", Integer.toString(128 << 10),
                        "compression.type", "lz4")),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Sends a record, in order with the others of its partition. */
    public void write(ProducerRecord<byte[], byte[]> record) {
        fail();
        producer.send(record, (metadata, problem) -> {
            if (problem != null && failure == null) {
                failure = problem;
            }
        });
    }

    /** Returns when all is there. */
    public void flush() {
        producer.flush();
        fail();
    }

    private void fail() {
        if (failure != null) {
            throw new KafkaException("a record could not be written: " + failure.getMessage(), failure);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
