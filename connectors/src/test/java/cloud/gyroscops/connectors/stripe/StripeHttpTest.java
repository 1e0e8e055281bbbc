package cloud.gyroscops.connectors.stripe;

import static cloud.gyroscops.connectors.target.TestRequests.unlimited;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.gyroscops.connectors.stripe.simulator.SimulatorSettings;
import cloud.gyroscops.connectors.stripe.simulator.StripeSimulator;
import cloud.gyroscops.connectors.target.Requests;
import cloud.gyroscops.connectors.target.TargetException;
import cloud.gyroscops.contract.mirror.MirrorTarget;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
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
    void everyRequestWaitsForItsTurnAndIsCounted() throws Exception {
        var meters = new SimpleMeterRegistry();
        try (var simulator = StripeSimulator.start(SimulatorSettings.defaults());
                var target = new StripeTarget(
                        new StripeSettings(SimulatorSettings.API_KEY, URI.create(simulator.url()), List.of()),
                        Clock.systemUTC(),
                        new Requests(MirrorTarget.STRIPE, 10, meters))) {
            target.list(Optional.empty());
            long since = System.nanoTime();
            for (int request = 0; request < 3; request++) {
                target.list(Optional.empty());
            }

            assertThat(Duration.ofNanos(System.nanoTime() - since)).isGreaterThan(Duration.ofMillis(200));
        }
        assertThat(meters.get("api_calls")
                        .tags("target", "stripe", "operation", "payment_intents.list", "status", "200")
                        .counter()
                        .count())
                .isEqualTo(4);
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
