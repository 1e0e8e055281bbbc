package cloud.gyroscops.connectors.stripe;

import static cloud.gyroscops.connectors.target.TestRequests.unlimited;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.gyroscops.connectors.stripe.simulator.SimulatorSettings;
import cloud.gyroscops.connectors.stripe.simulator.StripeSimulator;
import cloud.gyroscops.connectors.target.Requests;
import cloud.gyroscops.connectors.target.TargetException;
import cloud.gyroscops.contract.mirror.MirrorTarget;
import cloud.gyroscops.contract.payment.CaptureMethod;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StripeHttpTest {

    @Test
    @Timeout(20)
    void anAnswerWhoseBodyStallsIsGivenUpInTime() throws Exception {
        var over = new CountDownLatch(1);
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var threads = Executors.newCachedThreadPool();
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        });
        server.start();
        var settings = new StripeSettings(
                "sk_test_x",
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
                List.of(),
                Duration.ofSeconds(300),
                Duration.ofMillis(300),
                Set.of());
        try (var target = new StripeTarget(settings, Clock.systemUTC(), unlimited(MirrorTarget.STRIPE))) {
            assertThatThrownBy(() -> target.list(Optional.empty()))
                    .isInstanceOfSatisfying(TargetException.Unavailable.class, e -> assertThat(e.code())
                            .isEqualTo("time_out"));
        } finally {
            over.countDown();
            server.stop(0);
            threads.shutdownNow();
        }
    }

    @Test
    void whereErrorsAreRememberedUnderSeveralKeysThereIsAnotherOne() throws Exception {
        var keys = new ArrayList<String>();
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            boolean makes = exchange.getRequestMethod().equals("POST");
            boolean intent = exchange.getRequestURI().getPath().equals("/v1/payment_intents");
            if (makes && intent) {
                keys.add(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
            }
            boolean spent = makes && intent && keys.size() < 4;
            if (spent) {
                exchange.getResponseHeaders().add("Idempotent-Replayed", "true");
            }
            var body = spent
                    ? "{\"error\":{\"type\":\"api_error\",\"message\":\"unknown\"}}"
                    : !makes
                            ? "{\"object\":\"list\",\"data\":[],\"has_more\":false}"
                            : intent
                                    ? "{\"id\":\"pi_1\",\"object\":\"payment_intent\",\"status\":\"requires_payment_method\","
                                            + "\"amount\":1050,\"currency\":\"eur\",\"metadata\":{}}"
                                    : "{\"id\":\"cus_1\",\"object\":\"customer\",\"metadata\":{}}";
            exchange.sendResponseHeaders(spent ? 500 : 200, body.length());
            exchange.getResponseBody().write(body.getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        server.start();
        var url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        try (var target = new StripeTarget(
                new StripeSettings("sk_test_x", url, List.of()), Clock.systemUTC(), unlimited(MirrorTarget.STRIPE))) {
            var life = new PaymentLife(target, "p-1");
            life.ask(PaymentLife.create(1050, "EUR", CaptureMethod.AUTOMATIC));

            assertThat(life.intentId()).isEqualTo("pi_1");
            var first = keys.get(0);
            assertThat(keys).containsExactly(first, first + ":2", first + ":3", first + ":4");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void everyRequestWaitsForItsTurnAndIsCounted() throws Exception {
        var meters = new SimpleMeterRegistry();
        try (var simulator = StripeSimulator.start(SimulatorSettings.defaults());
                var target = new StripeTarget(
                        new StripeSettings(SimulatorSettings.API_KEY, URI.create(simulator.url()), List.of()),
                        Clock.systemUTC(),
                        new Requests(MirrorTarget.STRIPE, 10, meters))) {
            target.list(Optional.empty());
            long since = System.nanoTime();
            for (int request = 0; request < 4; request++) {
                target.list(Optional.empty());
            }

            // The turn of this tenth of a second may be left, and the next one's comes at once.
            assertThat(Duration.ofNanos(System.nanoTime() - since)).isGreaterThan(Duration.ofMillis(200));
        }
        assertThat(meters.get("api_calls")
                        .tags("target", "stripe", "operation", "payment_intents.list", "status", "200")
                        .counter()
                        .count())
                .isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "30, 30", "3600, 3600", "3601, 3600", "99999999999999999999999, 3600"})
    void nobodyIsLeftAloneForMoreThanAnHour(String asked, long seconds) {
        assertThat(StripeHttp.seconds(asked)).contains(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "1.5", "Wed, 21 Oct 2026 07:28:00 GMT"})
    void whatIsNoNumberOfSecondsIsNotHeeded(String asked) {
        assertThat(StripeHttp.seconds(asked)).isEmpty();
    }
}
