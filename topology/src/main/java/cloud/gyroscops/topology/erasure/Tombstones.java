package cloud.gyroscops.topology.erasure;

import cloud.gyroscops.schemas.settings.KafkaSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes what makes compaction remove records. Twice does no harm. */
final class Tombstones implements AutoCloseable {

    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);

    private final KafkaProducer<byte[], byte[]> producer;

    Tombstones(KafkaSettings kafka) {
        producer = new KafkaProducer<>(
                kafka.with(Map.of("acks", "all", "enable.idempotence", "true")),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Puts one over each record, in its partition; returns once they are kept. */
    void over(DoomedRecords records) throws InterruptedException {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        records.tombstones().forEach(tombstone -> sent.add(producer.send(tombstone)));
        for (var one : sent) {
            try {
                one.get();
            } catch (ExecutionException e) {
                throw new KafkaException("a tombstone could not be written", e.getCause());
            }
        }
    }

    @Override
    public void close() {
        producer.close(CLOSE_WITHIN);
    }
}
