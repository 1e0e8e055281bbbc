package cloud.gyroscops.query.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.Javalin;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceContextTest {

    private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    private static Javalin http;

    @BeforeAll
    static void serve() {
        http = Javalin.create(config -> config.routes.get(
                "/", ctx -> ctx.result(TraceContext.of(ctx).traceparent().orElse("none"))));
        http.start("127.0.0.1", 0);
    }

    @AfterAll
    static void stop() {
        http.stop();
    }

    @Test
    void aTraceIsTakenOver() throws Exception {
        assertThat(taken("traceparent", TRACE)).isEqualTo(TRACE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
                TRACE + "-00"
            })
    void aMalformedOneIsPassedOver(String trace) throws Exception {
        assertThat(taken("traceparent", trace)).isEqualTo("none");
    }

    @Test
    void whoSendsNoneHasNone() throws Exception {
        assertThat(taken("X-Request-Id", "r-1")).isEqualTo("none");
    }

    private static String taken(String header, String value) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + http.port() + "/"))
                .header(header, value)
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }
}
