package cloud.gyroscops.topology.command;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.topic.TopicCatalogue;
import cloud.gyroscops.schemas.topic.TopicSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class VanishedCommandsTest {

    private final TopicCatalogue topics = new TopicCatalogue(TopicSettings.single(3));
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final VanishedCommands vanished = new VanishedCommands(topics, meters);

    @Test
    void commandsOfAllPartitionsAreCounted() {
        vanished.accept(new TopicPartition(topics.commands(Aggregate.USERS), 0), 40);
        vanished.accept(new TopicPartition(topics.commands(Aggregate.USERS), 2), 2);

        assertThat(counted("users")).isEqualTo(42);
        assertThat(counted("payments")).isZero();
    }

    @Test
    void whatPartitionsHadToldEachOtherIsNoLoss() {
        vanished.accept(new TopicPartition(topics.claims(), 0), 40);

        assertThat(meters.get("gyroscops.commands.vanished").counters())
                .allSatisfy(counter -> assertThat(counter.count()).isZero());
    }

    private double counted(String aggregate) {
        return meters.get("gyroscops.commands.vanished")
                .tag("aggregate", aggregate)
                .counter()
                .count();
    }
}
