package cloud.gyroscops.topology.broker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads what is committed in a topic, from its beginning. */
final class Follower implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(50);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;
    private final List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();

    Follower(String bootstrapServers, String topic, int partitionCount) {
        consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers", bootstrapServers,
                        "isolation.level", "read_committed",
                        "auto.offset.reset", "earliest",
                        "group.id", "none",
                        "enable.auto.commit", "false"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        partitions = IntStream.range(0, partitionCount)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Everything so far, as soon as it is what is awaited. */
    List<ConsumerRecord<byte[], byte[]>> await(
            String what, Duration within, Predicate<List<ConsumerRecord<byte[], byte[]>>> condition) {
        Awaiting.that(what, within, () -> {
            poll();
            return condition.test(records);
        });
        return List.copyOf(records);
    }

    /** Everything that is committed now. */
    List<ConsumerRecord<byte[], byte[]>> all() {
        var ends = consumer.endOffsets(partitions);
        Awaiting.that("the end of the topic", Duration.ofSeconds(30), () -> {
            poll();
            return partitions.stream().allMatch(each -> consumer.position(each) >= ends.get(each));
        });
        return List.copyOf(records);
    }

    private void poll() {
        consumer.poll(POLL).forEach(records::add);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
