package cloud.gyroscops.standalone.http;

import static cloud.gyroscops.standalone.http.Commands.createOrganization;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cloud.gyroscops.contract.CommandHeader;
import cloud.gyroscops.contract.Origin;
import cloud.gyroscops.contract.organization.CreateOrganization;
import cloud.gyroscops.query.feed.FeedSettings;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.CommandMessage;
import cloud.gyroscops.topology.view.ViewTopology;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** One broker for all cases, in order, since starts take seconds; at first only the HTTP server runs. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SplitSystemIT {

    private static final int MANY = 3_000;

    @TempDir
    private static Path directory;

    private static SplitSystem system;
    private static HttpUser user;

    @BeforeAll
    static void start() {
        system = new SplitSystem(directory);
        system.startApi();
        user = new HttpUser(system::http);
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    @Test
    @Order(1)
    void whoWaitsInVainIsToldWhereToAsk() {
        var answer = user.post("/commands", createOrganization("o-vain", "c-vain", "Acme"), "Prefer", "wait=1");

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.header("Location")).isEqualTo("/commands/c-vain");
    }

    @Test
    @Order(2)
    void aCommandThatNobodyHandlesIsPendingAlsoForAnotherInstance() {
        assertThat(user.post("/commands", createOrganization("o-pending", "c-pending", "Pending"))
                        .status())
                .isEqualTo(202);
        assertThat(status("c-pending")).isEqualTo("PENDING");

        system.stopApi();
        system.startApi();

        assertThat(status("c-pending")).isEqualTo("PENDING");
        assertThat(user.get("/commands/c-unknown").status()).isEqualTo(404);
    }

    @Test
    @Order(3)
    void itIsReadyOnlyWhileCommandsAreReallyHandledAndWhatWasPendingIsHandledThen() {
        await().until(() ->
                user.get("/health/ready").json().path("checks").path("views").booleanValue());

        var unhandled = user.get("/health/ready");
        assertThat(unhandled.status()).isEqualTo(503);
        assertThat(unhandled.json().path("checks").path("commands-handled").booleanValue())
                .isFalse();
        assertThat(user.get("/health/live").status()).isEqualTo(200);
        user.post("/commands", createOrganization("o-late", "c-late", "Late"));
        assertThat(status("c-late")).isEqualTo("PENDING");

        system.startCommands();
        user.awaitReady();
        await().untilAsserted(() -> assertThat(status("c-late")).isEqualTo("ACCEPTED"));

        system.stopCommands();
        await().until(() -> user.get("/health/ready").status() == 503);
    }

    @Test
    @Order(4)
    void whileItsBrokerIsAwayItLivesAndIsNotReady() {
        system.startCommands();
        user.awaitReady();

        system.stopBroker();
        await().until(() ->
                !user.get("/health/ready").json().path("checks").path("views").booleanValue());
        assertThat(user.get("/health/live").status()).isEqualTo(200);

        system.startBroker();
        user.awaitReady();
    }

    @Test
    @Order(5)
    void aResultThatTheViewsHaveYetToTakeInIsNotSaidToBeUnknown() {
        system.startCommands();
        system.stopApi();
        publish();
        awaitResults();

        system.startApi(FeedSettings.DEFAULT, ViewTopology.APPLICATION + "-later");

        var answer = user.get("/commands/c-" + (MANY - 1));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("status").textValue()).isEqualTo("ACCEPTED");
    }

    private static String status(String commandId) {
        return user.get("/commands/" + commandId).json().path("status").textValue();
    }

    private static void publish() {
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

    private static void awaitResults() {
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
            // Others have results, too: of the cases before, and of looks whether commands are handled.
            var missing =
                    IntStream.range(0, MANY).mapToObj(i -> "c-" + i).collect(Collectors.toCollection(HashSet::new));
            await().until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> missing.remove(record.key()));
                return missing.isEmpty();
            });
        }
    }
}
