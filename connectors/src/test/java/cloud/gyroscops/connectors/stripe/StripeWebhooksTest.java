package cloud.gyroscops.connectors.stripe;

import static cloud.gyroscops.connectors.stripe.PaymentLife.NOW;
import static cloud.gyroscops.connectors.stripe.PaymentLife.create;
import static cloud.gyroscops.connectors.target.TestRequests.unlimited;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cloud.gyroscops.connectors.stripe.simulator.Payment;
import cloud.gyroscops.connectors.stripe.simulator.SimulatorSettings;
import cloud.gyroscops.connectors.stripe.simulator.StripeSimulator;
import cloud.gyroscops.connectors.stripe.simulator.Webhooks;
import cloud.gyroscops.connectors.target.Fact;
import cloud.gyroscops.contract.mirror.MirrorTarget;
import cloud.gyroscops.contract.payment.CancelPayment;
import cloud.gyroscops.contract.payment.CaptureMethod;
import cloud.gyroscops.contract.payment.CapturePayment;
import cloud.gyroscops.contract.payment.PaymentStatus;
import cloud.gyroscops.contract.payment.RefundPayment;
import cloud.gyroscops.contract.payment.RefundStatus;
import cloud.gyroscops.contract.payment.RejectRefund;
import io.javalin.Javalin;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Webhooks of the simulator, over HTTP, until the payments agree with it. */
class StripeWebhooksTest {

    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final String SUCCEEDED = """
            {"id": "evt_1", "object": "event", "type": "payment_intent.succeeded", "api_version": "2020-08-27",
             "data": {"object": {"id": "pi_1", "object": "payment_intent", "status": "succeeded", "amount": 100,
               "amount_received": 100, "currency": "eur", "metadata": {"gyroscops_payment_id": "p-%d", "gyroscops_installation": "gyroscops"}}}}
            """;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ConcurrentLinkedQueue<Fact> facts = new ConcurrentLinkedQueue<>();
    private final List<String> unknown = new CopyOnWriteArrayList<>();
    private final AtomicBoolean kafkaIsDown = new AtomicBoolean();
    private final AtomicBoolean kafkaIsSlow = new AtomicBoolean();

    private StripeSimulator simulator;
    private StripeTarget target;
    private Javalin http;
    private PaymentLife life;

    @BeforeEach
    void start() {
        simulator = StripeSimulator.start(SimulatorSettings.defaults().withClock(CLOCK));
        var settings = new StripeSettings(
                SimulatorSettings.API_KEY,
                URI.create(simulator.url()),
                List.of("whsec_other", SimulatorSettings.WEBHOOK_SECRET));
        target = new StripeTarget(settings, CLOCK, unlimited(MirrorTarget.STRIPE));
        var webhooks = new StripeWebhooks(settings, target, (id, kind) -> unknown.add(kind + " " + id));
        var resource = new WebhookResource(
                webhooks,
                fact -> {
                    if (kafkaIsDown.get()) {
                        return CompletableFuture.failedFuture(new IllegalStateException("no broker"));
                    }
                    return kafkaIsSlow.get()
                            ? CompletableFuture.runAsync(
                                    () -> facts.add(fact), CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS))
                            : CompletableFuture.runAsync(() -> facts.add(fact));
                },
                CLOCK);
        http = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.routes.post("/webhooks/stripe", resource);
        });
        http.start("127.0.0.1", 0);
        simulator.webhooks().backoff(Duration.ofMillis(20));
        simulator.sendWebhooksTo(endpoint());
        life = new PaymentLife(target, "p-1");
    }

    @AfterEach
    void stop() {
        simulator.close();
        http.stop();
        target.close();
    }

    private URI endpoint() {
        return URI.create("http://127.0.0.1:" + http.port() + "/webhooks/stripe");
    }

    private void delivered() {
        await().atMost(Duration.ofSeconds(20)).until(() -> simulator.webhooks().waiting() == 0);
        facts.forEach(life::tell);
    }

    private HttpResponse<String> post(String body, String signature) throws Exception {
        var request = HttpRequest.newBuilder(endpoint()).POST(HttpRequest.BodyPublishers.ofString(body));
        if (signature != null) {
            request.header("Stripe-Signature", signature);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String signed(String body, Instant at) {
        return Webhooks.signature(body, at.getEpochSecond(), SimulatorSettings.WEBHOOK_SECRET);
    }

    @Test
    void aPaidPaymentIsCompletedAndTheMirrorSaysTheSame() throws Exception {
        life.ask(create(1050, "EUR", CaptureMethod.AUTOMATIC));
        simulator.pay(life.intentId(), Payment.PAID);
        delivered();

        assertThat(life.status()).isEqualTo(PaymentStatus.COMPLETED);
        assertThat(life.agrees()).isTrue();
        assertThat(life.compare().findings()).isEmpty();
    }

    @Test
    void aWholeLifeIsToldTheSameByAnswersAndWebhooks() throws Exception {
        life.ask(create(1050, "EUR", CaptureMethod.MANUAL));
        simulator.pay(life.intentId(), Payment.DECLINED);
        delivered();
        assertThat(life.status()).isEqualTo(PaymentStatus.FAILED);
        simulator.pay(life.intentId(), Payment.PAID);
        delivered();
        life.ask(new CapturePayment());
        life.ask(new RefundPayment("r-1", 50L));
        int before = life.facts();
        delivered();

        assertThat(life.facts()).isEqualTo(before);
        assertThat(life.status()).isEqualTo(PaymentStatus.COMPLETED);
        assertThat(life.refund(0).getStatus()).isEqualTo(RefundStatus.CONFIRMED);
        assertThat(life.agrees()).isTrue();
    }

    @Test
    void lateTwiceAndInTheWrongOrderIsHarmless() throws Exception {
        simulator.webhooks().hold();
        life.ask(create(1050, "EUR", CaptureMethod.MANUAL));
        simulator.pay(life.intentId(), Payment.PAID);
        simulator.dashboard().capture(life.intentId());
        simulator.dashboard().refund(life.intentId(), 50);
        simulator.webhooks().release(2);
        delivered();

        assertThat(life.status()).isEqualTo(PaymentStatus.COMPLETED);
        assertThat(life.state().getAmountReceived()).isEqualTo(1050);
        assertThat(life.state().getRefunds()).hasSize(1);
        assertThat(life.refund(0).getRefundId()).startsWith("re_");
        assertThat(life.agrees()).isTrue();
    }

    @Test
    void aRefundThatBouncesIsRejected() throws Exception {
        life.ask(create(1050, "EUR", CaptureMethod.AUTOMATIC));
        simulator.pay(life.intentId(), Payment.PAID);
        delivered();
        life.ask(new RefundPayment("r-1", 50L));
        simulator
                .dashboard()
                .settleRefund(
                        simulator.refundsOf(life.intentId()).get(0).path("id").asText(), false);
        delivered();

        assertThat(life.refund(0).getStatus()).isEqualTo(RefundStatus.REJECTED);
        assertThat(life.agrees()).isTrue();
    }

    @Test
    void whatIsCancelledInTheDashboardIsCancelled() throws Exception {
        life.ask(create(1050, "EUR", CaptureMethod.MANUAL));
        simulator.pay(life.intentId(), Payment.PAID);
        simulator.dashboard().cancel(life.intentId());
        delivered();

        assertThat(life.status()).isEqualTo(PaymentStatus.CANCELLED);
        assertThat(life.state().getRefunds()).isEmpty();
        assertThat(life.agrees()).isTrue();
    }

    @Test
    void ourOwnCancellationComesBackWithoutAnEvent() throws Exception {
        life.ask(create(1050, "EUR", CaptureMethod.AUTOMATIC));
        life.ask(new CancelPayment("changed my mind", null));
        var before = life.subject().version();
        delivered();

        assertThat(life.subject().version()).isEqualTo(before);
    }

    @Test
    void intentsOfOthersAreReportedAndNothingIsMadeOfThem() throws Exception {
        var foreign = simulator.dashboard().createForeign(500, "eur", Map.of());
        simulator.pay(foreign, Payment.PAID);
        simulator.dashboard().refund(foreign, 100);
        delivered();

        assertThat(facts).isEmpty();
        assertThat(unknown).isNotEmpty().containsOnly("payment_intent " + foreign);
    }

    @Test
    void whatKafkaDoesNotAcknowledgeIsSentAgain() throws Exception {
        kafkaIsDown.set(true);
        life.ask(create(1050, "EUR", CaptureMethod.AUTOMATIC));
        var body = SUCCEEDED.formatted(1);
        assertThat(post(body, signed(body, NOW)).statusCode()).isEqualTo(503);
        simulator.pay(life.intentId(), Payment.PAID);

        kafkaIsDown.set(false);
        delivered();

        assertThat(life.status()).isEqualTo(PaymentStatus.COMPLETED);
    }

    @Test
    void whatIsNotFromStripeIsRefused() throws Exception {
        var body = SUCCEEDED.formatted(1);

        for (var signature : new String[] {
            null, "t=1,v1=00", signed(body, NOW.minusSeconds(301)), signed(body, NOW.plusSeconds(301)), signed(" ", NOW)
        }) {
            var answer = post(body, signature);
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
            assertThat(answer.body()).contains("\"title\":\"Bad Request\"").doesNotContain("whsec");
        }
        assertThat(facts).isEmpty();
    }

    @Test
    void whatIsSignedAndNoEventIsRefused() throws Exception {
        for (var body : List.of("", "no JSON", "[]", "{}")) {
            assertThat(post(body, signed(body, NOW)).statusCode()).as(body).isEqualTo(400);
        }
    }

    @Test
    void whatDoesNotConcernPaymentsIsTakenInWhateverItHolds() throws Exception {
        for (var body : List.of(
                "{\"id\":\"evt_1\",\"type\":\"x\",\"data\":{}}",
                "{\"id\":\"evt_1\",\"object\":\"v2.core.event\",\"type\":\"v1.billing.meter.no_meter_found\"}",
                "{\"id\":\"evt_1\",\"type\":\"charge.refunded\",\"data\":7}")) {
            assertThat(post(body, signed(body, NOW)).statusCode()).as(body).isEqualTo(200);
        }
        assertThat(facts).isEmpty();
        assertThat(unknown).isEmpty();
    }

    @Test
    void whatConcernsPaymentsAndIsNotUnderstoodIsListed() throws Exception {
        for (var body : List.of(
                "{\"id\":\"evt_1\",\"type\":\"payment_intent.succeeded\"}",
                SUCCEEDED.formatted(1).replace("\"amount_received\": 100", "\"amount_received\": []"),
                SUCCEEDED.formatted(1).replace("\"eur\"", "\"isk\"").replace("100", "101"))) {
            assertThat(post(body, signed(body, NOW)).statusCode()).as(body).isEqualTo(200);
        }
        assertThat(facts).isEmpty();
        assertThat(unknown)
                .containsExactly("payment_intent.succeeded evt_1", "payment_intent pi_1", "payment_intent pi_1");
    }

    @Test
    void whatHasToBeAskedOfASlowStripeHoldsNothingElseUp() throws Exception {
        var refund = """
                {"id": "evt_2", "object": "event", "type": "refund.created", "api_version": "2020-08-27", "data": {"object":
                  {"id": "re_1", "object": "refund", "amount": 5, "currency": "eur", "payment_intent": "pi_1",
                   "status": "succeeded"}}}
                """;
        var plain = SUCCEEDED.formatted(1);
        simulator.latency(Duration.ofSeconds(60));
        var asking = new CopyOnWriteArrayList<CompletableFuture<Integer>>();
        var overtaking = new CopyOnWriteArrayList<CompletableFuture<Integer>>();

        // Once more if they came so slowly, or the machine stood still for so long, that too few were waiting.
        await().ignoreExceptions().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            IntStream.range(0, 120).forEach(i -> asking.add(answered(refund)));
            // Those that wait are answered 503 as well, but after 5 s.
            var full = sent(refund).get(2, TimeUnit.SECONDS);
            assertThat(full.statusCode()).isEqualTo(503);
            assertThat(full.headers().firstValue("Retry-After")).contains("1");
            var taken = answered(plain);
            overtaking.add(taken);
            // Before the first of those that wait gives up its place, which is after 5 s.
            taken.get(2, TimeUnit.SECONDS);
            assertThat(asking).anyMatch(answer -> !answer.isDone());
        });
        assertThat(overtaking).allSatisfy(answer -> assertThat(answer.get(20, TimeUnit.SECONDS))
                .isEqualTo(200));
        simulator.latency(Duration.ZERO);
        assertThat(asking).allSatisfy(answer -> assertThat(answer.get(20, TimeUnit.SECONDS))
                .isIn(200, 503));
    }

    private CompletableFuture<Integer> answered(String body) {
        return sent(body).thenApply(HttpResponse::statusCode);
    }

    private CompletableFuture<HttpResponse<String>> sent(String body) {
        var request = HttpRequest.newBuilder(endpoint())
                .header("Stripe-Signature", signed(body, NOW))
                .POST(HttpRequest.BodyPublishers.ofString(body));
        return client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void aRefundThatBouncedIsNotConfirmedByAnOlderEvent() throws Exception {
        life.ask(create(1050, "EUR", CaptureMethod.AUTOMATIC));
        simulator.pay(life.intentId(), Payment.PAID);
        delivered();
        life.ask(new RefundPayment("r-1", 50L));
        var made = simulator.refundsOf(life.intentId()).get(0);
        simulator.dashboard().settleRefund(made.path("id").asText(), false);
        delivered();
        facts.clear();
        var late = "{\"id\":\"evt_1\",\"object\":\"event\",\"type\":\"refund.updated\",\"created\":"
                + NOW.minus(Duration.ofHours(2)).getEpochSecond() + ",\"data\":{\"object\":" + made + "}}";

        assertThat(post(late, signed(late, NOW)).statusCode()).isEqualTo(200);

        assertThat(facts)
                .allSatisfy(fact -> assertThat(fact.command().payload()).isInstanceOf(RejectRefund.class));
    }

    @Test
    void aBodyOverTheLimitIsRefused() throws Exception {
        var body = " ".repeat(WebhookResource.LARGEST_BODY + 1);
        assertThat(post(body, signed(body, NOW)).statusCode()).isEqualTo(413);

        var chunked = HttpRequest.newBuilder(endpoint())
                .header("Stripe-Signature", signed(body, NOW))
                .POST(HttpRequest.BodyPublishers.ofInputStream(
                        () -> new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8))))
                .build();
        assertThat(client.send(chunked, HttpResponse.BodyHandlers.discarding()).statusCode())
                .isEqualTo(413);
        assertThat(facts).isEmpty();
    }

    @Test
    void twoHundredAtOnceDoNotWaitForOneAnother() {
        kafkaIsSlow.set(true);

        long begin = System.nanoTime();
        deliver(200);

        // One after the other they would take 200 s, eight at a time 25 s.
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(15));
        assertThat(facts).hasSize(200);
    }

    private void deliver(int count) {
        var answers = IntStream.range(0, count)
                .mapToObj(SUCCEEDED::formatted)
                .map(body -> HttpRequest.newBuilder(endpoint())
                        .header("Stripe-Signature", signed(body, NOW))
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build())
                .map(request -> client.sendAsync(request, HttpResponse.BodyHandlers.discarding()))
                .toList();
        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.join().statusCode()).isEqualTo(200));
    }

    @Test
    void theSameFactHasTheSameIdInEveryVersionOfStripesApi() throws Exception {
        var settings = new StripeSettings("sk_test_x", URI.create(simulator.url()), List.of("whsec_a"));
        var webhooks = new StripeWebhooks(settings, target, (id, kind) -> {});
        var body = SUCCEEDED.formatted(7);
        var header = Webhooks.signature(body, NOW.getEpochSecond(), "whsec_a");

        var notice = webhooks.receive(body.getBytes(StandardCharsets.UTF_8), header, NOW)
                .orElseThrow();

        assertThat(notice.facts()).singleElement().satisfies(fact -> {
            assertThat(fact.command().header().getCommandId()).isEqualTo("stripe:pi_1:received:100");
            assertThat(fact.command().header().getAggregateId()).isEqualTo("p-7");
        });
    }
}
