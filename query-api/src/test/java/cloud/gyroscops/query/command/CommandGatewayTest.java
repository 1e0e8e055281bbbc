package cloud.gyroscops.query.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import cloud.gyroscops.query.problem.Problem;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.registry.InMemorySchemaRegistry;
import cloud.gyroscops.schemas.serde.Wire;
import cloud.gyroscops.schemas.topic.TopicCatalogue;
import cloud.gyroscops.schemas.topic.TopicSettings;
import cloud.gyroscops.topology.command.Source;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CommandGatewayTest {

    private static final CommandRequest COMMAND =
            CommandRequest.parse("{\"type\": \"DeleteUser\", \"aggregateId\": \"u-1\", \"commandId\": \"c-1\"}", null);

    private final InMemorySchemaRegistry registry = new InMemorySchemaRegistry();
    private final TopicCatalogue topics = new TopicCatalogue(TopicSettings.single(1));
    private final Wire wire = new Wire(topics, registry);
    private final MockProducer<String, byte[]> producer =
            new MockProducer<>(false, new RoundRobinPartitioner(), new StringSerializer(), new ByteArraySerializer());
    private final ResultsTopic results = new ResultsTopic(wire);
    private final ResultsFollower follower = results.follower();
    private final CommandGateway gateway = new CommandGateway(producer, wire, topics, follower, null, null);

    @BeforeEach
    void start() {
        gateway.start();
    }

    @AfterEach
    void stop() {
        follower.close();
    }

    @Test
    void aCommandIsPublishedUnderItsAggregatesId() {
        gateway.send(COMMAND);

        assertThat(producer.history()).singleElement().satisfies(record -> {
            assertThat(record.topic()).isEqualTo("users.commands");
            assertThat(record.key()).isEqualTo("u-1");
            assertThat(wire.command(Aggregate.USERS, record.value())).isEqualTo(COMMAND.message());
        });
    }

    @Test
    void theTraceGoesOnWithTheRecord() {
        var trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

        gateway.send(COMMAND, new TraceContext(Optional.of(trace)));
        gateway.send(COMMAND);

        assertThat(producer.history().get(0).headers())
                .containsExactly(new RecordHeader("traceparent", trace.getBytes(StandardCharsets.US_ASCII)));
        assertThat(producer.history().get(1).headers()).isEmpty();
    }

    @Test
    void aCommandIsAcknowledgedOnceKafkaHasIt() {
        var sent = gateway.send(COMMAND);
        assertThat(sent.acknowledged()).isNotDone();

        producer.completeNext();

        assertThat(sent.acknowledged()).isCompleted();
        assertThat(sent.result()).isNotDone();
    }

    @Test
    void theResultOfTheRecordThatWasSentIsTheAnswer() {
        var sent = gateway.send(COMMAND);
        producer.completeNext();

        results.add(Results.accepted("c-1", 4), new Source("users.commands", 0, 0));

        await().untilAsserted(() -> assertThat(sent.result()).isCompletedWithValue(Results.accepted("c-1", 4)));
    }

    @Test
    void aCommandThatKafkaDoesNotTakeIsAProblemThatSaysWhatToDo() {
        var sent = gateway.send(COMMAND);

        producer.errorNext(new TimeoutException("no broker"));

        var failure = catchThrowable(sent.result()::join).getCause();
        assertThat(failure).isInstanceOf(Problem.class).hasMessageContaining("no broker");
        assertThat(((Problem) failure).status()).isEqualTo(503);
        assertThat(((Problem) failure).json().path("commandId").textValue()).isEqualTo("c-1");
        assertThat(sent.acknowledged()).isCompletedExceptionally();
    }

    @Test
    void nothingIsPublishedWhileTheRegistryIsAway() {
        registry.goDown();

        assertThatThrownBy(() -> gateway.send(COMMAND))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("nothing was published");
        assertThat(producer.history()).isEmpty();
    }

    @Test
    void aResultThatCameLatelyIsTheStatus() {
        results.add(Results.accepted("c-2", 1), new Source("users.commands", 0, 5));
        await().untilAsserted(() -> assertThat(follower.recent("c-2")).isPresent());

        assertThat(gateway.status("c-2")).isEqualTo(new CommandGateway.Status.Done(Results.accepted("c-2", 1)));
    }
}
