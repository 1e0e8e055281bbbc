package cloud.gyroscops.topology.view.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.gyroscops.contract.view.ViewVersions;
import cloud.gyroscops.schemas.registry.InMemorySchemaRegistry;
import cloud.gyroscops.schemas.serde.Wire;
import cloud.gyroscops.schemas.topic.TopicCatalogue;
import cloud.gyroscops.schemas.topic.TopicSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class ControlTopicTest {

    private static final TopicPartition PLACE = new TopicPartition("views.control", 0);
    private static final ViewVersions BUILDING = new ViewVersions(1, 2, 2, null, Instant.EPOCH, "ada");
    private static final ViewVersions TAKEN_OVER = new ViewVersions(2, 2, null, 1, Instant.EPOCH, "ada");

    private final InMemorySchemaRegistry registry = new InMemorySchemaRegistry();
    private final Wire wire = new Wire(new TopicCatalogue(TopicSettings.single(3)), registry);
    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private final ControlTopic topic = new ControlTopic(consumer, PLACE.topic(), wire);
    private long end;

    ControlTopicTest() {
        consumer.updateBeginningOffsets(Map.of(PLACE, 0L));
        consumer.updateEndOffsets(Map.of(PLACE, 0L));
    }

    @Test
    void whereNothingWasWrittenTheFirstVersionIsLive() {
        var current = topic.current(Duration.ofSeconds(1));

        assertThat(current.getLive()).isEqualTo(1);
        assertThat(current.getBuilding()).isNull();
    }

    @Test
    void theLastRecordCounts() {
        add(wire.viewVersions(BUILDING));
        add(wire.viewVersions(TAKEN_OVER));

        assertThat(topic.current(Duration.ofSeconds(1))).isEqualTo(TAKEN_OVER);
    }

    @Test
    void whatComesLaterIsTold() {
        add(wire.viewVersions(BUILDING));
        topic.current(Duration.ofSeconds(1));
        assertThat(topic.next(Duration.ZERO)).isEmpty();

        add(wire.viewVersions(TAKEN_OVER));

        assertThat(topic.next(Duration.ZERO)).contains(TAKEN_OVER);
    }

    @Test
    void whatCannotBeReadChangesNothing() {
        add(wire.viewVersions(BUILDING));
        add(new byte[] {1, 2, 3});

        assertThat(topic.current(Duration.ofSeconds(1))).isEqualTo(BUILDING);
    }

    @Test
    void whatNobodyKnowsTheSchemaOfIsReadOnceTheRegistryAnswers() {
        var bytes = wire.viewVersions(BUILDING);
        var reader = new ControlTopic(
                consumer, PLACE.topic(), new Wire(new TopicCatalogue(TopicSettings.single(3)), registry));
        add(bytes);
        registry.goDown();
        assertThat(reader.next(Duration.ZERO)).isEmpty();

        registry.comeBack();
        // The mock hands out nothing twice; its position shows that it was asked to.
        assertThat(consumer.position(PLACE)).isZero();
        consumer.addRecord(new ConsumerRecord<>(PLACE.topic(), 0, 0, new byte[0], bytes));

        assertThat(reader.next(Duration.ZERO)).contains(BUILDING);
    }

    @Test
    void noInstanceStartsWithoutKnowing() {
        add(wire.viewVersions(BUILDING));
        var reader = new ControlTopic(
                consumer, PLACE.topic(), new Wire(new TopicCatalogue(TopicSettings.single(3)), registry));
        registry.goDown();

        assertThatThrownBy(() -> reader.current(Duration.ofMillis(1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("views.control cannot be read");
    }

    private void add(byte[] value) {
        consumer.addRecord(new ConsumerRecord<>(PLACE.topic(), 0, end++, new byte[0], value));
        consumer.updateEndOffsets(Map.of(PLACE, end));
    }
}
