package cloud.gyroscops.topology.broker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads what is committed in a topic, from its beginning. */
final class Follower implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(50);

    private final String bootstrapServers;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;
    private final List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();

    Follower(String bootstrapServers, String topic, int partitionCount) {
        this.bootstrapServers = bootstrapServers;
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

    /** Everything so far, as soon as it is what is awaited; for no longer than that after the last record has come. */
    List<ConsumerRecord<byte[], byte[]>> await(
            String what, Duration silence, Predicate<List<ConsumerRecord<byte[], byte[]>>> condition) {
        poll();
        while (!condition.test(records)) {
            int before = records.size();
            Awaiting.that(what, silence, () -> {
                poll();
                return records.size() > before;
            });
        }
        return List.copyOf(records);
    }

    /** Everything that is written now, once it is committed: a transaction is not in all of its partitions at once. */
    List<ConsumerRecord<byte[], byte[]>> all() {
        var ends = ends();
        Awaiting.that("the end of the topic", Duration.ofSeconds(30), () -> {
            poll();
            return partitions.stream().allMatch(each -> consumer.position(each) >= ends.get(each));
        });
        return List.copyOf(records);
    }

    private Map<TopicPartition, Long> ends() {
        var latest = partitions.stream().collect(Collectors.toMap(each -> each, each -> OffsetSpec.latest()));
        try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            return admin.listOffsets(latest).all().get().entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, each -> each.getValue().offset()));
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void poll() {
        consumer.poll(POLL).forEach(records::add);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
