package cloud.gyroscops.query.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.gyroscops.schemas.settings.Environment;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeedSettingsTest {

    @Test
    void anEmptyEnvironmentMeansTheUsual() {
        assertThat(FeedSettings.from(new Environment(Map.of()))).isEqualTo(FeedSettings.DEFAULT);
    }

    @Test
    void theEnvironmentSaysHowTheFeedIsServed() {
        var environment = new Environment(
                Map.of("GYROSCOPS_FEED_READERS", "7", "GYROSCOPS_FEED_QUEUE", "8", "GYROSCOPS_FEED_HEARTBEAT", "PT9S"));

        assertThat(FeedSettings.from(environment)).isEqualTo(new FeedSettings(7, 8, Duration.ofSeconds(9)));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1, PT1S, feed readers is 0",
        "10001, 1, PT1S, feed readers is 10001",
        "1, 0, PT1S, feed queue is 0",
        "1, 1000001, PT1S, feed queue is 1000001",
        "1, 1, PT0S, feed heartbeat is PT0S",
        "1, 1, PT21S, feed heartbeat is PT21S"
    })
    void aValueOutOfBoundsIsNamed(int readers, int queue, Duration heartbeat, String message) {
        assertThatThrownBy(() -> new FeedSettings(readers, queue, heartbeat))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
