package cloud.gyroscops.standalone.http;

import static cloud.gyroscops.standalone.http.Commands.createOrganization;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cloud.gyroscops.contract.CommandHeader;
import cloud.gyroscops.contract.Origin;
import cloud.gyroscops.contract.organization.CreateOrganization;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.CommandMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SplitSystemIT {

    private static final int MANY = 3_000;

    @TempDir
    private Path directory;

    private SplitSystem system;
    private HttpUser user;

    @BeforeEach
    void start() {
        system = new SplitSystem(directory);
        user = new HttpUser(system::http);
    }

    @AfterEach
    void stop() {
        system.close();
    }

    @Test
    void aCommandThatNobodyHandlesIsPendingAlsoForAnotherInstanceUntilSomebodyDoes() {
        system.startApi();
        assertThat(user.post("/commands", createOrganization("o-1", "c-1", "Acme"))
                        .status())
                .isEqualTo(202);
        assertThat(user.getOnceServed("/commands/c-1").json().path("status").textValue())
                .isEqualTo("PENDING");

        system.stopApi();
        system.startApi();

        assertThat(user.getOnceServed("/commands/c-1").json().path("status").textValue())
                .isEqualTo("PENDING");
        assertThat(user.getOnceServed("/commands/c-2").status()).isEqualTo(404);

        system.startCommands();

        await().untilAsserted(() -> assertThat(
                        user.get("/commands/c-1").json().path("status").textValue())
                .isEqualTo("ACCEPTED"));
    }

    @Test
    void whoWaitsInVainIsToldWhereToAsk() {
        system.startApi();

        var answer = user.post("/commands", createOrganization("o-1", "c-1", "Acme"), "Prefer", "wait=1");

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.header("Location")).isEqualTo("/commands/c-1");
    }

    @Test
    void itIsReadyOnlyWhileCommandsAreReallyHandled() {
        system.startApi();
        await().until(() ->
                user.get("/health/ready").json().path("checks").path("views").booleanValue());

        var unhandled = user.get("/health/ready");
        assertThat(unhandled.status()).isEqualTo(503);
        assertThat(unhandled.json().path("checks").path("commands-handled").booleanValue())
                .isFalse();
        assertThat(user.get("/health/live").status()).isEqualTo(200);

        system.startCommands();
        user.awaitReady();

        system.stopCommands();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> user.get("/health/ready").status() == 503);
    }

    @Test
    void whileItsBrokerIsAwayItLivesAndIsNotReady() {
        system.startCommands();
        system.startApi();
        user.awaitReady();

        system.stopBroker();
        await().atMost(Duration.ofSeconds(30)).until(() -> !user.get("/health/ready")
                .json()
                .path("checks")
                .path("views")
                .booleanValue());
        assertThat(user.get("/health/live").status()).isEqualTo(200);

        system.startBroker();
        user.awaitReady();
    }

    @Test
    void aResultThatTheViewsHaveYetToTakeInIsNotSaidToBeUnknown() {
        system.startCommands();
        publish();
        awaitResults();

        system.startApi();

        var answer = user.getOnceServed("/commands/c-" + (MANY - 1));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("status").textValue()).isEqualTo("ACCEPTED");
    }

    private void publish() {
        var installation = system.installation();
        try (var producer = new KafkaProducer<>(
                installation.kafka().with(Map.of()), new StringSerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < MANY; i++) {
                var header = new CommandHeader("c-" + i, "o-" + i, null, "test", Origin.CLIENT, null, Map.of());
                var command = new CommandMessage(header, new CreateOrganization("Acme " + i));
                producer.send(new ProducerRecord<>(
                        installation.topics().commands(Aggregate.ORGANIZATIONS),
                        "o-" + i,
                        installation.wire().command(Aggregate.ORGANIZATIONS, command)));
            }
        }
    }

    private void awaitResults() {
        var installation = system.installation();
        try (var consumer = new KafkaConsumer<>(
                installation.kafka().with(Map.of("isolation.level", "read_committed")),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            var partitions = IntStream.range(0, installation.topics().partitions())
                    .mapToObj(partition ->
                            new TopicPartition(installation.topics().results(), partition))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            int[] found = {0};
            await().atMost(Duration.ofSeconds(60)).until(() -> {
                found[0] += consumer.poll(Duration.ofMillis(200)).count();
                return found[0] == MANY;
            });
        }
    }
}
