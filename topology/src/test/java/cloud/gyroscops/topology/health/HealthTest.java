package cloud.gyroscops.topology.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class HealthTest {

    @Test
    void checksAreToldInTheOrderOfTheirNames() {
        var health = new Health(Map.of("b", () -> true, "a", () -> true, "c", () -> true), Map.of());

        assertThat(health.live().json()).isEqualTo("{\"status\":\"UP\",\"checks\":{\"a\":true,\"b\":true,\"c\":true}}");
    }

    @Test
    void oneThatDoesNotHoldIsEnoughToBeDown() {
        var health = new Health(Map.of(), Map.of("a", () -> true, "b", () -> false));

        assertThat(health.readiness())
                .isEqualTo(new Health.Verdict(false, "{\"status\":\"DOWN\",\"checks\":{\"a\":true,\"b\":false}}"));
    }
}
