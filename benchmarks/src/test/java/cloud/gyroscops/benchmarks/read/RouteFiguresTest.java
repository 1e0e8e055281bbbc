package cloud.gyroscops.benchmarks.read;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class RouteFiguresTest {

    private final RouteFigures figures = new RouteFigures(
            new Route("user", () -> "/users/u-1"),
            700,
            List.of(round(1_000, 4_000, 1), round(3_000, 4_000, 3), round(2_000, 4_000, 2)),
            0);

    @Test
    void roundsAreToldByTheirMedianAndLatenciesAllTogether() {
        assertThat(figures.most()).isEqualTo(2_000);
        assertThat(figures.ratio()).isEqualTo(0.5);
        assertThat(figures.latency().getTotalCount()).isEqualTo(3);
        assertThat(Measurement.percentile(figures.latency(), 50)).isBetween(1.99, 2.01);
        assertThat(Measurement.percentile(figures.latency(), 99)).isBetween(2.99, 3.01);
    }

    @Test
    void jsonAndTextTellTheSame() {
        var json = new ObjectMapper().createObjectNode();
        figures.writeTo(json);

        assertThat(json.get("perSecond").asLong()).isEqualTo(2_000);
        assertThat(json.get("barePerSecond").asLong()).isEqualTo(4_000);
        assertThat(json.get("failed").asLong()).isEqualTo(3);
        assertThat(json.get("ms").get("p99").asDouble()).isEqualTo(3);
        assertThat(figures.toString()).contains("2000/s", "p99    3.00", "3 FAILED");
    }

    private static RouteFigures.Round round(double most, double bareMost, int ms) {
        return new RouteFigures.Round(
                measurement(most, ms, 1), measurement(bareMost, ms, 0), measurement(1, ms, 0), measurement(1, ms, 0));
    }

    private static Measurement measurement(double perSecond, int ms, long failed) {
        var latency = Reader.histogram();
        latency.recordValue(ms * 1_000_000L);
        return new Measurement(perSecond, latency, failed, 700);
    }
}
