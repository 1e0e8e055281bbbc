package cloud.gyroscops.standalone.eventlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.gyroscops.contract.AggregateType;
import cloud.gyroscops.contract.EventHeader;
import cloud.gyroscops.contract.Origin;
import cloud.gyroscops.contract.user.UserEnabled;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.EventMessage;
import cloud.gyroscops.schemas.registry.InMemorySchemaRegistry;
import cloud.gyroscops.schemas.serde.Wire;
import cloud.gyroscops.schemas.topic.TopicCatalogue;
import cloud.gyroscops.schemas.topic.TopicSettings;
import cloud.gyroscops.standalone.eventlog.Selection.Reading;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class EventLogTest {

    private static final String TOPIC = "users.events";
    private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);

    private final TopicCatalogue topics = new TopicCatalogue(TopicSettings.single(1));
    private final Wire wire = new Wire(topics, new InMemorySchemaRegistry());
    private final MockConsumer<String, byte[]> consumer = new MockConsumer<>("earliest");
    private final EventLog log = new EventLog(consumer, topics, wire);
    private final List<String> read = new ArrayList<>();

    @Test
    void readsToThePresentEndAndNoFurther() {
        there(3, 5);

        read(Optional.empty(), Reading.ALL);

        assertThat(read).containsExactly("u-0@1", "u-1@1", "u-2@1");
    }

    @Test
    void readsTheLatestOnly() {
        there(200, 200);

        read(Optional.empty(), Reading.LATEST);

        assertThat(read).hasSize(EventLog.LATEST).startsWith("u-190@1").endsWith("u-199@1");
    }

    @Test
    void readsOneAggregateOnly() {
        there(3, 3);

        read(Optional.of("u-1"), Reading.ALL);

        assertThat(read).containsExactly("u-1@1");
    }

    @Test
    void passesOverTombstones() {
        there(2, 1);
        consumer.schedulePollTask(() -> consumer.addRecord(new ConsumerRecord<>(TOPIC, 0, 1, "u-0@1", null)));

        read(Optional.empty(), Reading.ALL);

        assertThat(read).containsExactly("u-0@1");
    }

    @Test
    void followsUntilTheReaderHasEnough() {
        there(5, 5);

        log.read(new Selection(EnumSet.of(Aggregate.USERS), Optional.empty(), Reading.ALL_AND_COMING), event -> {
            read.add(event.path("key").asText());
            return read.size() < 2;
        });

        assertThat(read).hasSize(2);
    }

    @Test
    void followsUntilItIsStopped() {
        there(2, 2);
        consumer.schedulePollTask(() -> {});
        consumer.schedulePollTask(log::stop);

        read(Optional.empty(), Reading.ALL_AND_COMING);

        assertThat(read).hasSize(2);
    }

    @Test
    void aTopicThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> read(Optional.empty(), Reading.ALL)).hasMessage("there is no topic users.events");
    }

    /** So many records, of which some came after the end was asked for. */
    private void there(int untilEnd, int inAll) {
        consumer.updatePartitions(TOPIC, List.of(new PartitionInfo(TOPIC, 0, Node.noNode(), new Node[0], new Node[0])));
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
        consumer.updateEndOffsets(Map.of(PARTITION, (long) untilEnd));
        consumer.schedulePollTask(() -> {
            for (int offset = 0; offset < inAll; offset++) {
                var id = "u-" + offset;
                consumer.addRecord(new ConsumerRecord<>(TOPIC, 0, offset, id + "@1", event(id, offset)));
            }
        });
    }

    private byte[] event(String id, int second) {
        var header = new EventHeader(
                "users/" + id + "@1",
                AggregateType.USER,
                id,
                1L,
                "o-1",
                Instant.EPOCH.plusSeconds(second),
                "ada",
                Origin.CLIENT,
                "c-1",
                "c-1",
                Map.of());
        return wire.event(Aggregate.USERS, new EventMessage(header, new UserEnabled()));
    }

    private void read(Optional<String> id, Reading reading) {
        log.read(
                new Selection(EnumSet.of(Aggregate.USERS), id, reading),
                event -> read.add(event.path("key").asText()));
    }
}
