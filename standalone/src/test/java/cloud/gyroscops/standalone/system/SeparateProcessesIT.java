package cloud.gyroscops.standalone.system;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.contract.AggregateType;
import cloud.gyroscops.schemas.registry.RegistrySettings;
import cloud.gyroscops.schemas.settings.KafkaSettings;
import cloud.gyroscops.schemas.topic.TopicSettings;
import cloud.gyroscops.standalone.kafka.EmbeddedKafka;
import cloud.gyroscops.standalone.registry.EmbeddedSchemaRegistry;
import cloud.gyroscops.topology.streams.Installation;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Command topology and HTTP as processes of their own, with settings from the environment, one of them killed. They are
 * started once, since a start takes seconds: what ends them comes last.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class SeparateProcessesIT {

    private static final int PARTITIONS = 3;
    private static final int COMMANDS = 3_000;

    @TempDir
    private static Path directory;

    private final HttpClient http = HttpClient.newHttpClient();
    private EmbeddedKafka kafka;
    private EmbeddedSchemaRegistry registry;
    private Map<String, String> environment;
    private ChildProcess commands;
    private ChildProcess api;
    private URI url;
    private URI health;

    @BeforeAll
    void start() throws IOException {
        kafka = EmbeddedKafka.start(directory.resolve("kafka"), 0);
        registry = new EmbeddedSchemaRegistry(kafka.bootstrapServers(), "127.0.0.1", 0);
        int port = freePort();
        health = URI.create("http://127.0.0.1:" + freePort());
        url = URI.create("http://127.0.0.1:" + port);
        environment = Map.of(
                "KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers(),
                "SCHEMA_REGISTRY_URL", registry.uri().toString(),
                "GYROSCOPS_PARTITIONS", Integer.toString(PARTITIONS),
                "GYROSCOPS_THREADS", "1",
                "GYROSCOPS_HTTP_PORT", Integer.toString(port),
                "GYROSCOPS_HEALTH_PORT", Integer.toString(health.getPort()));
        commands = startCommands();
        api = ChildProcess.start(cloud.gyroscops.query.Main.class, with("query"), directory.resolve("query.log"));
        Awaitility.await("/health/ready")
                .atMost(Duration.ofSeconds(180))
                .failFast(() -> {
                    commands.assertRuns();
                    api.assertRuns();
                })
                .until(() -> isReady(url) && isReady(health));
    }

    @AfterAll
    void stop() {
        api.close();
        commands.close();
        registry.close();
        kafka.close();
    }

    @Test
    @Order(1)
    void aCommandOverHttpIsHandledByTheOtherProcess() throws Exception {
        var request = HttpRequest.newBuilder(url.resolve("/commands"))
                .header("Prefer", "wait=60")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"type\":\"CreateOrganization\",\"aggregateId\":\"acme\",\"payload\":{\"name\":\"Acme\"}}"))
                .build();

        var response = http.send(request, HttpResponse.BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains("\"eventKeys\":[\"acme@1\"]");
    }

    @Test
    @Order(2)
    void theCommandTopologyTellsHowItIsAndWhatItHasCounted() throws Exception {
        for (var path : List.of("/health/live", "/health/ready", "/metrics")) {
            var request = HttpRequest.newBuilder(health.resolve(path)).build();

            var response = http.send(request, HttpResponse.BodyHandlers.ofString());

            assertThat(response.statusCode()).as(path).isEqualTo(200);
            assertThat(response.body()).as(path).containsAnyOf("{\"commands\":true}", "gyroscops_commands_parked");
        }
    }

    @Test
    @Order(3)
    void killedUnderLoadTheCommandTopologyAnswersEveryCommandOnce() throws Exception {
        var installation = Installation.at(
                KafkaSettings.at(kafka.bootstrapServers()),
                TopicSettings.single(PARTITIONS),
                RegistrySettings.of(registry.uri()),
                directory.resolve("observer"));
        installation.prepare();
        try (var observer = new Observer(installation)) {
            for (int i = 0; i < COMMANDS; i++) {
                observer.publish(Observer.payment("p-" + i));
                if (i == COMMANDS / 2) {
                    // What was there before, like the payments' organization, has results, too.
                    Awaitility.await("results of payments").until(() -> observer.results().stream()
                            .anyMatch(result -> result.getAggregateType() == AggregateType.PAYMENT));
                    commands.kill();
                    commands = startCommands();
                }
            }

            var results = observer.awaitResults(Duration.ofSeconds(180));

            assertThat(results).hasSize(COMMANDS).allSatisfy((record, count) -> assertThat(count)
                    .isEqualTo(1));
            assertThat(observer.versions()).hasSize(COMMANDS).allSatisfy((id, versions) -> assertThat(versions)
                    .isEqualTo(List.of(1L)));
            assertThat(observer.deadLetters()).isZero();
        }
    }

    @Test
    @Order(4)
    void askedToStopBothProcessesStopSoon() throws Exception {
        assertThat(commands.stop(Duration.ofSeconds(60))).isTrue();
        assertThat(api.stop(Duration.ofSeconds(60))).isTrue();
        // Neither was given up on.
        for (var log : List.of("commands.log", "query.log")) {
            assertThat(directory.resolve(log)).content().doesNotContain("did not stop within");
        }
    }

    private ChildProcess startCommands() throws IOException {
        return ChildProcess.start(
                cloud.gyroscops.topology.Main.class, with("commands"), directory.resolve("commands.log"));
    }

    private Map<String, String> with(String state) {
        var all = new HashMap<>(environment);
        all.put("GYROSCOPS_STATE_DIR", directory.resolve(state).toString());
        return all;
    }

    private boolean isReady(URI server) throws InterruptedException {
        try {
            var request =
                    HttpRequest.newBuilder(server.resolve("/health/ready")).build();
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notListeningYet) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
