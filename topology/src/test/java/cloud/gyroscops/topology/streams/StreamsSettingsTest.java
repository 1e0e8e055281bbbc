package cloud.gyroscops.topology.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.gyroscops.schemas.settings.Environment;
import cloud.gyroscops.schemas.settings.KafkaSettings;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamsSettingsTest {

    private static final KafkaSettings KAFKA = new KafkaSettings(Map.of(
            "bootstrap.servers", "a:9092", "sasl.jaas.config", "password=hunter2", "security.protocol", "SASL_SSL"));

    @Test
    void theEnvironmentSaysHowAnApplicationRuns() {
        var settings = StreamsSettings.from(
                new Environment(Map.of(
                        "GYROSCOPS_TOPIC_PREFIX", "acme.",
                        "GYROSCOPS_STATE_DIR", "elsewhere",
                        "GYROSCOPS_THREADS", "4",
                        "GYROSCOPS_COMMIT_INTERVAL_MS", "100",
                        "GYROSCOPS_REPLICATION_FACTOR", "3",
                        "GYROSCOPS_STANDBYS", "1",
                        "GYROSCOPS_SESSION_TIMEOUT_MS", "2000",
                        "GYROSCOPS_INSTANCE_ID", "one")),
                KAFKA,
                "orders");

        assertThat(settings)
                .isEqualTo(new StreamsSettings(KAFKA, "acme.orders", Path.of("elsewhere"), 4, 100, 3, 1, 2_000, "one"));
    }

    @ParameterizedTest
    @CsvSource({
        "GYROSCOPS_THREADS, 0",
        "GYROSCOPS_COMMIT_INTERVAL_MS, 60001",
        "GYROSCOPS_REPLICATION_FACTOR, three",
        "GYROSCOPS_STANDBYS, -1",
        "GYROSCOPS_SESSION_TIMEOUT_MS, 999"
    })
    void aBadVariableIsNamed(String variable, String value) {
        var environment = new Environment(Map.of(variable, value));

        assertThatThrownBy(() -> StreamsSettings.from(environment, KAFKA, "orders"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(variable + " is \"" + value + "\"");
    }

    @ParameterizedTest
    @CsvSource({
        "'', 1, 20, 1, 0, 6000, '', 'application id is \"\"'",
        "a b, 1, 20, 1, 0, 6000, '', 'application id is \"a b\"'",
        "a, 0, 20, 1, 0, 6000, '', threads is 0",
        "a, 65, 20, 1, 0, 6000, '', threads is 65",
        "a, 1, 0, 1, 0, 6000, '', commit interval is 0",
        "a, 1, 60001, 1, 0, 6000, '', commit interval is 60001",
        "a, 1, 20, 0, 0, 6000, '', replication factor is 0",
        "a, 1, 20, 10, 0, 6000, '', replication factor is 10",
        "a, 1, 20, 1, -1, 6000, '', standby replicas is -1",
        "a, 1, 20, 1, 9, 6000, '', standby replicas is 9",
        "a, 1, 20, 1, 0, 999, '', session timeout is 999",
        "a, 1, 20, 1, 0, 300001, '', session timeout is 300001",
        "a, 1, 20, 1, 0, 6000, b/c, 'instance id is \"b/c\"'"
    })
    void aBadValueIsNamed(
            String application,
            int threads,
            int commitInterval,
            int replicas,
            int standbys,
            int sessionTimeout,
            String instance,
            String message) {
        assertThatThrownBy(() -> new StreamsSettings(
                        KAFKA,
                        application,
                        Path.of("state"),
                        threads,
                        commitInterval,
                        replicas,
                        standbys,
                        sessionTimeout,
                        instance))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void anInstanceHasAStaticNameOnlyIfItWasGivenOne() {
        var without = new StreamsSettings(KAFKA, "a", Path.of("state"), 1, 20, 1, 0, 6_000, "");
        var with = new StreamsSettings(KAFKA, "a", Path.of("state"), 1, 20, 1, 0, 6_000, "one");

        assertThat(without.properties()).doesNotContainKey("group.instance.id");
        assertThat(with.properties()).containsEntry("group.instance.id", "one");
    }

    @Test
    void membersSpeakUpSeveralTimesPerSession() {
        var properties = new StreamsSettings(KAFKA, "a", Path.of("state"), 1, 20, 1, 0, 2_000, "").properties();

        assertThat(properties)
                .containsEntry("main.consumer.session.timeout.ms", 2_000)
                .containsEntry("main.consumer.heartbeat.interval.ms", 500);
    }

    @Test
    void kafkaSettingsReachTheClientsAndExactlyOnceIsNotUpForChoice() {
        var careless = new KafkaSettings(
                Map.of("bootstrap.servers", "a:9092", "security.protocol", "SSL", "processing.guarantee", "none"));

        var properties = new StreamsSettings(careless, "a", Path.of("state"), 1, 20, 1, 0, 6_000, "").properties();

        assertThat(properties)
                .containsEntry("security.protocol", "SSL")
                .containsEntry(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    }

    @Test
    void secretsAreNeverShown() {
        assertThat(new StreamsSettings(KAFKA, "a", Path.of("state"), 1, 20, 1, 0, 6_000, "").toString())
                .doesNotContain("hunter2");
    }
}
