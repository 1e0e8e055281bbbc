package cloud.gyroscops.connectors.stripe.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.stripe.StripeClient;
import com.stripe.param.PaymentIntentConfirmParams;
import com.stripe.param.PaymentIntentCreateParams;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StripeSimulatorTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String INTENT = "amount=1000&currency=eur&capture_method=manual&metadata[order]=a%26b";

    private final HttpClient client = HttpClient.newHttpClient();
    private final Ticking clock = new Ticking();
    private StripeSimulator simulator;

    /** A clock that is set by hand. */
    private static final class Ticking extends Clock {
        private volatile Instant now = Instant.parse("2026-06-01T12:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    @BeforeEach
    void start() {
        simulator = StripeSimulator.start(SimulatorSettings.defaults().withClock(clock));
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    private HttpResponse<String> call(String method, String path, String form, Map<String, String> headers)
            throws Exception {
        var request = HttpRequest.newBuilder(URI.create(simulator.url() + path))
                .header("Authorization", "Bearer " + SimulatorSettings.API_KEY)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .method(method, HttpRequest.BodyPublishers.ofString(form));
        headers.forEach(request::setHeader);
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String form) throws Exception {
        return call("POST", path, form, Map.of());
    }

    private JsonNode made(String path, String form) throws Exception {
        var answer = post(path, form);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private JsonNode got(String path) throws Exception {
        return JSON.readTree(call("GET", path, "", Map.of()).body());
    }

    private static String id(JsonNode object) {
        return object.path("id").asText();
    }

    private static JsonNode error(HttpResponse<String> answer) throws IOException {
        return JSON.readTree(answer.body()).path("error");
    }

    @Test
    void anIntentLooksLikeStripesAndIsReadByItsOwnLibrary() throws Exception {
        var stripe = StripeClient.builder()
                .setApiKey(SimulatorSettings.API_KEY)
                .setApiBase(simulator.url())
                .build();
        var made = stripe.v1()
                .paymentIntents()
                .create(PaymentIntentCreateParams.builder()
                        .setAmount(1000L)
                        .setCurrency("eur")
                        .putMetadata("a", "b c")
                        .build());
        var paid = stripe.v1()
                .paymentIntents()
                .confirm(
                        made.getId(),
                        PaymentIntentConfirmParams.builder()
                                .setPaymentMethod("pm_card_visa")
                                .addExpand("latest_charge")
                                .build());

        assertThat(made.getStatus()).isEqualTo("requires_payment_method");
        assertThat(made.getMetadata()).containsExactly(Map.entry("a", "b c"));
        assertThat(paid.getStatus()).isEqualTo("succeeded");
        assertThat(paid.getLatestChargeObject().getAmountCaptured()).isEqualTo(1000);
        assertThat(paid.getLatestChargeObject().getMetadata()).containsEntry("a", "b c");
    }

    @Test
    void theSameKeyAndParametersGetTheSameAnswer() throws Exception {
        var key = Map.of("Idempotency-Key", "k-1");
        var first = call("POST", "/v1/payment_intents", INTENT, key);
        var again = call("POST", "/v1/payment_intents", INTENT, key);
        var other = call("POST", "/v1/payment_intents", INTENT + "&description=x", key);

        assertThat(again.body()).isEqualTo(first.body());
        assertThat(first.headers().firstValue("Idempotent-Replayed")).isEmpty();
        assertThat(again.headers().firstValue("Idempotent-Replayed")).contains("true");
        assertThat(other.statusCode()).isEqualTo(400);
        assertThat(error(other).path("type").asText()).isEqualTo("idempotency_error");
        assertThat(simulator.intents(Map.of())).hasSize(1);
    }

    @Test
    void keysAreForgottenAfterADay() throws Exception {
        var key = Map.of("Idempotency-Key", "k-1");
        call("POST", "/v1/payment_intents", INTENT, key);
        clock.now = clock.now.plus(Duration.ofHours(25));
        call("POST", "/v1/payment_intents", INTENT, key);

        assertThat(simulator.intents(Map.of())).hasSize(2);
    }

    @Test
    void wrongParametersAreNotRemembered() throws Exception {
        var key = Map.of("Idempotency-Key", "k-1");
        assertThat(call("POST", "/v1/payment_intents", "currency=eur", key).statusCode())
                .isEqualTo(400);
        assertThat(call("POST", "/v1/payment_intents", INTENT, key).statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/payment_intents, currency=eur, 400, parameter_missing",
        "/v1/payment_intents, amount=x&currency=eur, 400, parameter_invalid_integer",
        "/v1/payment_intents, amount=1&currency=eur, 400, amount_too_small",
        "/v1/payment_intents, amount=100000000&currency=eur, 400, amount_too_large",
        "/v1/payment_intents, amount=1001&currency=kwd, 400, parameter_invalid_integer",
        "/v1/payment_intents, amount=150&currency=isk, 400, parameter_invalid_integer",
        "/v1/payment_intents, amount=100&currency=abc, 400, currency_not_supported",
        "/v1/payment_intents, amount=100&currency=eur&customer=cus_0, 404, resource_missing",
        "/v1/payment_intents, amount=100&currency=eur&colour=red, 400, parameter_unknown",
        "/v1/payment_intents/pi_0/capture, '', 404, resource_missing",
        "/v1/refunds, payment_intent=pi_0, 404, resource_missing"
    })
    void errorsHaveStripesShape(String path, String form, int status, String code) throws Exception {
        var answer = post(path, form);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(error(answer).path("code").asText()).isEqualTo(code);
        assertThat(error(answer).path("type").asText()).isEqualTo("invalid_request_error");
        assertThat(answer.body()).contains("\n  \"error\"");
    }

    @Test
    void nobodyIsServedWithoutTheKey() throws Exception {
        var answer = call("GET", "/v1/payment_intents", "", Map.of("Authorization", "Bearer sk_test_other"));

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).doesNotContain("sk_test_other");
        assertThat(call("GET", "/v1/nothing", "", Map.of()).statusCode()).isEqualTo(404);
    }

    @Test
    void anIntentIsAuthorizedCapturedAndRefunded() throws Exception {
        var id = id(made("/v1/payment_intents", INTENT));
        assertThat(error(post("/v1/payment_intents/" + id + "/capture", ""))
                        .path("code")
                        .asText())
                .isEqualTo("payment_intent_unexpected_state");
        simulator.pay(id, Payment.PAID);
        assertThat(got("/v1/payment_intents/" + id).path("status").asText()).isEqualTo("requires_capture");

        assertThat(made("/v1/payment_intents/" + id + "/capture", "")
                        .path("amount_received")
                        .asLong())
                .isEqualTo(1000);
        assertThat(error(post("/v1/payment_intents/" + id + "/cancel", ""))
                        .path("payment_intent")
                        .path("status")
                        .asText())
                .isEqualTo("succeeded");
        made("/v1/refunds", "payment_intent=" + id + "&amount=400");
        assertThat(post("/v1/refunds", "payment_intent=" + id + "&amount=601").statusCode())
                .isEqualTo(400);
        made("/v1/refunds", "payment_intent=" + id);

        assertThat(error(post("/v1/refunds", "payment_intent=" + id))
                        .path("code")
                        .asText())
                .isEqualTo("charge_already_refunded");
        assertThat(got("/v1/refunds?payment_intent=" + id).path("data")).hasSize(2);
    }

    @Test
    void aDeclinedCardIsA402() throws Exception {
        var id = id(made("/v1/payment_intents", INTENT));
        var answer = post("/v1/payment_intents/" + id + "/confirm", "payment_method=pm_card_chargeDeclined");

        assertThat(answer.statusCode()).isEqualTo(402);
        assertThat(error(answer).path("type").asText()).isEqualTo("card_error");
        assertThat(got("/v1/payment_intents/" + id).path("status").asText()).isEqualTo("requires_payment_method");
    }

    @Test
    void intentsAreListedAndSearched() throws Exception {
        var customer = id(made("/v1/customers", "metadata[org]=o-1"));
        var first = id(made("/v1/payment_intents", INTENT + "&customer=" + customer));
        clock.now = clock.now.plusSeconds(10);
        var second = id(made("/v1/payment_intents", INTENT));

        assertThat(got("/v1/payment_intents?limit=1")
                        .path("data")
                        .get(0)
                        .path("id")
                        .asText())
                .isEqualTo(second);
        assertThat(got("/v1/payment_intents?limit=1").path("has_more").asBoolean())
                .isTrue();
        assertThat(id(got("/v1/payment_intents?starting_after=" + second)
                        .path("data")
                        .get(0)))
                .isEqualTo(first);
        assertThat(got("/v1/payment_intents?customer=" + customer).path("data")).hasSize(1);
        assertThat(got("/v1/payment_intents?created[gte]=" + clock.now.getEpochSecond())
                        .path("data"))
                .hasSize(1);
        assertThat(got("/v1/payment_intents/search?query=metadata%5B%27order%27%5D%3A%27a%26b%27")
                        .path("data"))
                .hasSize(2);
        assertThat(got("/v1/customers/search?query=metadata%5B%22org%22%5D%3A%22o-1%22")
                        .path("data"))
                .hasSize(1);
        assertThat(got("/v1/payment_intents/" + first + "?expand[]=customer")
                        .path("customer")
                        .path("metadata")
                        .path("org")
                        .asText())
                .isEqualTo("o-1");
    }

    @Test
    void faultsComeAsPlannedOrByTheSameChances() throws Exception {
        simulator.faults().next(Fault.RATE_LIMIT, 1).next(Fault.SERVER_ERROR, 1);
        var limited = post("/v1/payment_intents", INTENT);
        assertThat(limited.statusCode()).isEqualTo(429);
        assertThat(limited.headers().firstValue("Retry-After")).contains("1");
        assertThat(post("/v1/payment_intents", INTENT).statusCode()).isEqualTo(500);
        assertThat(simulator.intents(Map.of())).isEmpty();

        simulator.faults().next(Fault.DROP_AFTER_EFFECT, 1);
        assertThatThrownBy(() -> post("/v1/payment_intents", INTENT)).isInstanceOf(IOException.class);
        assertThat(simulator.intents(Map.of())).hasSize(1);

        var one = new Faults(7).probability(Fault.RATE_LIMIT, 0.5);
        var other = new Faults(7).probability(Fault.RATE_LIMIT, 0.5);
        for (int i = 0; i < 100; i++) {
            assertThat(one.draw("/")).isEqualTo(other.draw("/"));
        }
        assertThatThrownBy(() -> one.probability(Fault.SERVER_ERROR, 0.6)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void callsTakeAsLongAsTheyShould() throws Exception {
        simulator.latency(Duration.ofMillis(50));
        long begin = System.nanoTime();
        post("/v1/payment_intents", INTENT);

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(Duration.ofMillis(50));
    }

    @Test
    void aCustomerPaysByItself() throws Exception {
        simulator.close();
        simulator = StripeSimulator.start(SimulatorSettings.defaults().payingAfter(Duration.ofMillis(10)));
        var id = id(made("/v1/payment_intents", "amount=1000&currency=eur"));

        await().atMost(Duration.ofSeconds(60))
                .until(() ->
                        got("/v1/payment_intents/" + id).path("status").asText().equals("succeeded"));
    }

    @Test
    void itsStateSurvivesAStart(@TempDir Path directory) throws Exception {
        var settings = SimulatorSettings.defaults().keptIn(directory.resolve("stripe/state.json"));
        simulator.close();
        simulator = StripeSimulator.start(settings);
        simulator.webhooks().hold();
        var key = Map.of("Idempotency-Key", "k-1");
        var id = id(
                JSON.readTree(call("POST", "/v1/payment_intents", INTENT, key).body()));
        simulator.pay(id, Payment.PAID);
        simulator.close();
        simulator = StripeSimulator.start(settings);

        assertThat(got("/v1/payment_intents/" + id).path("status").asText()).isEqualTo("requires_capture");
        assertThat(id(JSON.readTree(
                        call("POST", "/v1/payment_intents", INTENT, key).body())))
                .isEqualTo(id);
        assertThat(simulator.webhooks().waiting()).isEqualTo(3);
    }

    @Test
    void itShowsNoSecret() {
        assertThat(SimulatorSettings.defaults().toString()).doesNotContain("sk_", "whsec");
    }
}
