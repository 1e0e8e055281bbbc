package cloud.gyroscops.standalone.http;

import static cloud.gyroscops.standalone.http.Commands.createOrganization;
import static cloud.gyroscops.standalone.http.Commands.renameOrganization;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cloud.gyroscops.standalone.system.GyroscopsSystem;
import cloud.gyroscops.standalone.system.SystemSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandsOverHttpIT {

    private static final int PARTITIONS = 3;
    private static final int MANY = 400;

    @TempDir
    private static Path directory;

    private static GyroscopsSystem system;
    private static HttpUser user;

    @BeforeAll
    static void start() {
        system = GyroscopsSystem.start(SystemSettings.anywhere(directory, PARTITIONS));
        user = new HttpUser(system::http);
        user.awaitReady();
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    @Test
    void whoPrefersToWaitGetsTheResult() {
        var answer = user.command(createOrganization("waited", "c-waited", "Waited"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Preference-Applied")).isEqualTo("wait=30");
        assertThat(answer.header("Content-Type")).startsWith("application/json");
        var result = answer.json();
        assertThat(result.path("commandId").textValue()).isEqualTo("c-waited");
        assertThat(result.path("status").textValue()).isEqualTo("ACCEPTED");
        assertThat(result.path("version").longValue()).isEqualTo(1);
        assertThat(result.path("eventKeys")).hasToString("[\"waited@1\"]");
        assertThat(result.path("token").textValue()).isEqualTo("organizations/waited@1");
    }

    @Test
    void aResultThatWasAnsweredIsReadableAtOnceForWhoReadsCommitted() {
        user.command(createOrganization("readable", "c-readable", "Readable"));

        assertThat(committedKeys("command.results")).contains("c-readable");
        assertThat(committedKeys("organizations.events")).contains("readable@1");
    }

    @Test
    void whoDoesNotWaitIsToldWhereToAsk() {
        var answer = user.post("/commands", createOrganization("unwaited", "c-unwaited", "Unwaited"));

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.header("Location")).isEqualTo("/commands/c-unwaited");
        assertThat(answer.json().path("status").textValue()).isEqualTo("PENDING");
        await().untilAsserted(() -> assertThat(
                        user.get("/commands/c-unwaited").json().path("status").textValue())
                .isEqualTo("ACCEPTED"));
    }

    @Test
    void whoWaitsZeroSecondsDoesNotWait() {
        var answer = user.post("/commands", createOrganization("wait-zero", "c-wait-zero", "Zero"), "Prefer", "wait=0");

        assertThat(answer.status()).isEqualTo(202);
    }

    @Test
    void aCommandWithoutIdGetsOne() {
        var answer = user.command("{\"type\": \"CreateOrganization\", \"aggregateId\": \"nameless\","
                + " \"payload\": {\"name\": \"Nameless\"}}");

        var commandId = answer.json().path("commandId").textValue();
        assertThat(commandId).hasSize(36);
        assertThat(user.get("/commands/" + commandId).status()).isEqualTo(200);
    }

    @Test
    void theIdempotencyKeyIsTheCommandId() {
        var body = "{\"type\": \"CreateOrganization\", \"aggregateId\": \"keyed\", \"payload\": {\"name\": \"Keyed\"}}";

        var answer = user.post("/commands", body, "Idempotency-Key", "key-1", "Prefer", "wait=30");

        assertThat(answer.json().path("commandId").textValue()).isEqualTo("key-1");
    }

    @Test
    void theSameCommandTwiceGetsTheSameResult() {
        var first = user.command(createOrganization("twice", "c-twice", "Twice"));

        var second = user.command(createOrganization("twice", "c-twice", "Twice"));

        assertThat(second.status()).isEqualTo(200);
        assertThat(second.json()).isEqualTo(first.json());
    }

    @Test
    void anotherPayloadUnderTheSameCommandIdIsAConflict() {
        user.command(createOrganization("reused", "c-reused", "Reused"));

        var answer = user.command(createOrganization("reused", "c-reused", "Another"));

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.json().path("reason").textValue()).isEqualTo("COMMAND_ID_REUSED");
    }

    @Test
    void ofTwoPayloadsUnderOneCommandIdInFlightAtOnceEachGetsItsOwnAnswer() {
        for (int round = 0; round < 20; round++) {
            var id = "both-" + round;
            var one = user.commandInBackground(createOrganization(id, "c-" + id, "One " + id));
            var other = user.commandInBackground(createOrganization(id, "c-" + id, "Other " + id));

            assertThat(List.of(one.join().status(), other.join().status())).containsExactlyInAnyOrder(200, 409);
            var refused = one.join().status() == 409 ? one.join() : other.join();
            assertThat(refused.json().path("reason").textValue()).isEqualTo("COMMAND_ID_REUSED");
        }
    }

    @Test
    void ofTheSameCommandInFlightTwiceBothGetTheSameResult() {
        var one = user.commandInBackground(createOrganization("double", "c-double", "Double"));
        var other = user.commandInBackground(createOrganization("double", "c-double", "Double"));

        assertThat(one.join().json()).isEqualTo(other.join().json());
        assertThat(one.join().json().path("eventKeys")).hasToString("[\"double@1\"]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no JSON | ",
                "{\"type\": \"CreateUser\", \"aggregateId\": \"u\", \"colour\": 1} | colour",
                "{\"type\": \"MakeUser\", \"aggregateId\": \"u\"} | type",
                "{\"type\": \"DeleteUser\", \"aggregateId\": \"u u\"} | aggregateId",
                "{\"type\": \"DeleteUser\", \"aggregateId\": \"u\", \"commandId\": \"a b\"} | commandId",
                "{\"type\": \"CreateOrganization\", \"aggregateId\": \"o\", \"payload\": {}} | payload.name",
                "{\"type\": \"CreateOrganization\", \"aggregateId\": \"o\", \"payload\": {\"name\": 7}} | payload.name",
                "{\"type\": \"DeleteUser\", \"aggregateId\": \"u\", \"origin\": \"STRIPE\"} | origin"
            })
    void whatIsMalformedIsNamed(String body, String field) {
        var answer = user.command(body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.json().path("field").textValue()).isEqualTo(field);
        assertThat(answer.json().path("detail").textValue()).isNotBlank();
    }

    @Test
    void aClientCannotPassForTheProcessor() {
        user.command(createOrganization("shop", "c-shop", "Shop"));
        user.command(
                "{\"type\": \"CreatePayment\", \"aggregateId\": \"p-1\", \"payload\": {\"organizationId\": \"shop\","
                        + " \"amount\": 100, \"currency\": \"EUR\", \"processor\": \"STRIPE\"}}");

        var answer = user.command("{\"type\": \"AuthorizePayment\", \"aggregateId\": \"p-1\","
                + " \"payload\": {\"authorizationCode\": \"stolen\"}}");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().path("reason").textValue()).isEqualTo("ORIGIN_NOT_ALLOWED");
    }

    @Test
    void whatIsNotThereCannotBeChanged() {
        var answer = user.command(renameOrganization("nowhere", "c-nowhere", "Nowhere"));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.json().path("reason").textValue()).isEqualTo("NOT_FOUND");
        assertThat(answer.json().path("commandId").textValue()).isEqualTo("c-nowhere");
    }

    @Test
    void whatIsThereCannotBeCreated() {
        user.command(createOrganization("there", "c-there", "There"));

        var answer = user.command(createOrganization("there", "c-there-again", "There"));

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.json().path("reason").textValue()).isEqualTo("ALREADY_EXISTS");
    }

    @Test
    void aVersionThatPassedIsAConflictThatTellsTheCurrentOne() {
        user.command(createOrganization("versioned", "c-versioned", "Versioned"));

        var answer = user.command(renameOrganization("versioned", "c-stale", "Stale")
                .replace("\"payload\"", "\"expectedVersion\": 7, \"payload\""));

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.json().path("reason").textValue()).isEqualTo("VERSION_CONFLICT");
        assertThat(answer.json().path("version").longValue()).isEqualTo(1);
    }

    @Test
    void aValueThatIsNotAllowedNamesItsField() {
        var answer = user.command(createOrganization("long", "c-long", "x".repeat(101)));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().path("reason").textValue()).isEqualTo("INVALID_FIELD");
        assertThat(answer.json().path("field").textValue()).isEqualTo("name");
    }

    @Test
    void aCommandThatNobodySentIsUnknown() {
        var answer = user.get("/commands/nobody-sent-it");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    }

    @Test
    void ofManyWhoWaitAtOnceEachGetsItsOwnAnswer() {
        var answers = IntStream.range(0, MANY)
                .mapToObj(i -> user.commandInBackground(createOrganization("many-" + i, "c-many-" + i, "Many " + i)))
                .toList();

        Set<String> heard = new HashSet<>();
        for (int i = 0; i < MANY; i++) {
            var answer = answers.get(i).join();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json().path("commandId").textValue()).isEqualTo("c-many-" + i);
            assertThat(answer.json().path("aggregateId").textValue()).isEqualTo("many-" + i);
            heard.add(answer.json().path("token").textValue());
        }
        assertThat(heard).hasSize(MANY);
    }

    /** All keys that stand in a topic, for who reads committed, when this is called. */
    private static Set<String> committedKeys(String topic) {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", system.bootstrapServers(), "isolation.level", "read_committed");
        var keys = new HashSet<String>();
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            var partitions = IntStream.range(0, PARTITIONS)
                    .mapToObj(partition -> new TopicPartition(topic, partition))
                    .toList();
            var ends = consumer.endOffsets(partitions);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> keys.add(record.key()));
            }
        }
        return keys;
    }
}
