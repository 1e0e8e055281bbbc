package cloud.gyroscops.query.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class HealthTest {

    @Test
    void checksAreToldInTheOrderOfTheirNames() {
        var health = new Health(Map.of("b", () -> true, "a", () -> true, "c", () -> true), Map.of());

        assertThat(health.alive().keySet()).containsExactly("a", "b", "c");
    }
}
