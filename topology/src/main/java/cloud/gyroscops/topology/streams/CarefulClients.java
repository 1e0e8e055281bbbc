package cloud.gyroscops.topology.streams;

import java.time.Duration;
import java.util.Map;
import java.util.function.ObjLongConsumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaClientSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Clients as Kafka Streams makes them, but for sources that are never read again from their beginning: where the log
 * begins behind the group's offset, as retention leaves it, reading goes on at the log's start; without an offset, or
 * beyond the log's end, it stops. Kafka Streams knows one answer for all three.
 */
final class CarefulClients implements KafkaClientSupplier {

    private static final Logger LOG = LoggerFactory.getLogger(CarefulClients.class);

    private final ObjLongConsumer<TopicPartition> vanished;

    /** Tells how many offsets are gone that nobody had read: those of records, and of the ends of transactions. */
    CarefulClients(ObjLongConsumer<TopicPartition> vanished) {
        this.vanished = vanished;
    }

    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
        return new Careful(config, vanished);
    }

    @Override
    public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
        return plain(config);
    }

    @Override
    public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
        return plain(config);
    }

    @Override
    public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public Admin getAdmin(Map<String, Object> config) {
        return Admin.create(config);
    }

    private static Consumer<byte[], byte[]> plain(Map<String, Object> config) {
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static final class Careful extends KafkaConsumer<byte[], byte[]> {

        private final ObjLongConsumer<TopicPartition> vanished;

        Careful(Map<String, Object> config, ObjLongConsumer<TopicPartition> vanished) {
            super(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
            this.vanished = vanished;
        }

        @Override
        public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
            try {
                return super.poll(timeout);
            } catch (OffsetOutOfRangeException e) {
                moveOn(this, e, vanished);
                return ConsumerRecords.empty();
            } catch (NoOffsetForPartitionException e) {
                // No InvalidOffsetException: Kafka Streams would say to set auto.offset.reset.
                throw new IllegalStateException(
                        "the group " + groupMetadata().groupId() + " has no offset for " + e.partitions()
                                + ": a state rebuild runs or was not finished, or the offsets have expired; once no rebuild"
                                + " runs, run: gyroscops state rebuild",
                        e);
            }
        }
    }

    /** Nothing happens while the cluster does not tell where logs begin: who reads again is told of the same. */
    static void moveOn(Consumer<?, ?> consumer, OffsetOutOfRangeException e, ObjLongConsumer<TopicPartition> vanished) {
        Map<TopicPartition, Long> begins;
        try {
            begins = consumer.beginningOffsets(e.partitions());
        } catch (TimeoutException later) {
            LOG.warn("It is not known yet where {} begin: {}", e.partitions(), later.getMessage());
            return;
        }
        e.offsetOutOfRangePartitions().forEach((partition, offset) -> {
            long begin = begins.get(partition);
            if (offset > begin) {
                throw new IllegalStateException(
                        "the group " + consumer.groupMetadata().groupId() + " is at " + offset + " of " + partition
                                + ", which ends before: it has lost records; run: gyroscops state rebuild",
                        e);
            }
            LOG.warn("{} begins at {} now: nothing from {} on is there any more", partition, begin, offset);
            consumer.seek(partition, begin);
            vanished.accept(partition, begin - offset);
        });
    }
}
