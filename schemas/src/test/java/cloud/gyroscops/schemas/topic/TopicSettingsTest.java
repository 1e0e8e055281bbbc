package cloud.gyroscops.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.gyroscops.schemas.settings.Environment;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicSettingsTest {

    @Test
    void theEnvironmentShapesTheTopics() {
        var settings = TopicSettings.from(new Environment(Map.of(
                "GYROSCOPS_TOPIC_PREFIX", "acme.",
                "GYROSCOPS_PARTITIONS", "12",
                "GYROSCOPS_REPLICATION_FACTOR", "3",
                "GYROSCOPS_MIN_INSYNC_REPLICAS", "1",
                "GYROSCOPS_RETENTION", "P7D")));

        assertThat(settings).isEqualTo(new TopicSettings("acme.", 12, 3, 1, Duration.ofDays(7), Duration.ofDays(7)));
    }

    @Test
    void anEmptyEnvironmentMeansOneBroker() {
        assertThat(TopicSettings.from(new Environment(Map.of()))).isEqualTo(TopicSettings.single(6));
    }

    @Test
    void oneReplicaLessThanAllMustBeInSync() {
        var settings = TopicSettings.from(new Environment(Map.of("GYROSCOPS_REPLICATION_FACTOR", "3")));

        assertThat(settings.minInSyncReplicas()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "GYROSCOPS_TOPIC_PREFIX, a/b, topic prefix \"a/b\"",
        "GYROSCOPS_PARTITIONS, 0, GYROSCOPS_PARTITIONS is \"0\"",
        "GYROSCOPS_REPLICATION_FACTOR, 10, GYROSCOPS_REPLICATION_FACTOR is \"10\"",
        "GYROSCOPS_MIN_INSYNC_REPLICAS, 2, GYROSCOPS_MIN_INSYNC_REPLICAS is \"2\"",
        "GYROSCOPS_RETENTION, soon, GYROSCOPS_RETENTION is \"soon\""
    })
    void aBadVariableIsNamed(String variable, String value, String message) {
        assertThatThrownBy(() -> TopicSettings.from(new Environment(Map.of(variable, value))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource({
        "'a b', 3, 1, 1, PT1S, 'topic prefix \"a b\"'",
        "'', 0, 1, 1, PT1S, partitions is 0",
        "'', 1001, 1, 1, PT1S, partitions is 1001",
        "'', 3, 0, 1, PT1S, replication factor is 0",
        "'', 3, 10, 1, PT1S, replication factor is 10",
        "'', 3, 2, 3, PT1S, min in-sync replicas is 3",
        "'', 3, 2, 0, PT1S, min in-sync replicas is 0",
        "'', 3, 1, 1, PT0S, retention is PT0S",
        "'', 3, 1, 1, -PT1S, retention is PT-1S"
    })
    void aBadValueIsNamed(String prefix, int partitions, int replicas, int inSync, Duration retention, String message) {
        assertThatThrownBy(() -> new TopicSettings(prefix, partitions, replicas, inSync, retention, Duration.ofDays(7)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
