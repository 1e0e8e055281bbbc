package cloud.gyroscops.schemas.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class KafkaSettingsTest {

    private static final Map<String, String> SECURE = Map.of(
            "KAFKA_BOOTSTRAP_SERVERS", "a:9092,b:9092",
            "KAFKA_SECURITY_PROTOCOL", "SASL_SSL",
            "KAFKA_SASL_JAAS_CONFIG", "… password=\"hunter2\";",
            "KAFKA_SSL_TRUSTSTORE_PASSWORD", "hunter3",
            "GYROSCOPS_PARTITIONS", "3");

    @Test
    void everyKafkaVariableBecomesTheSettingOfThatName() {
        assertThat(KafkaSettings.from(new Environment(SECURE)).clients())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "bootstrap.servers", "a:9092,b:9092",
                        "security.protocol", "SASL_SSL",
                        "sasl.jaas.config", "… password=\"hunter2\";",
                        "ssl.truststore.password", "hunter3"));
    }

    @Test
    void everyKafkaVariableIsKnownToTheEnvironment() {
        var environment = new Environment(SECURE);

        KafkaSettings.from(environment);

        assertThat(environment.asked()).contains("KAFKA_SECURITY_PROTOCOL").doesNotContain("GYROSCOPS_PARTITIONS");
    }

    @Test
    void secretsAreNeverShown() {
        assertThat(KafkaSettings.from(new Environment(SECURE))).hasToString("KafkaSettings[a:9092,b:9092]");
    }

    @Test
    void withoutBrokersTheMissingVariableIsNamed() {
        assertThatThrownBy(() -> KafkaSettings.from(new Environment(Map.of("KAFKA_SECURITY_PROTOCOL", "SSL"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("KAFKA_BOOTSTRAP_SERVERS is not set")
                .hasMessageContaining("localhost:9092");
    }

    @Test
    void blankBrokersCountAsNone() {
        assertThatThrownBy(() -> KafkaSettings.at(" ")).hasMessageContaining("KAFKA_BOOTSTRAP_SERVERS");
    }

    @Test
    void whatAClientNeedsIsAddedAndWins() {
        var properties = new KafkaSettings(Map.of("bootstrap.servers", "a:9092", "acks", "1", "client.id", "x"))
                .with(Map.of("acks", "all"));

        assertThat(properties)
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("bootstrap.servers", "a:9092", "acks", "all", "client.id", "x"));
    }
}
