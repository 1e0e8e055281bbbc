package cloud.gyroscops.standalone.erasure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cloud.gyroscops.query.ApiSettings;
import cloud.gyroscops.schemas.registry.ConfluentSchemaRegistry;
import cloud.gyroscops.schemas.registry.RegistrySettings;
import cloud.gyroscops.schemas.serde.Wire;
import cloud.gyroscops.schemas.settings.Environment;
import cloud.gyroscops.schemas.settings.KafkaSettings;
import cloud.gyroscops.schemas.topic.TopicCatalogue;
import cloud.gyroscops.schemas.topic.TopicSettings;
import cloud.gyroscops.standalone.kafka.EmbeddedKafka;
import cloud.gyroscops.standalone.system.GyroscopsSystem;
import cloud.gyroscops.standalone.system.SystemSettings;
import cloud.gyroscops.topology.command.CommandSettings;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the broker has on its disk, on which compaction and deletion come as fast as they can. */
class ErasedBytesIT {

    private static final int PARTITIONS = 2;
    private static final Duration LAG = Duration.ofMillis(1400);
    private static final Map<String, String> HASTY = Map.of(
            "log.cleaner.backoff.ms", "100",
            "log.retention.check.interval.ms", "200",
            "log.initial.task.delay.ms", "100",
            "log.segment.delete.delay.ms", "100");
    private static final List<String> PERSONAL = List.of(
            "adelheid@erase.test",
            "countess@erase.test",
            "adelheid-l",
            "Adelheidis",
            "Lovelacia",
            "ada-writes@erase.test");

    @TempDir
    private Path directory;

    private EmbeddedKafka kafka;
    private GyroscopsSystem system;
    private KafkaProducer<byte[], byte[]> producer;
    private LogFiles files;
    private final HttpClient client = HttpClient.newHttpClient();
    private int others;

    @BeforeEach
    void start() {
        kafka = EmbeddedKafka.start(directory.resolve("kafka"), 0, HASTY);
        files = new LogFiles(directory.resolve("kafka"));
        system = GyroscopsSystem.start(new SystemSettings(
                directory.resolve("system"),
                0,
                KafkaSettings.at(kafka.bootstrapServers()),
                0,
                null,
                new ApiSettings("127.0.0.1", 0),
                new TopicSettings("", PARTITIONS, 1, 1, Duration.ofDays(30), LAG),
                CommandSettings.DEFAULT,
                1,
                20));
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        await().atMost(Duration.ofSeconds(60)).until(() -> get("/health/ready").statusCode() == 200);
    }

    @AfterEach
    void stop() {
        producer.close();
        system.close();
        kafka.close();
    }

    @Test
    void noSegmentHoldsWhatIsKnownOfAnErasedUserOnceCompactionHasRun() throws Exception {
        command("CreateOrganization", "acme", "{\"name\": \"Acme\"}");
        assertThat(user("u-ada", "Adelheid@Erase.test", "adelheid-l")).contains("ACCEPTED");
        // At once, each time: every half minute the topology's channels are rid of what was read.
        var held = files.containing(PERSONAL);
        assertThat(command("UpdateUser", "u-ada", "{\"email\": \"Countess@erase.test\"}"))
                .contains("ACCEPTED");
        held.addAll(files.containing(PERSONAL));
        assertThat(user("u-ada", "other@erase.test", "adelheid-l")).contains("ALREADY_EXISTS");
        assertThat(user("u-bob", "countess@erase.test", "bob")).contains("EMAIL_TAKEN");
        poison("users.commands", "u-ada", "written by ada-writes@erase.test");
        poison("payments.commands", "p-1", "for COUNTESS@erase.test, please");
        poison("payments.commands", "adelheid@erase.test", "nothing");
        assertThat(report().left()).isPositive();
        // Views follow a moment behind what is accepted.
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            held.addAll(files.containing(PERSONAL));
            assertThat(held)
                    .anyMatch(file -> file.startsWith("users.events"))
                    .anyMatch(file -> file.startsWith("users.commands"))
                    .anyMatch(file -> file.startsWith("payments.commands"))
                    .anyMatch(file -> file.startsWith("claims"))
                    .anyMatch(file -> file.startsWith("gyroscops-commands-users-state-changelog"))
                    .anyMatch(file -> file.startsWith("gyroscops-commands-claims-changelog"))
                    .anyMatch(file -> file.startsWith("gyroscops-views-1-users-history-changelog"))
                    .anyMatch(file -> file.startsWith("gyroscops-views-1-users-view-changelog"))
                    .anyMatch(file -> file.startsWith("gyroscops-views-1-user-list-changelog"));
        });

        assertThat(command("EraseUser", "u-ada", "{}")).contains("ACCEPTED");

        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(() -> {
                    somebodyElseActs();
                    assertThat(files.containing(PERSONAL)).isEmpty();
                });
        // Some records tell of her without any of these values.
        await().atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> {
                    somebodyElseActs();
                    assertThat(report().verdict()).isEqualTo("nothing is left of u-ada but that it was erased");
                });
    }

    private ErasureReport report() {
        var topics = new TopicCatalogue(TopicSettings.single(PARTITIONS));
        var registry = new ConfluentSchemaRegistry(
                RegistrySettings.from(new Environment(Map.of("SCHEMA_REGISTRY_URL", system.registryUrl()))));
        try (var search =
                new ErasureSearch(KafkaSettings.at(kafka.bootstrapServers()), topics, new Wire(topics, registry))) {
            return search.of("u-ada", PERSONAL);
        }
    }

    /** A segment ends only when there is more to write. */
    private void somebodyElseActs() throws Exception {
        var answers = new ArrayList<CompletableFuture<String>>();
        for (int i = 0; i < 2 * PARTITIONS; i++) {
            var id = "u-" + ++others;
            answers.add(send("CreateUser", id, userPayload(id, id + "@example.org", id)));
            answers.add(send(
                    "CreatePayment", "p" + id, "{\"organizationId\": \"acme\", \"amount\": 1, \"currency\": \"EUR\"}"));
            poison("organizations.commands", id, "nothing");
        }
        answers.forEach(CompletableFuture::join);
        get("/health/ready");
    }

    private String user(String id, String email, String username) {
        return command("CreateUser", id, userPayload(id, email, username));
    }

    private static String userPayload(String id, String email, String username) {
        return "{\"username\": \"" + username + "\", \"email\": \"" + email + "\", \"firstName\": \""
                + (id.equals("u-ada") ? "Adelheidis" : "Ann") + "\", \"lastName\": \""
                + (id.equals("u-ada") ? "Lovelacia" : "Lee") + "\", \"organizationId\": \"acme\"}";
    }

    private String command(String type, String id, String payload) {
        return send(type, id, payload).join();
    }

    private CompletableFuture<String> send(String type, String id, String payload) {
        var body = "{\"type\": \"" + type + "\", \"aggregateId\": \"" + id + "\", \"payload\": " + payload + "}";
        var request = HttpRequest.newBuilder(system.http().resolve("/commands"))
                .header("Content-Type", "application/json")
                .header("Prefer", "wait=30")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.sendAsync(request, HttpResponse.BodyHandlers.ofString()).thenApply(HttpResponse::body);
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(system.http().resolve(path)).build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private void poison(String topic, String key, String text) throws Exception {
        producer.send(new ProducerRecord<>(topic, bytes(key), bytes(text))).get();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
