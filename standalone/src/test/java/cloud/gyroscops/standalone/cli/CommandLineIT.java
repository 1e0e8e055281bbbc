package cloud.gyroscops.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cloud.gyroscops.standalone.system.GyroscopsSystem;
import cloud.gyroscops.standalone.system.SystemSettings;
import cloud.gyroscops.standalone.town.Town;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The command line against a whole system: one, started once, since a start takes seconds. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CommandLineIT {

    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    private static Path directory;

    private GyroscopsSystem system;
    private Path town;
    private long commands;
    private List<String> events;

    @BeforeAll
    void loadATown() throws IOException {
        start();
        town = directory.resolve("town.jsonl");
        Run.of("generate", "--organizations=3", "--users=20", "--payments=100", "--out=" + town);
        try (var lines = Files.lines(town)) {
            commands = lines.count();
        }
        var load = Run.of("load", town.toString(), "--url", url());
        assertThat(load.err()).contains(commands + " accepted, 0 rejected.");
        assertThat(load.status()).isZero();
        events = events("--from-beginning");
    }

    @AfterAll
    void stop() {
        system.close();
    }

    @Test
    @Order(1)
    void everyCommandOfTheTownHasItsEvents() {
        assertThat(events).hasSize((int) commands).allSatisfy(event -> assertThat(
                        json(event).path("topic").asText())
                .endsWith(".events"));
    }

    @Test
    @Order(2)
    void loadingTheTownAgainChangesNothing() {
        var again = Run.of("load", town.toString(), "--url", url(), "--parallel", "1");

        assertThat(again.status()).isZero();
        assertThat(again.err()).contains(commands + " accepted, 0 rejected.");
        assertThat(events("--from-beginning")).containsExactlyInAnyOrderElementsOf(events);
    }

    @Test
    @Order(3)
    void theHistoryOfOneAggregateIsInOrder() {
        var user = events("--aggregate", "users", "--id", "town1-u-1").stream()
                .map(CommandLineIT::json)
                .toList();

        assertThat(user).isNotEmpty();
        assertThat(user.stream().map(event -> event.path("version").asLong()))
                .isSorted()
                .startsWith(1L);
        assertThat(user)
                .allSatisfy(
                        event -> assertThat(event.path("aggregateId").asText()).isEqualTo("town1-u-1"));
    }

    @Test
    @Order(4)
    void withoutMoreItPrintsTheLastTenEvents() {
        var last = events().stream().map(CommandLineIT::occurredAt).toList();

        assertThat(last).hasSize(10).isSorted();
        assertThat(last.get(9))
                .isEqualTo(events.stream()
                        .map(CommandLineIT::occurredAt)
                        .max(Comparator.naturalOrder())
                        .orElseThrow());
    }

    /** As a time: what is written of full seconds comes after their fractions. */
    private static Instant occurredAt(String event) {
        return Instant.parse(json(event).path("occurredAt").asText());
    }

    @Test
    @Order(5)
    void aCommandPrintsItsResult() {
        var run = command("CreateOrganization", "o-1", "{\"name\":\"Acme\"}", "--command-id=c-1", "--metadata=a=b");

        assertThat(run.status()).isZero();
        assertThat(json(run.out()).path("status").asText()).isEqualTo("ACCEPTED");
        assertThat(json(run.out()).path("token").asText()).isEqualTo("organizations/o-1@1");
        assertThat(json(events("--id=o-1").get(0)).path("metadata").path("a").asText())
                .isEqualTo("b");
    }

    @Test
    @Order(6)
    void aRejectedCommandTellsTheReason() {
        var run = command("RenameOrganization", "o-nowhere", "{\"name\":\"Apex\"}");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).startsWith("NOT_FOUND: there is no organization o-nowhere");
        assertThat(json(run.out()).path("reason").asText()).isEqualTo("NOT_FOUND");
    }

    @Test
    @Order(7)
    void aCommandThatIsNotWaitedForIsPending() {
        var run = command("CreateOrganization", "o-2", "{\"name\":\"Apex\"}", "--wait=0", "--actor=ada");

        assertThat(run.status()).isZero();
        assertThat(json(run.out()).path("status").asText()).isEqualTo("PENDING");
        await().until(() -> events("--id=o-2").size() == 1);
    }

    @Test
    @Order(8)
    void aMalformedCommandTellsTheField() {
        var run = command("CreateOrganization", "o-3", "{\"nam\":\"Apex\"}");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).startsWith("Bad Request: payload.nam is unknown");
    }

    @Test
    @Order(9)
    void linesThatAreNoCommandsFailTheLoad() throws IOException {
        var file = Files.writeString(
                directory.resolve("mixed.jsonl"),
                "{\"type\":\"CreateOrganization\",\"aggregateId\":\"o-4\",\"payload\":{\"name\":\"Four\"}}\n"
                        + "\nnonsense\n{\"type\":\"Nothing\",\"aggregateId\":\"o-4\"}\n"
                        + "{\"type\":\"RenameOrganization\",\"aggregateId\":\"o-4\",\"payload\":{\"name\":\"Four\"}}\n");

        var run = Run.of("load", file.toString(), "--url", url());

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err())
                .contains(
                        "1 accepted, 1 rejected.",
                        "1  NOTHING_TO_CHANGE",
                        "line 3: no JSON",
                        "line 4: type \"Nothing\"");
    }

    @Test
    @Order(10)
    void topicsUnderAnotherPrefixAreMissed() {
        var run = Run.of(
                "events",
                "--bootstrap-servers",
                system.bootstrapServers(),
                "--schema-registry",
                system.registryUrl(),
                "--topic-prefix",
                "other.");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).startsWith("there is no topic other.");
    }

    @Test
    @Order(11)
    void theDemoShowsPlacesThatAreThere() throws InterruptedException {
        var out = new StringWriter();
        var err = new StringWriter();

        new Demo(new Town(1, 60, 60, 6), new PrintWriter(out), new PrintWriter(err)).load(system.http(), () -> false);

        assertThat(out.toString())
                .contains("Loading a town of 1 organizations, 60 users and 60 payments", " 0 rejected");
        var paths = out.toString()
                .lines()
                .filter(line -> line.contains("curl"))
                .map(line -> line.replaceAll(".*http://[^/]*(/\\S+).*", "$1"))
                .toList();
        assertThat(paths).hasSize(6).anySatisfy(path -> assertThat(path).endsWith("/history"));
        // Views follow a moment behind what is accepted.
        assertThat(paths).allSatisfy(path -> await().untilAsserted(
                        () -> assertThat(get(path).statusCode()).as(path).isIn(200, 410)));
    }

    @Test
    @Order(12)
    void everythingIsThereAgainAfterARestart() {
        var before = events("--from-beginning");
        // As of its last event: views follow a moment behind.
        var path = "/payments/town1-p-1?token=payments/town1-p-1@"
                + events("--aggregate=payments", "--id=town1-p-1").size();
        var payment = served(path);
        system.close();

        start();

        assertThat(events("--from-beginning")).containsExactlyInAnyOrderElementsOf(before);
        assertThat(served(path)).isEqualTo(payment);
        var again = Run.of("load", town.toString(), "--url", url());
        assertThat(again.err()).contains(commands + " accepted, 0 rejected.");
        assertThat(events("--from-beginning")).containsExactlyInAnyOrderElementsOf(before);
    }

    @Test
    @Order(13)
    void allThatWasRecordedHoldsTogether() {
        var run = check();

        assertThat(run.out())
                .contains("users.events", "one result for each command record: yes")
                .endsWith("All holds together.\n");
        assertThat(run.status()).isZero();
    }

    @Test
    @Order(14)
    void theCheckSpeaksJson() {
        var report = json(check("--json").out());

        assertThat(report.path("content").asBoolean()).isTrue();
        assertThat(report.path("aggregates").path("users").asLong()).isGreaterThanOrEqualTo(20);
        assertThat(report.path("violations")).isEmpty();
    }

    @Test
    @Order(15)
    void thereIsNothingToCheckUnderAnotherPrefix() {
        var run = check("--topic-prefix", "other.");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).startsWith("there is no topic other.").contains("is --topic-prefix right?");
    }

    @Test
    @Order(16)
    void tellsWhoHoldsAName() {
        var name = claims("ACME");

        assertThat(json(name.out()).path("kind").asText()).isEqualTo("ORGANIZATION_NAME");
        assertThat(json(name.out()).path("holder").asText()).isEqualTo("organizations/o-1");
        assertThat(claims("Nobody's").err()).startsWith("nobody holds");
    }

    private Run claims(String value) {
        return Run.of(
                "claims",
                "--value",
                value,
                "--bootstrap-servers",
                system.bootstrapServers(),
                "--schema-registry",
                system.registryUrl());
    }

    @Test
    @Order(17)
    void whatIsWrongHasAStatusOfItsOwn() throws Exception {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", system.bootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
            producer.send(new ProducerRecord<>("users.events", "nobody@1", null))
                    .get();
        }

        var run = check();

        assertThat(run.status()).isEqualTo(3);
        assertThat(run.out()).contains("VERSIONS: ", "nobody").endsWith("1 violation.\n");
    }

    private Run check(String... options) {
        var args = new ArrayList<>(List.of(
                "check", "--bootstrap-servers", system.bootstrapServers(), "--schema-registry", system.registryUrl()));
        args.addAll(List.of(options));
        return Run.of(args.toArray(String[]::new));
    }

    private void start() {
        system = GyroscopsSystem.start(SystemSettings.anywhere(directory.resolve("data"), 3));
        await().atMost(Duration.ofSeconds(120)).until(() -> get("/health/ready").statusCode() == 200);
    }

    private String url() {
        return system.http().toString();
    }

    private Run command(String type, String id, String payload, String... options) {
        var args = new ArrayList<>(List.of("command", type, id, payload, "--url", url()));
        args.addAll(List.of(options));
        if (args.stream().noneMatch(arg -> arg.startsWith("--wait"))) {
            // On a busy machine, results may take longer than people wait.
            args.add("--wait=60");
        }
        return Run.of(args.toArray(String[]::new));
    }

    private List<String> events(String... options) {
        var args = new ArrayList<>(List.of(
                "events", "--bootstrap-servers", system.bootstrapServers(), "--schema-registry", system.registryUrl()));
        args.addAll(List.of(options));
        var run = Run.of(args.toArray(String[]::new));
        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
        return run.out().lines().toList();
    }

    private String served(String path) {
        return await().until(() -> get(path), answer -> answer.statusCode() == 200)
                .body();
    }

    private HttpResponse<String> get(String path) {
        try {
            return HTTP.send(
                    HttpRequest.newBuilder(URI.create(url() + path)).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
