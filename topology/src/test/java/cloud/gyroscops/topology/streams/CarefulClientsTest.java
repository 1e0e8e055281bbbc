package cloud.gyroscops.topology.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CarefulClientsTest {

    private static final TopicPartition PARTITION = new TopicPartition("users.commands", 0);
    private static final long BEGIN = 100;

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");
    private final Map<TopicPartition, Long> vanished = new HashMap<>();

    @BeforeEach
    void assign() {
        consumer.assign(List.of(PARTITION));
        consumer.updateBeginningOffsets(Map.of(PARTITION, BEGIN));
        consumer.seek(PARTITION, 0);
    }

    @Test
    void whereTheLogBeginsLaterItGoesOnThereAndTellsHowMuchIsGone() {
        moveOn(60);

        assertThat(consumer.position(PARTITION)).isEqualTo(BEGIN);
        assertThat(vanished).containsExactly(Map.entry(PARTITION, 40L));
    }

    @Test
    void beyondTheEndOfTheLogItStops() {
        assertThatThrownBy(() -> moveOn(500))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is at 500 of users.commands-0")
                .hasMessageContaining("gyroscops state rebuild");
        assertThat(vanished).isEmpty();
    }

    @Test
    void whileTheClusterDoesNotAnswerItStaysWhereItIs() {
        consumer.setOffsetsException(new TimeoutException("no leader"));

        moveOn(60);

        assertThat(consumer.position(PARTITION)).isZero();
        assertThat(vanished).isEmpty();
    }

    private void moveOn(long from) {
        CarefulClients.moveOn(consumer, new OffsetOutOfRangeException(Map.of(PARTITION, from)), vanished::put);
    }
}
