package cloud.gyroscops.standalone.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cloud.gyroscops.connectors.stripe.simulator.Fault;
import cloud.gyroscops.connectors.stripe.simulator.SimulatorSettings;
import cloud.gyroscops.connectors.stripe.simulator.StripeSimulator;
import cloud.gyroscops.connectors.stripe.simulator.Webhooks;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Payments in a system whose sidecar is killed, and in a Stripe where much goes wrong. {@code -Dmirror.payments=2000} is the
 * long form.
 */
final class StripeMirrorIT {

    private static final int PAYMENTS = Integer.getInteger("mirror.payments", 200);
    private static final int KILLS = 3;
    private static final int OTHERS = Math.min(999, PAYMENTS / 2);
    private static final int AT_ONCE = 50;
    private static final String CREATED = "api_calls_total{operation=\"payment_intents.create\"";
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TempDir
    private Path directory;

    private StripeSimulator stripe;
    private MirroredSystem system;

    @BeforeEach
    void start() throws IOException {
        stripe = StripeSimulator.start(
                SimulatorSettings.defaults().payingAfter(Duration.ofMillis(50)).withHang(Duration.ofSeconds(5)));
        system = new MirroredSystem(
                directory,
                Map.of(
                        "STRIPE_API_KEY",
                        SimulatorSettings.API_KEY,
                        "STRIPE_API_BASE",
                        stripe.url(),
                        "STRIPE_WEBHOOK_SECRETS",
                        SimulatorSettings.WEBHOOK_SECRET,
                        "STRIPE_TIMEOUT",
                        "PT1S",
                        "STRIPE_RATE_PER_SECOND",
                        "1000"));
        system.startSidecar().awaitSidecar();
        stripe.sendWebhooksTo(system.sidecarUrl().resolve("/webhooks/stripe"));
        stripe.webhooks().backoff(Duration.ofMillis(200));
        system.command("CreateOrganization", "o", "o.1", "{\"name\":\"Acme\"}").join();
    }

    @AfterEach
    void stop() {
        system.close();
        stripe.close();
    }

    @Test
    void whateverGoesWrongEveryPaymentHasOneIntentAndItsMoneyMovesOnce() throws Exception {
        stripe.faults()
                .probability(Fault.TIME_OUT_AFTER_EFFECT, 0.01)
                .probability(Fault.RATE_LIMIT, 0.01)
                .probability(Fault.SERVER_ERROR, 0.02)
                .probability(Fault.DROP_BEFORE_EFFECT, 0.02)
                .probability(Fault.DROP_AFTER_EFFECT, 0.02);
        stripe.webhooks().disorder(0.3, Duration.ofMillis(500), 0.2);
        var random = new Random(7);
        var open = new LinkedHashSet<Integer>();
        var asked = new ArrayList<CompletableFuture<JsonNode>>();
        int kills = 0;
        for (int number = 0; number < PAYMENTS; number++) {
            asked.add(create(number));
            open.add(number);
            if (asked.size() == AT_ONCE) {
                answered(asked);
                goOn(open);
            }
            if (kills < KILLS && random.nextInt(PAYMENTS / KILLS) == 0) {
                kills++;
                restartSidecar();
            }
        }
        answered(asked);
        while (kills++ < KILLS) {
            restartSidecar();
        }
        system.awaitSidecar();
        await().atMost(Duration.ofSeconds(30L + PAYMENTS / 4)).until(() -> {
            retryParked();
            goOn(open);
            return open.isEmpty();
        });
        stripe.faults().none();
        await().atMost(Duration.ofSeconds(60)).until(() -> stripe.webhooks().waiting() == 0);
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            retryParked();
            var mirror = system.mirror("/mirrors/stripe");
            return mirror.path("lagEvents").asLong(-1) == 0
                    && mirror.path("inFlight").asLong(-1) == 0
                    && mirror.path("parked").asLong(-1) == 0;
        });

        for (int number = 0; number < PAYMENTS; number++) {
            holds(number);
        }
    }

    /** Where one in twelve requests goes wrong, now and then three in a row do: but nothing else parks. */
    private void retryParked() {
        for (var parked : system.mirror("/mirrors/stripe/parked").path("parked")) {
            assertThat(parked.path("attempts").asInt()).as(parked.toString()).isEqualTo(3);
            assertThat(parked.path("error").path("code").asText()).isNotEqualTo("DEFECT");
            assertThat(parked.path("error").path("httpStatus").asInt(503))
                    .as(parked.toString())
                    .isIn(429, 500, 502, 503);
            system.ask("/mirrors/stripe/parked/" + parked.path("aggregateId").asText() + "/retry");
        }
    }

    private void awaitAll(Set<Integer> open, Duration within) {
        await().atMost(within).until(() -> {
            goOn(open);
            return open.isEmpty();
        });
    }

    private static void answered(List<CompletableFuture<JsonNode>> asked) {
        asked.forEach(CompletableFuture::join);
        asked.clear();
    }

    @Test
    void severalShareTheWorkAndWhenOneIsKilledTheOtherTakesOver() throws Exception {
        var second = system.startSecondSidecar();
        var number = new AtomicInteger();
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            // Which partitions each of them has shows in what it does.
            create(number.getAndIncrement()).join();
            return MirroredSystem.counted(system.sidecarUrl(), CREATED) > 0
                    && MirroredSystem.counted(second, CREATED) > 0;
        });
        var open = new LinkedHashSet<Integer>();
        createAll(1_000, 1_060, open);
        stripe.webhooks().disorder(0.3, Duration.ofMillis(500), 0.2);
        stripe.sendWebhooksTo(second.resolve("/webhooks/stripe"));
        system.killSidecar();
        createAll(1_060, 1_120, open);
        awaitAll(open, Duration.ofSeconds(90));

        system.startSidecar().awaitSidecar();
        createAll(1_120, 1_180, open);
        awaitAll(open, Duration.ofSeconds(60));
        await().atMost(Duration.ofSeconds(60)).until(() -> stripe.webhooks().waiting() == 0);
        system.awaitMirrored("stripe", Duration.ofSeconds(60));
        for (int each = 1_000; each < 1_180; each++) {
            holds(each);
        }
    }

    private void createAll(int from, int to, Set<Integer> open) {
        var asked = new ArrayList<CompletableFuture<JsonNode>>();
        for (int number = from; number < to; number++) {
            asked.add(create(number));
            open.add(number);
        }
        answered(asked);
    }

    private void restartSidecar() throws InterruptedException, IOException {
        system.killSidecar();
        system.startSidecar();
    }

    /** Half of them are captured by hand. */
    private static boolean manual(int number) {
        return number % 2 == 1;
    }

    /** Some of what is captured by hand is cancelled instead. */
    private static boolean cancelled(int number) {
        return number % 10 == 3;
    }

    private static boolean refunded(int number) {
        return number % 3 == 0 && !cancelled(number);
    }

    private static long amount(int number) {
        return 1_000L + number;
    }

    private CompletableFuture<JsonNode> create(int number) {
        var method = manual(number) ? "MANUAL" : "AUTOMATIC";
        return system.command(
                "CreatePayment",
                "p-" + number,
                "p-" + number + ".create",
                "{\"organizationId\":\"o\",\"amount\":" + amount(number) + ",\"currency\":\"EUR\",\"captureMethod\":\""
                        + method + "\"}");
    }

    /** Asks for what is next, wherever a payment has come to where it can be. */
    private void goOn(Set<Integer> open) {
        for (int number : List.copyOf(open)) {
            var id = "p-" + number;
            var view = system.view("/payments/" + id);
            switch (view.path("status").asText()) {
                case "AUTHORIZED" -> {
                    var type = cancelled(number) ? "CancelPayment" : "CapturePayment";
                    var payload = cancelled(number) ? "{\"reason\":\"changed my mind\"}" : "{}";
                    system.command(type, id, id + '.' + type, payload).join();
                }
                case "COMPLETED" -> {
                    if (!refunded(number)) {
                        open.remove(number);
                    } else if (view.path("refunds").isEmpty()) {
                        system.command(
                                        "RefundPayment",
                                        id,
                                        id + ".refund",
                                        "{\"refundId\":\"r-" + number + "\",\"amount\":100}")
                                .join();
                    } else if (view.path("amountRefunded").asLong() == 100) {
                        open.remove(number);
                    }
                }
                case "CANCELLED" -> {
                    if (stripe.intents(Map.of("gyroscops_payment_id", id))
                            .get(0)
                            .path("status")
                            .asText()
                            .equals("canceled")) {
                        open.remove(number);
                    }
                }
                default -> {}
            }
        }
    }

    private void holds(int number) {
        var id = "p-" + number;
        var intents = stripe.intents(Map.of("gyroscops_payment_id", id));
        assertThat(intents).as(id).hasSize(1);
        var intent = intents.get(0);
        var view = system.view("/payments/" + id);
        long received = cancelled(number) ? 0 : amount(number);
        assertThat(intent.path("amount_received").asLong()).as(id).isEqualTo(received);
        assertThat(view.path("amountReceived").asLong()).as(id).isEqualTo(received);
        assertThat(view.path("externalId").asText()).isEqualTo(intent.path("id").asText());
        long given = refunded(number) ? 100 : 0;
        assertThat(refundedOf(intent)).as(id).isEqualTo(given);
        assertThat(view.path("amountRefunded").asLong()).as(id).isEqualTo(given);
        assertThat(view.path("status").asText()).isEqualTo(cancelled(number) ? "CANCELLED" : "COMPLETED");
    }

    private long refundedOf(ObjectNode intent) {
        return stripe.refundsOf(intent.path("id").asText()).stream()
                .filter(refund -> refund.path("status").asText().equals("succeeded"))
                .mapToLong(refund -> refund.path("amount").asLong())
                .sum();
    }

    @Test
    void whatAlwaysFailsIsParkedAloneAndGoesOnInOrderOnceItsCauseIsGone() throws Exception {
        system.command(
                        "CreatePayment",
                        "bad",
                        "bad.1",
                        "{\"organizationId\":\"o\",\"amount\":5000,\"currency\":\"EUR\"}")
                .join();
        awaitStatus("bad", "COMPLETED");
        stripe.faults().next(Fault.SERVER_ERROR, 10_000, "/v1/refunds");
        system.command("RefundPayment", "bad", "bad.2", "{\"refundId\":\"bad-1\",\"amount\":1000}")
                .join();
        system.command("RefundPayment", "bad", "bad.3", "{\"refundId\":\"bad-2\",\"amount\":500}")
                .join();
        var asked = new ArrayList<CompletableFuture<JsonNode>>();
        for (int number = 0; number < OTHERS; number++) {
            asked.add(create(2 * number));
            if (asked.size() == AT_ONCE) {
                answered(asked);
            }
        }
        answered(asked);
        for (int number = 0; number < OTHERS; number++) {
            awaitStatus("p-" + 2 * number, "COMPLETED");
        }
        var parked = await().atMost(Duration.ofSeconds(60))
                .until(() -> system.mirror("/mirrors/stripe/parked").path("parked"), found -> found.size() == 1);
        assertThat(parked.get(0).path("aggregateId").asText()).isEqualTo("bad");
        assertThat(parked.get(0).path("attempts").asLong()).isEqualTo(3);
        assertThat(parked.get(0).path("waiting").asLong()).isEqualTo(2);

        restartSidecar();
        system.awaitSidecar();
        stripe.faults().none();
        assertThat(system.mirror("/mirrors/stripe/parked").path("parked")).hasSize(1);
        assertThat(system.ask("/mirrors/stripe/parked/bad/retry")
                        .path("aggregateId")
                        .asText())
                .isEqualTo("bad");

        await().atMost(Duration.ofSeconds(30))
                .until(() -> system.view("/payments/bad").path("amountRefunded").asLong() == 1_500);
        var intent = stripe.intents(Map.of("gyroscops_payment_id", "bad")).get(0);
        assertThat(stripe.refundsOf(intent.path("id").asText()))
                .extracting(refund -> refund.path("amount").asLong())
                .containsExactly(500L, 1_000L);
        await().until(() ->
                system.mirror("/mirrors/stripe/parked").path("parked").isEmpty());
    }

    private void awaitStatus(String id, String status) {
        await().atMost(Duration.ofSeconds(60))
                .until(() ->
                        system.view("/payments/" + id).path("status").asText().equals(status));
    }

    @Test
    void whatWasDoneInStripeByHandIsFoundAndPutRightAndThenThereIsNothingToFind() {
        for (int number = 0; number < 12; number++) {
            create(number).join();
        }
        for (int number = 0; number < 12; number++) {
            awaitStatus("p-" + number, manual(number) ? "AUTHORIZED" : "COMPLETED");
        }
        system.awaitMirrored("stripe", Duration.ofSeconds(30));
        await().until(() -> stripe.webhooks().waiting() == 0);
        stripe.webhooks().lose(100);
        stripe.dashboard().refund(external(0), 250);
        stripe.dashboard().capture(external(1));
        stripe.dashboard().cancel(external(3));
        stripe.dashboard().describe(external(2), "by hand");
        stripe.dashboard().lose(external(4));
        stripe.dashboard().createForeign(999, "eur", Map.of());

        var look = system.reconcile("stripe", true);
        assertThat(look.path("differing").asLong()).as(look.toString()).isEqualTo(4);
        assertThat(look.path("missing").asLong()).as(look.toString()).isEqualTo(1);
        assertThat(look.path("unknown").asLong()).isEqualTo(1);
        assertThat(look.path("corrected").asLong()).isZero();
        // Money that moved is not moved again: of the intent that is gone somebody is told.
        var repaired = system.reconcile("stripe", false);
        assertThat(repaired.path("corrected").asLong()).as(repaired.toString()).isEqualTo(4);
        await().until(() -> system.view("/payments/p-0").path("amountRefunded").asLong() == 250);
        awaitStatus("p-1", "COMPLETED");
        awaitStatus("p-3", "CANCELLED");
        assertThat(stripe.intent(external(2)).orElseThrow().path("description").asText(""))
                .isEmpty();
        system.awaitMirrored("stripe", Duration.ofSeconds(30));

        var again = system.reconcile("stripe", true);
        assertThat(again.path("differing").asLong()
                        + again.path("missing").asLong()
                        + again.path("extra").asLong())
                .as(again.toString())
                .isZero();
    }

    @Test
    void whereBothSidesActAtOnceItIsTheMoneyThatSaysWhatHappened() throws Exception {
        for (int number : new int[] {1, 3, 5}) {
            create(number).join();
            awaitStatus("p-" + number, "AUTHORIZED");
        }
        system.awaitMirrored("stripe", Duration.ofSeconds(30));
        await().until(() -> stripe.webhooks().waiting() == 0);
        system.killSidecar();
        system.command("CapturePayment", "p-1", "p-1.capture", "{}").join();
        stripe.dashboard().cancel(external(1));
        system.command("CancelPayment", "p-3", "p-3.cancel", "{\"reason\":\"changed my mind\"}")
                .join();
        stripe.dashboard().capture(external(3));
        system.command("CapturePayment", "p-5", "p-5.capture", "{}").join();
        stripe.dashboard().capture(external(5));
        stripe.dashboard().refund(external(5), 300);
        system.startSidecar().awaitSidecar();

        awaitStatus("p-1", "CANCELLED");
        awaitStatus("p-3", "COMPLETED");
        awaitStatus("p-5", "COMPLETED");
        await().until(() -> system.view("/payments/p-5").path("amountRefunded").asLong() == 300);
        assertThat(system.view("/payments/p-3").path("amountReceived").asLong()).isEqualTo(amount(3));
        assertThat(system.view("/payments/p-1").path("amountReceived").asLong()).isZero();
        await().until(() -> stripe.webhooks().waiting() == 0);
        system.awaitMirrored("stripe", Duration.ofSeconds(30));
        var look = system.reconcile("stripe", true);
        assertThat(look.path("differing").asLong() + look.path("missing").asLong())
                .as(look.toString())
                .isZero();
    }

    @Test
    void whatIsPaidOnASecondIntentThatBearsAPaymentsIdIsNotThePayments() {
        create(0).join();
        awaitStatus("p-0", "COMPLETED");
        var metadata = new HashMap<String, String>();
        stripe.intent(external(0))
                .orElseThrow()
                .path("metadata")
                .properties()
                .forEach(entry -> metadata.put(entry.getKey(), entry.getValue().asText()));
        var second = stripe.dashboard().createForeign(9_000, "eur", metadata);
        await().until(() ->
                stripe.intent(second).orElseThrow().path("status").asText().equals("succeeded"));
        stripe.dashboard().refund(second, 400);
        await().until(() -> stripe.webhooks().waiting() == 0);
        // Behind what the webhooks told the payment.
        system.command("RefundPayment", "p-0", "p-0.refund", "{\"refundId\":\"r-0\",\"amount\":100}")
                .join();
        await().until(() -> system.view("/payments/p-0").path("amountRefunded").asLong() == 100);

        assertThat(system.view("/payments/p-0").path("amountReceived").asLong()).isEqualTo(amount(0));
        assertThat(system.view("/payments/p-0").path("externalId").asText()).isNotEqualTo(second);
        system.awaitMirrored("stripe", Duration.ofSeconds(30));
        assertThat(system.reconcile("stripe", false).path("extra").asLong()).isEqualTo(1);
        await().untilAsserted(() ->
                assertThat(system.mirror("/mirrors/stripe/unknown").toString()).contains(second, "bears payments/p-0"));
    }

    private String external(int number) {
        return system.view("/payments/p-" + number).path("externalId").asText();
    }

    @Test
    void twoHundredWebhooksAtOnceAreAnsweredWithinASecondAndBadOnesDoNothing() {
        create(0).join();
        awaitStatus("p-0", "COMPLETED");
        var intent = stripe.intents(Map.of("gyroscops_payment_id", "p-0")).get(0);
        for (int round = 0; round < 10; round++) {
            // A process that has just been started is slow for other reasons.
            webhooks("evt_warm_" + round + '_', intent);
        }

        for (var took : webhooks("evt_", intent)) {
            assertThat(took).isLessThan(Duration.ofSeconds(1));
        }

        var body = event("evt_bad", intent);
        var now = Instant.now();
        assertThat(webhook(body, "whsec_other", now).join().statusCode()).isEqualTo(400);
        assertThat(webhook(body, SimulatorSettings.WEBHOOK_SECRET, now.minusSeconds(3_600))
                        .join()
                        .statusCode())
                .isEqualTo(400);
        assertThat(post(body, null).join().statusCode()).isEqualTo(400);
        assertThat(webhook("x".repeat(300 << 10), SimulatorSettings.WEBHOOK_SECRET, now)
                        .join()
                        .statusCode())
                .isEqualTo(413);
        assertThat(system.view("/payments/p-0").path("version").asLong()).isEqualTo(3);
    }

    /** Two hundred at once; how long each answer took, which is good. */
    private List<Duration> webhooks(String prefix, ObjectNode intent) {
        var answers = new ArrayList<CompletableFuture<Duration>>();
        for (int number = 0; number < 200; number++) {
            long began = System.nanoTime();
            answers.add(webhook(event(prefix + number, intent), SimulatorSettings.WEBHOOK_SECRET, Instant.now())
                    .thenApply(answer -> {
                        assertThat(answer.statusCode()).isEqualTo(200);
                        return Duration.ofNanos(System.nanoTime() - began);
                    }));
        }
        return answers.stream().map(CompletableFuture::join).toList();
    }

    private static String event(String id, ObjectNode intent) {
        return "{\"id\":\"" + id + "\",\"object\":\"event\",\"type\":\"payment_intent.succeeded\",\"created\":"
                + Instant.now().getEpochSecond() + ",\"data\":{\"object\":" + intent + "}}";
    }

    private CompletableFuture<HttpResponse<String>> webhook(String body, String secret, Instant when) {
        return post(body, Webhooks.signature(body, when.getEpochSecond(), secret));
    }

    private CompletableFuture<HttpResponse<String>> post(String body, String signature) {
        var request = HttpRequest.newBuilder(system.sidecarUrl().resolve("/webhooks/stripe"))
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (signature != null) {
            request.header("Stripe-Signature", signature);
        }
        return HTTP.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
