package cloud.gyroscops.connectors.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.gyroscops.connectors.target.Change;
import cloud.gyroscops.connectors.target.Requests;
import cloud.gyroscops.connectors.target.Subject;
import cloud.gyroscops.connectors.target.TargetException;
import cloud.gyroscops.contract.mirror.MirrorTarget;
import cloud.gyroscops.contract.organization.OrganizationCreated;
import cloud.gyroscops.contract.organization.OrganizationState;
import cloud.gyroscops.contract.organization.OrganizationStatus;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.EventMessage;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A Keycloak that hands out tokens and then does not serve. */
class UnavailableKeycloakTest {

    private static final String TOKEN =
            "{\"access_token\":\"a-token\",\"expires_in\":60,\"refresh_expires_in\":600,\"refresh_token\":\"r\"}";
    private static final Subject ACME = new Subject(
            Aggregate.ORGANIZATIONS,
            "o-1",
            "o-1",
            1,
            new OrganizationState(OrganizationStatus.ACTIVE, "Acme", null),
            Optional.empty(),
            Map.of(),
            Optional.empty());

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<String> traces = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch over = new CountDownLatch(1);
    private HttpServer server;
    private KeycloakTarget target;
    private volatile int status;
    private volatile String body;
    private volatile int asked;

    @BeforeEach
    void starts() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/realms", exchange -> answer(exchange, 200, TOKEN));
        server.createContext("/admin", this::refuse);
        server.start();
        target = target(KeycloakSettings.of(url(), "admin", "hush"));
    }

    private KeycloakTarget target(KeycloakSettings settings) {
        return new KeycloakTarget(settings, new Requests(MirrorTarget.KEYCLOAK, 100_000, meters));
    }

    private URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @AfterEach
    void stops() {
        over.countDown();
        target.close();
        server.stop(0);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 408, 429, 500, 502, 503})
    void nobodyIsServed(int answer) {
        status = answer;
        body = "{\"error\":\"busy\"}";
        assertThatThrownBy(this::mirror)
                .isInstanceOfSatisfying(TargetException.Unavailable.class, unavailable -> {
                    assertThat(unavailable.status()).isEqualTo(OptionalInt.of(answer));
                    assertThat(unavailable.code()).isEqualTo("HTTP_" + answer);
                    assertThat(unavailable.retryAfter()).contains(Duration.ofSeconds(7));
                })
                .hasMessageContaining("busy")
                .hasMessageNotContaining("a-token");
        assertThat(asked).isEqualTo(answer == 401 ? 2 : 1);
        // The request for the token, in the middle of another, is one of its own.
        assertThat(counted("organizations.get", Integer.toString(answer))).isEqualTo(asked);
        assertThat(counted("token.post", "200")).isEqualTo(asked);
        assertThat(counted("organizations.get", "none")).isZero();
    }

    @Test
    void aBadRequestIsRefusedForGood() {
        status = 400;
        body = "{\"errors\":[{\"field\":\"email\",\"errorMessage\":\"error-invalid-email\"},{\"errorMessage\":\"b\"}]}";
        assertThatThrownBy(this::mirror)
                .isInstanceOf(TargetException.Refused.class)
                .hasMessage("Keycloak answered 400: email error-invalid-email; b");
    }

    @Test
    void aMissingRealmIsNoMissingObject() {
        status = 404;
        body = "{\"error\":\"Realm not found.\"}";
        assertThatThrownBy(this::mirror).isInstanceOf(TargetException.Unavailable.class);
    }

    @Test
    void noAnswerInTimeIsATimeOut() {
        target.close();
        // Closed with the rest: it gives its token back, which nobody answers as long as the request hangs.
        target = target(KeycloakSettings.of(url(), "admin", "hush").withTimeout(Duration.ofSeconds(1)));
        status = 0;
        assertThatThrownBy(this::mirror)
                .isInstanceOfSatisfying(TargetException.Unavailable.class, unavailable -> assertThat(unavailable.code())
                        .isEqualTo("TIMEOUT"));
    }

    @Test
    void noConnectionIsTold() {
        server.stop(0);
        assertThatThrownBy(this::mirror)
                .isInstanceOfSatisfying(TargetException.Unavailable.class, unavailable -> assertThat(unavailable.code())
                        .isEqualTo("CONNECTION"));
        assertThat(counted("token.post", "none")).isPositive();
    }

    @Test
    void whoIsInterruptedBeforeItsTurnSaysNothingOfKeycloak() throws Exception {
        status = 503;
        body = "";
        try (var slow = new KeycloakTarget(
                KeycloakSettings.of(url(), "admin", "hush"), new Requests(MirrorTarget.KEYCLOAK, 1, meters))) {
            // Brings the token, so that the next request has to wait for its turn, whenever it is made.
            assertThatThrownBy(() -> slow.list(Optional.empty())).isInstanceOf(TargetException.Unavailable.class);
            int before = asked;
            assertThatThrownBy(() -> {
                        for (int request = 0; request < 3; request++) {
                            Thread.currentThread().interrupt();
                            ask(slow);
                        }
                    })
                    .isInstanceOf(InterruptedException.class);
            assertThat(Thread.interrupted()).isFalse();
            assertThat(asked).isLessThan(before + 3);
        } finally {
            Thread.interrupted();
        }
    }

    /** One that has its turn at once is made, interrupted or not. */
    private static void ask(KeycloakTarget target) throws InterruptedException {
        try {
            target.list(Optional.empty());
        } catch (TargetException answered) {
            Thread.interrupted();
        }
    }

    private double counted(String operation, String status) {
        return meters.find("api_calls").tags("operation", operation, "status", status).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    @Test
    void theTraceGoesAlong() {
        status = 503;
        body = "";
        assertThatThrownBy(this::mirror).isInstanceOf(TargetException.Unavailable.class);
        assertThatThrownBy(() -> target.list(Optional.empty())).isInstanceOf(TargetException.Unavailable.class);
        assertThat(traces).containsExactly("00-trace", "none");
    }

    @Test
    void retryAfterIsSecondsOrADate() {
        var now = Instant.parse("2026-11-21T20:00:00Z");
        assertThat(Calls.retryAfter("3", now)).contains(Duration.ofSeconds(3));
        assertThat(Calls.retryAfter("Sat, 21 Nov 2026 20:00:09 GMT", now)).contains(Duration.ofSeconds(9));
        assertThat(Calls.retryAfter("Sat, 21 Nov 2026 19:00:00 GMT", now)).isEmpty();
        assertThat(Calls.retryAfter("soon", now)).isEmpty();
        assertThat(Calls.retryAfter("-5", now)).isEmpty();
        assertThat(Calls.retryAfter(null, now)).isEmpty();
    }

    @Test
    void nobodyWaitsForMoreThanAnHour() {
        var now = Instant.parse("2026-11-21T20:00:00Z");
        assertThat(List.of("3601", "99999", "99999999999999999999", "Sat, 21 Nov 2099 20:00:09 GMT"))
                .allSatisfy(header -> assertThat(Calls.retryAfter(header, now)).contains(Duration.ofHours(1)));
    }

    private void mirror() throws TargetException, InterruptedException {
        target.mirror(
                ACME, new Change(new EventMessage(null, new OrganizationCreated("Acme")), 1, Optional.of("00-trace")));
    }

    private void refuse(HttpExchange exchange) throws IOException {
        asked++;
        traces.add(Optional.ofNullable(exchange.getRequestHeaders().getFirst("traceparent"))
                .orElse("none"));
        if (status == 0) {
            await();
        }
        exchange.getResponseHeaders().add("Retry-After", "7");
        answer(exchange, status == 0 ? 503 : status, body == null ? "" : body);
    }

    private void await() {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        try (exchange) {
            var bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            if (bytes.length > 0) {
                exchange.getResponseBody().write(bytes);
            }
        }
    }
}
