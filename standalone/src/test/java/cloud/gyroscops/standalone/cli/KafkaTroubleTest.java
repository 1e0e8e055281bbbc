package cloud.gyroscops.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownServerException;
import org.junit.jupiter.api.Test;

class KafkaTroubleTest {

    @Test
    void aBrokerThatIsNotThereIsAskedForToBeStarted() {
        assertThat(told(new TimeoutException("timed out")))
                .isEqualTo("no Kafka answers at k:9092 (timed out); start one with: gyroscops up, or name another with"
                        + " --bootstrap-servers");
    }

    @Test
    void wrongCredentialsAreToldAlsoBehindATimeout() {
        assertThat(told(new TimeoutException("timed out", new SaslAuthenticationException("Invalid username"))))
                .startsWith("Kafka at k:9092 does not believe who is asking (Invalid username)")
                .contains("KAFKA_SASL_*");
    }

    @Test
    void missingRightsAreTold() {
        assertThat(told(new KafkaException(
                        "failed", new TopicAuthorizationException("Not authorized: [users.events]"))))
                .startsWith("Kafka at k:9092 does not allow this (Not authorized: [users.events])");
    }

    @Test
    void wrongSettingsAreTold() {
        assertThat(told(new KafkaException("Failed to construct", new ConfigException("Invalid url in k"))))
                .startsWith("Kafka's clients cannot work so: Invalid url in k;");
    }

    @Test
    void whatElseHappensIsToldAsItIs() {
        assertThat(told(new UnknownServerException("out of disk"))).isEqualTo("Kafka at k:9092: out of disk");
    }

    @Test
    void aDataDirectoryIsNotTakenForACluster() {
        var told = KafkaTrouble.told(new TimeoutException("timed out"), Path.of("data"));

        assertThat(told.getMessage())
                .startsWith("the broker on the data in data failed: timed out;")
                .contains("--data-dir")
                .doesNotContain("--bootstrap-servers");
    }

    private static String told(KafkaException trouble) {
        return KafkaTrouble.told(trouble, "k:9092").getMessage();
    }
}
