package cloud.gyroscops.topology.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HealthServerTest {

    private static final HealthSettings ANYWHERE = new HealthSettings("127.0.0.1", 0);

    private static final Duration SOON = Duration.ofSeconds(10);

    private final AtomicBoolean running = new AtomicBoolean();
    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Health health = new Health(Map.of("commands", () -> true), Map.of("commands", running::get));
    private final HttpClient http = HttpClient.newHttpClient();
    private HealthServer server;

    @BeforeEach
    void start() {
        server = new HealthServer(ANYWHERE, health, meters);
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void itLivesBeforeItIsReady() throws Exception {
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
        assertThat(get("/health/ready").statusCode()).isEqualTo(503);

        running.set(true);

        assertThat(get("/health/ready").statusCode()).isEqualTo(200);
        assertThat(get("/health/ready").body()).isEqualTo("{\"status\":\"UP\",\"checks\":{\"commands\":true}}");
    }

    @Test
    void whatIsCountedCanBeScraped() throws Exception {
        meters.counter("gyroscops.commands", "aggregate", "users").increment();

        assertThat(get("/metrics").body()).contains("gyroscops_commands_total{aggregate=\"users\"} 1");
    }

    @Test
    void aRequestThatDoesNotComeToItsEndKeepsNobodyWaiting() throws Exception {
        try (var halfOpen = new Socket("127.0.0.1", server.port())) {
            halfOpen.getOutputStream().write("GET /health".getBytes(StandardCharsets.US_ASCII));
            halfOpen.getOutputStream().flush();

            for (int i = 0; i < 20; i++) {
                assertThat(get("/health/live").statusCode()).isEqualTo(200);
            }
        }
    }

    @Test
    void nothingElseIsThere() throws Exception {
        assertThat(get("/").statusCode()).isEqualTo(404);
        assertThat(get("/metrics/all").statusCode()).isEqualTo(404);
    }

    @Test
    void nothingCanBeSent() throws Exception {
        var request = HttpRequest.newBuilder(uri("/health/live"))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();

        assertThat(http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(405);
    }

    @Test
    void aPortThatIsTakenIsNamed() {
        var taken = new HealthSettings("127.0.0.1", server.port());

        assertThatThrownBy(() -> new HealthServer(taken, health, meters))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("127.0.0.1:" + server.port());
    }

    private HttpResponse<String> get(String path) throws Exception {
        var request = HttpRequest.newBuilder(uri(path)).timeout(SOON).build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }
}
