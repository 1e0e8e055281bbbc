package cloud.gyroscops.query.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cloud.gyroscops.contract.RefusalReason;
import cloud.gyroscops.schemas.registry.InMemorySchemaRegistry;
import cloud.gyroscops.schemas.serde.Wire;
import cloud.gyroscops.schemas.topic.TopicCatalogue;
import cloud.gyroscops.schemas.topic.TopicSettings;
import cloud.gyroscops.topology.command.Source;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ResultsFollowerTest {

    private static final Source MINE = new Source("users.commands", 1, 7);
    private static final Source ANOTHERS = new Source("users.commands", 1, 8);

    private final Wire wire = new Wire(new TopicCatalogue(TopicSettings.single(1)), new InMemorySchemaRegistry());
    private final ResultsTopic topic = new ResultsTopic(wire);
    private final ResultsFollower follower = topic.follower();

    @BeforeEach
    void start() {
        follower.start();
    }

    @AfterEach
    void stop() {
        follower.close();
    }

    @Test
    void whoWaitsHearsTheResultOfItsRecord() {
        var waiter = follower.await("c-1");
        waiter.sent(MINE);

        topic.add(Results.accepted("c-1", 1), MINE);

        assertThat(waiter.result().orTimeout(10, TimeUnit.SECONDS).join()).isEqualTo(Results.accepted("c-1", 1));
    }

    @Test
    void twoWhoWaitForOneCommandIdEachHearTheirOwn() {
        var mine = follower.await("c-1");
        var anothers = follower.await("c-1");
        mine.sent(MINE);
        anothers.sent(ANOTHERS);

        topic.add(Results.accepted("c-1", 1), MINE);
        topic.add(Results.rejected("c-1", RefusalReason.COMMAND_ID_REUSED, null), ANOTHERS);

        await().untilAsserted(() -> assertThat(anothers.result()).isDone());
        assertThat(mine.result()).isCompletedWithValue(Results.accepted("c-1", 1));
        assertThat(anothers.result())
                .isCompletedWithValue(Results.rejected("c-1", RefusalReason.COMMAND_ID_REUSED, null));
    }

    @Test
    void aResultThatCameLatelyIsRemembered() {
        topic.add(Results.accepted("c-1", 1), MINE);

        await().untilAsserted(() -> assertThat(follower.recent("c-1")).contains(Results.accepted("c-1", 1)));
        assertThat(follower.recent("c-2")).isEmpty();
    }

    @Test
    void itFollowsFromTheEndOnAndTellsHowFarItIs() {
        assertThat(follower.position(0)).isEqualTo(ResultsTopic.END);

        topic.add(Results.accepted("c-1", 1), MINE);

        await().untilAsserted(() -> assertThat(follower.position(0)).isEqualTo(ResultsTopic.END + 1));
    }

    @Test
    void recordsWithoutKeyOrValueArePassedOver() {
        topic.add(null, new byte[] {0}, MINE);
        topic.add("c-0", null, MINE);
        topic.add(Results.accepted("c-1", 1), MINE);

        await().untilAsserted(() -> assertThat(follower.recent("c-1")).isPresent());
        assertThat(follower.alive()).isTrue();
    }

    @Test
    void garbageAmongTheResultsLeavesOthersUnharmed() {
        follower.await("c-0");
        var waiter = follower.await("c-1");
        waiter.sent(MINE);

        topic.add("c-0", new byte[] {1, 2, 3}, ANOTHERS);
        topic.add(Results.accepted("c-1", 1), MINE);

        await().untilAsserted(() -> assertThat(waiter.result()).isDone());
        assertThat(follower.alive()).isTrue();
    }

    @Test
    void aConsumerThatFailsForGoodIsTold() {
        topic.consumer.setPollException(new KafkaException("gone"));

        await().untilAsserted(() -> assertThat(follower.alive()).isFalse());
    }

    @Test
    void closingEndsTheFollowing() {
        follower.close();

        assertThat(follower.alive()).isFalse();
        assertThat(topic.consumer.closed()).isTrue();
    }
}
