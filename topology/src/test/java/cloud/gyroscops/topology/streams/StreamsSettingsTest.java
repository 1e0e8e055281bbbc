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
                        "GYROSCOPS_INSTANCE_ID", "one")),
                KAFKA,
                "orders");

        assertThat(settings)
                .isEqualTo(new StreamsSettings(KAFKA, "acme.orders", Path.of("elsewhere"), 4, 100, 3, 1, "one"));
    }

    @ParameterizedTest
    @CsvSource({
        "GYROSCOPS_THREADS, 0",
        "GYROSCOPS_COMMIT_INTERVAL_MS, 60001",
        "GYROSCOPS_REPLICATION_FACTOR, three",
        "GYROSCOPS_STANDBYS, -1"
    })
    void aBadVariableIsNamed(String variable, String value) {
        var environment = new Environment(Map.of(variable, value));

        assertThatThrownBy(() -> StreamsSettings.from(environment, KAFKA, "orders"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(variable + " is \"" + value + "\"");
    }

    @ParameterizedTest
    @CsvSource({
        "'', 1, 20, 1, 0, '', 'application id is \"\"'",
        "a b, 1, 20, 1, 0, '', 'application id is \"a b\"'",
        "a, 0, 20, 1, 0, '', threads is 0",
        "a, 65, 20, 1, 0, '', threads is 65",
        "a, 1, 0, 1, 0, '', commit interval is 0",
        "a, 1, 60001, 1, 0, '', commit interval is 60001",
        "a, 1, 20, 0, 0, '', replication factor is 0",
        "a, 1, 20, 10, 0, '', replication factor is 10",
        "a, 1, 20, 1, -1, '', standby replicas is -1",
        "a, 1, 20, 1, 9, '', standby replicas is 9",
        "a, 1, 20, 1, 0, b/c, 'instance id is \"b/c\"'"
    })
    void aBadValueIsNamed(
            String application,
            int threads,
            int commitInterval,
            int replicas,
            int standbys,
            String instance,
            String message) {
        assertThatThrownBy(() -> new StreamsSettings(
                        KAFKA, application, Path.of("state"), threads, commitInterval, replicas, standbys, instance))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void anInstanceHasAStaticNameOnlyIfItWasGivenOne() {
        var without = new StreamsSettings(KAFKA, "a", Path.of("state"), 1, 20, 1, 0, "");
        var with = new StreamsSettings(KAFKA, "a", Path.of("state"), 1, 20, 1, 0, "one");

        assertThat(without.properties()).doesNotContainKey("group.instance.id");
        assertThat(with.properties()).containsEntry("group.instance.id", "one");
    }

    @Test
    void kafkaSettingsReachTheClientsAndExactlyOnceIsNotUpForChoice() {
        var careless = new KafkaSettings(
                Map.of("bootstrap.servers", "a:9092", "security.protocol", "SSL", "processing.guarantee", "none"));

        var properties = new StreamsSettings(careless, "a", Path.of("state"), 1, 20, 1, 0, "").properties();

        assertThat(properties)
                .containsEntry("security.protocol", "SSL")
                .containsEntry(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    }

    @Test
    void secretsAreNeverShown() {
        assertThat(new StreamsSettings(KAFKA, "a", Path.of("state"), 1, 20, 1, 0, "").toString())
                .doesNotContain("hunter2");
    }
}
