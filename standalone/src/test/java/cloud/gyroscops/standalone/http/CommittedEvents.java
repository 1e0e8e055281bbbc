package cloud.gyroscops.standalone.http;

import static org.awaitility.Awaitility.await;

import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.EventMessage;
import cloud.gyroscops.topology.streams.Installation;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** The events of an installation, as any consumer reads them. */
final class CommittedEvents implements AutoCloseable {

    private final Installation installation;
    private final KafkaConsumer<String, byte[]> consumer;
    private final Set<String> seen = new HashSet<>();

    CommittedEvents(Installation installation) {
        this.installation = installation;
        consumer = new KafkaConsumer<>(
                installation.kafka().with(Map.of("isolation.level", "read_committed")),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        var partitions = Stream.of(Aggregate.values())
                .flatMap(aggregate -> IntStream.range(0, installation.topics().partitions())
                        .mapToObj(partition ->
                                new TopicPartition(installation.topics().events(aggregate), partition)))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Hands on what comes until that event has come. */
    void until(String eventId, Consumer<EventMessage> each) {
        await().until(() -> {
            if (!seen.contains(eventId)) {
                poll(each);
            }
            return seen.contains(eventId);
        });
    }

    private void poll(Consumer<EventMessage> each) {
        for (var record : consumer.poll(Duration.ofMillis(100))) {
            if (record.value() != null) {
                var event = installation.wire().event(aggregate(record.topic()), record.value());
                seen.add(event.header().getEventId());
                each.accept(event);
            }
        }
    }

    private Aggregate aggregate(String topic) {
        return Stream.of(Aggregate.values())
                .filter(aggregate -> installation.topics().events(aggregate).equals(topic))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
