package cloud.gyroscops.connectors.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.gyroscops.contract.mirror.MirrorTarget;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How requests to a target are held back, and counted. */
final class RequestsTest {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void thereAreNoMoreInASecondThanThereMayBe() throws Exception {
        var requests = new Requests(MirrorTarget.STRIPE, 50, meters);
        requests.begin();
        long since = System.nanoTime();
        for (int request = 0; request < 25; request++) {
            requests.begin();
        }

        // The share of the tenth of a second in which the first one came may be left, and that of the last is whole.
        assertThat(Duration.ofNanos(System.nanoTime() - since)).isGreaterThan(Duration.ofMillis(300));
    }

    @Test
    void whoIsInterruptedMakesNoRequest() {
        var requests = new Requests(MirrorTarget.STRIPE, 1, meters);

        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> {
                    requests.begin();
                    requests.begin();
                })
                .isInstanceOf(InterruptedException.class)
                .hasMessage("interrupted before a request to stripe");
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void eachIsCountedByWhatItDoesAndWhatCameOfIt() throws Exception {
        var requests = new Requests(MirrorTarget.KEYCLOAK, 1_000, meters);
        requests.ended("users.put", 204, requests.begin());
        requests.ended("users.put", 204, requests.begin());
        requests.ended("users.put", 0, requests.begin());

        assertThat(count("204")).isEqualTo(2);
        assertThat(count("none")).isEqualTo(1);
        assertThat(meters.get("api_call_duration")
                        .tags("target", "keycloak", "operation", "users.put")
                        .timer()
                        .count())
                .isEqualTo(3);
    }

    private double count(String status) {
        return meters.get("api_calls")
                .tags("target", "keycloak", "operation", "users.put", "status", status)
                .counter()
                .count();
    }
}
