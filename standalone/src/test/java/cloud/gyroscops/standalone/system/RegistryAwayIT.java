package cloud.gyroscops.standalone.system;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.contract.payment.PaymentCommand;
import cloud.gyroscops.query.ApiSettings;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.registry.ConfluentSchemaRegistry;
import cloud.gyroscops.schemas.registry.RegistrySettings;
import cloud.gyroscops.schemas.settings.KafkaSettings;
import cloud.gyroscops.schemas.topic.TopicSettings;
import cloud.gyroscops.standalone.kafka.EmbeddedKafka;
import cloud.gyroscops.standalone.registry.EmbeddedSchemaRegistry;
import cloud.gyroscops.topology.command.CommandSettings;
import cloud.gyroscops.topology.streams.Installation;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.apache.avro.Schema;
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
 * The schema registry goes away while commands come in, or before a start. There is one system, which runs when a test
 * begins; the test that counts all payments is the first.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class RegistryAwayIT {

    private static final int PARTITIONS = 3;
    private static final Duration AWAY = Duration.ofSeconds(30);
    /** On a machine that does much else; how soon is not the question. */
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @TempDir
    private static Path directory;

    private EmbeddedKafka kafka;
    private EmbeddedSchemaRegistry registry;
    private Installation installation;
    private SystemSettings settings;
    private GyroscopsSystem system;

    @BeforeAll
    void start() {
        kafka = EmbeddedKafka.start(directory.resolve("kafka"), 0);
        registry = new EmbeddedSchemaRegistry(kafka.bootstrapServers(), "127.0.0.1", 0);
        installation = Installation.at(
                KafkaSettings.at(kafka.bootstrapServers()),
                TopicSettings.single(PARTITIONS),
                RegistrySettings.of(registry.uri()),
                directory.resolve("observer"));
        installation.prepare();
        settings = settings();
        system = GyroscopsSystem.start(settings);
        awaitReady();
    }

    @AfterAll
    void stop() {
        system.close();
        registry.close();
        kafka.close();
    }

    @Test
    @Order(1)
    void whatIsKnownIsHandledWhatIsNotWaitsAndNothingIsSetAside() throws Exception {
        int port = registry.port();
        try (var observer = new Observer(installation)) {
            observer.publish(Observer.payment("first"));
            observer.awaitResults(PATIENCE);
            byte[] unknown = withSchemaThatNobodyHasSeen("stranger");
            registry.close();
            var back = Instant.now().plus(AWAY);
            observer.publish(Observer.payment("stranger").header(), unknown);

            Awaitility.await("the outage to pass, under load")
                    .pollInterval(Duration.ofMillis(100))
                    .atMost(AWAY.plus(PATIENCE))
                    .until(() -> {
                        for (int i = 0; i < 10; i++) {
                            observer.publish(Observer.payment("p-" + System.nanoTime()));
                        }
                        return Instant.now().isAfter(back);
                    });
            registry = new EmbeddedSchemaRegistry(kafka.bootstrapServers(), "127.0.0.1", port);
            var results = observer.awaitResults(Duration.ofSeconds(60));

            assertThat(results).hasSize(observer.published()).allSatisfy((record, count) -> assertThat(count)
                    .isEqualTo(1));
            assertThat(observer.deadLetters()).isZero();
            assertThat(observer.versions()).containsKey("stranger").hasSize(observer.published());
        }
    }

    @Test
    @Order(2)
    void aSystemThatHasRunBeforeStartsWithoutIt() {
        system.close();
        registry.close();

        system = GyroscopsSystem.start(settings);

        awaitReady();
        try (var observer = new Observer(installation)) {
            observer.publish(Observer.payment("after-the-start"));
            assertThat(observer.awaitResults(PATIENCE)).hasSize(1);
        }
    }

    /** A producer newer than the system: its envelope has one more field. It is registered, but the system has not seen it. */
    private byte[] withSchemaThatNobodyHasSeen(String id) {
        var newer = PaymentCommand.getClassSchema()
                .toString()
                .replace(
                        "{\"name\":\"correlationId\"",
                        "{\"name\":\"channel\",\"type\":\"string\",\"default\":\"\"},{\"name\":\"correlationId\"");
        var schema = new Schema.Parser().parse(newer);
        int schemaId = new ConfluentSchemaRegistry(RegistrySettings.of(registry.uri()))
                .register(installation.topics().commands(Aggregate.PAYMENTS) + "-value", schema);
        byte[] body = NewerProducer.encode(schema, Observer.payment(id));
        return ByteBuffer.allocate(Integer.BYTES + 1 + body.length)
                .put((byte) 0)
                .putInt(schemaId)
                .put(body)
                .array();
    }

    private SystemSettings settings() {
        return new SystemSettings(
                directory.resolve("system"),
                0,
                KafkaSettings.at(kafka.bootstrapServers()),
                0,
                RegistrySettings.of(registry.uri()),
                new ApiSettings("127.0.0.1", 0),
                TopicSettings.single(PARTITIONS),
                CommandSettings.DEFAULT,
                2,
                20);
    }

    private void awaitReady() {
        var client = HttpClient.newHttpClient();
        var request =
                HttpRequest.newBuilder(system.http().resolve("/health/ready")).build();
        Awaitility.await("/health/ready")
                .atMost(PATIENCE)
                .until(() -> client.send(request, HttpResponse.BodyHandlers.discarding())
                                .statusCode()
                        == 200);
    }
}
