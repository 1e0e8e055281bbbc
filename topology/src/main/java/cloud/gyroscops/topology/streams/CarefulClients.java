package cloud.gyroscops.topology.streams;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
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

    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
        return new Careful(config);
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

        Careful(Map<String, Object> config) {
            super(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        }

        @Override
        public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
            try {
                return super.poll(timeout);
            } catch (OffsetOutOfRangeException e) {
                moveOn(e);
                return ConsumerRecords.empty();
            } catch (NoOffsetForPartitionException e) {
                // No InvalidOffsetException: Kafka Streams would say to set auto.offset.reset.
                throw new IllegalStateException(
                        "the group " + groupMetadata().groupId() + " has no offset for " + e.partitions()
                                + ": a state rebuild runs or was not finished, or the offsets have expired; once no rebuild"
                                + " runs, run: ./gyroscops state rebuild",
                        e);
            }
        }

        private void moveOn(OffsetOutOfRangeException e) {
            var begins = beginningOffsets(e.partitions());
            e.offsetOutOfRangePartitions().forEach((partition, offset) -> {
                long begin = begins.get(partition);
                if (offset > begin) {
                    throw new IllegalStateException(
                            "the group " + groupMetadata().groupId() + " is at " + offset + " of " + partition
                                    + ", which ends before: it has lost records; run: ./gyroscops state rebuild",
                            e);
                }
                LOG.warn("{} begins at {} now: nothing from {} on is there any more", partition, begin, offset);
                seek(partition, begin);
            });
        }
    }
}
