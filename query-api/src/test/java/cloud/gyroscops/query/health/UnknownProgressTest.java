package cloud.gyroscops.query.health;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.topology.health.Health;
import cloud.gyroscops.topology.view.ViewProgress;
import cloud.gyroscops.topology.view.partition.Side;
import cloud.gyroscops.topology.view.version.VersionProgress;
import io.javalin.Javalin;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What is not known is not told, rather than told to be nothing. */
class UnknownProgressTest {

    private static final Instant LOOK = Instant.parse("2026-01-01T12:00:00Z");

    private static final List<ViewProgress> PARTITIONS = List.of(
            partition(0, OptionalLong.of(7), Optional.of(LOOK)),
            partition(1, OptionalLong.empty(), Optional.of(LOOK)),
            partition(2, OptionalLong.empty(), Optional.empty()));

    private static ViewProgress partition(int number, OptionalLong records, Optional<Instant> lookedAt) {
        return new ViewProgress(
                Side.BY_ID, number, ViewProgress.Role.WORKING, records, records, Optional.empty(), lookedAt);
    }

    @Test
    void readinessLeavesItOut() throws Exception {
        var health = new HealthResource(new Health(Map.of(), Map.of()), () -> PARTITIONS.stream()
                .map(partition -> new VersionProgress(1, true, partition))
                .toList());
        var server = Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    config.routes.get("/health/ready", health::ready);
                })
                .start("127.0.0.1", 0);
        try {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/health/ready"))
                    .build();
            assertThat(HttpClient.newHttpClient()
                            .send(request, HttpResponse.BodyHandlers.ofString())
                            .body())
                    .contains("\"partition\":0,\"role\":\"WORKING\",\"lagRecords\":7,\"toLoadRecords\":7,"
                            + "\"lookedAt\":\"2026-01-01T12:00:00Z\"}")
                    .contains("\"partition\":1,\"role\":\"WORKING\",\"lookedAt\":\"2026-01-01T12:00:00Z\"}")
                    .contains("\"partition\":2,\"role\":\"WORKING\"}");
        } finally {
            server.stop();
        }
    }

    @Test
    void aGaugeIsNotANumber() {
        var meters = new SimpleMeterRegistry();

        new ProgressMetrics(1, () -> PARTITIONS, 4).register(meters);

        assertThat(lag(meters, 0)).isEqualTo(7);
        assertThat(lag(meters, 1)).isNaN();
        assertThat(lag(meters, 3)).isNaN();
    }

    private static double lag(SimpleMeterRegistry meters, int partition) {
        return meters.get("gyroscops.views.lag.records")
                .tag("side", "BY_ID")
                .tag("partition", Integer.toString(partition))
                .gauge()
                .value();
    }
}
