package cloud.gyroscops.standalone.mirror;

import static cloud.gyroscops.standalone.mirror.MirroredSystem.MIRRORED_WITHIN;
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
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Payments in a system whose sidecar is killed, and in a Stripe where much goes wrong. {@code -Dmirror.payments=2000}
 * is the long form. There is one system, since a start takes seconds; each test has payments of its own. Those that
 * compare all payments come while there are few, and the one that leaves an intent too many comes last.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class StripeMirrorIT {

    private static final int PAYMENTS = Integer.getInteger("mirror.payments", 200);
    private static final int KILLS = 3;
    private static final int OTHERS = Math.min(999, PAYMENTS / 2);
    private static final int AT_ONCE = 50;
    private static final int ROUNDS = 20;
    private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(1);
    private static final Duration LONGEST_STANDSTILL = Duration.ofSeconds(90);
    private static final String CREATED = "api_calls_total{operation=\"payment_intents.create\"";
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TempDir
    private static Path directory;

    private StripeSimulator stripe;
    private MirroredSystem system;

    @BeforeAll
    void start() throws IOException {
        stripe = StripeSimulator.start(
                SimulatorSettings.defaults().payingAfter(Duration.ofMillis(50)).withHang(Duration.ofSeconds(8)));
        system = new MirroredSystem(directory)
                .with(Map.of(
                        "STRIPE_API_KEY",
                        SimulatorSettings.API_KEY,
                        "STRIPE_API_BASE",
                        stripe.url(),
                        "STRIPE_WEBHOOK_SECRETS",
                        SimulatorSettings.WEBHOOK_SECRET,
                        // Longer than the machine stalls as a rule: three in a row park a payment.
                        "STRIPE_TIMEOUT",
                        "PT5S",
                        "STRIPE_RATE_PER_SECOND",
                        "1000"));
        stripe.webhooks().backoff(Duration.ofMillis(200));
        system.command("CreateOrganization", "o", "o.1", "{\"name\":\"Acme\"}").join();
    }

    /** Whatever the test before has left. */
    @BeforeEach
    void allGoesWell() throws Exception {
        stripe.faults().none();
        stripe.webhooks().disorder(0, Duration.ZERO, 0).lose(0);
        system.stopSecondSidecar();
        if (!system.hasSidecar()) {
            system.startSidecar();
        }
        awaitSidecar();
    }

    @AfterAll
    void stop() {
        try {
            system.close();
        } finally {
            stripe.close();
        }
    }

    private void awaitSidecar() {
        system.awaitSidecar();
        sendWebhooks();
    }

    /** Also those that were not taken, at once: the pauses between attempts have doubled each time. */
    private void sendWebhooks() {
        stripe.sendWebhooksTo(system.sidecarUrl().resolve("/webhooks/stripe"));
    }

    private void awaitWebhooks() {
        sendWebhooks();
        await("webhooks").until(() -> stripe.webhooks().waiting() == 0);
    }

    private void restartSidecar() throws InterruptedException, IOException {
        system.killSidecar();
        system.startSidecar();
    }

    private void awaitStatus(String id, String status) {
        await(id).until(() -> system.view("/payments/" + id).path("status").asText(), status::equals);
    }

    private void awaitRefunded(String id, long amount) {
        await(id)
                .until(
                        () -> system.view("/payments/" + id)
                                .path("amountRefunded")
                                .asLong(),
                        refunded -> refunded == amount);
    }

    /** The intent that a payment is linked to: that may become known behind its status. */
    private String external(int number) {
        return await("p-" + number)
                .until(
                        () -> system.view("/payments/p-" + number)
                                .path("externalId")
                                .textValue(),
                        Objects::nonNull);
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

    private static void answered(List<CompletableFuture<JsonNode>> asked) {
        asked.forEach(CompletableFuture::join);
        asked.clear();
    }

    @Test
    @Order(1)
    void whatWasDoneInStripeByHandIsFoundAndPutRightAndThenThereIsNothingToFind() {
        for (int number = 0; number < 12; number++) {
            create(number).join();
        }
        for (int number = 0; number < 12; number++) {
            awaitStatus("p-" + number, manual(number) ? "AUTHORIZED" : "COMPLETED");
        }
        system.awaitMirrored("stripe");
        awaitWebhooks();
        stripe.webhooks().lose(100);
        stripe.dashboard().refund(external(0), 250);
        stripe.dashboard().capture(external(1));
        stripe.dashboard().cancel(external(3));
        stripe.dashboard().describe(external(2), "by hand");
        stripe.dashboard().lose(external(4));
        stripe.dashboard().createForeign(999, "eur", Map.of());

        await().atMost(MIRRORED_WITHIN).untilAsserted(() -> {
            var look = system.look("stripe");
            assertThat(look.path("differing").asLong()).as(look.toString()).isEqualTo(4);
            assertThat(look.path("missing").asLong()).as(look.toString()).isEqualTo(1);
            assertThat(look.path("unknown").asLong()).isEqualTo(1);
            assertThat(look.path("corrected").asLong()).isZero();
        });
        // Money that moved is not moved again: of the intent that is gone somebody is told.
        var repaired = system.reconcile("stripe");
        assertThat(repaired.path("corrected").asLong()).as(repaired.toString()).isEqualTo(4);
        awaitRefunded("p-0", 250);
        awaitStatus("p-1", "COMPLETED");
        awaitStatus("p-3", "CANCELLED");
        assertThat(stripe.intent(external(2)).orElseThrow().path("description").asText(""))
                .isEmpty();
        system.awaitMirrored("stripe");

        system.awaitNothingToFind("stripe");
    }

    @Test
    @Order(2)
    void whereBothSidesActAtOnceItIsTheMoneyThatSaysWhatHappened() throws Exception {
        var intents = new HashMap<Integer, String>();
        for (int number : new int[] {21, 23, 25}) {
            create(number).join();
            awaitStatus("p-" + number, "AUTHORIZED");
            intents.put(number, external(number));
        }
        system.awaitMirrored("stripe");
        awaitWebhooks();
        system.killSidecar();
        system.command("CapturePayment", "p-21", "p-21.capture", "{}").join();
        stripe.dashboard().cancel(intents.get(21));
        system.command("CancelPayment", "p-23", "p-23.cancel", "{\"reason\":\"changed my mind\"}")
                .join();
        stripe.dashboard().capture(intents.get(23));
        system.command("CapturePayment", "p-25", "p-25.capture", "{}").join();
        stripe.dashboard().capture(intents.get(25));
        stripe.dashboard().refund(intents.get(25), 300);
        system.startSidecar();
        awaitSidecar();

        awaitStatus("p-21", "CANCELLED");
        awaitStatus("p-23", "COMPLETED");
        awaitStatus("p-25", "COMPLETED");
        awaitRefunded("p-25", 300);
        assertThat(system.view("/payments/p-23").path("amountReceived").asLong())
                .isEqualTo(amount(23));
        assertThat(system.view("/payments/p-21").path("amountReceived").asLong())
                .isZero();
        awaitWebhooks();
        system.awaitMirrored("stripe");
        await().atMost(MIRRORED_WITHIN).untilAsserted(() -> {
            var look = system.look("stripe");
            assertThat(look.path("differing").asLong() + look.path("missing").asLong())
                    .as(look.toString())
                    .isZero();
        });
    }

    @Test
    @Order(3)
    void twoHundredWebhooksAtOnceAreAnsweredWithinASecondAndBadOnesDoNothing() {
        create(40).join();
        // Created, linked, completed.
        await().until(() -> system.view("/payments/p-40").path("version").asLong() == 3);
        var intent = stripe.intents(Map.of("gyroscops_payment_id", "p-40")).get(0);

        // Where the process is new, or the machine stalls, a round takes too long; where the sidecar is too slow most
        // of them do.
        var slowest = new ArrayList<Duration>();
        for (int round = 0; round < ROUNDS && !areInTime(slowest); round++) {
            slowest.add(slowestOfTwoHundred("evt_" + round + '_', intent));
        }
        assertThat(areInTime(slowest))
                .as("the slowest answers of the rounds: %s", slowest)
                .isTrue();

        var body = event("evt_bad", intent);
        var now = Instant.now();
        assertThat(status(webhook(body, "whsec_other", now))).isEqualTo(400);
        assertThat(status(webhook(body, SimulatorSettings.WEBHOOK_SECRET, now.minusSeconds(3_600))))
                .isEqualTo(400);
        assertThat(status(unsigned(body).build())).isEqualTo(400);
        assertThat(status(webhook("x".repeat(300 << 10), SimulatorSettings.WEBHOOK_SECRET, now)))
                .isEqualTo(413);
        // Decided behind all that the webhooks brought; itself refused, and so without a trace.
        var result =
                system.command("CapturePayment", "p-40", "p-40.capture", "{}").join();
        assertThat(result.path("reason").asText()).as(result.toString()).isEqualTo("INVALID_STATE");
        assertThat(result.path("version").asLong()).as(result.toString()).isEqualTo(3);
    }

    private static boolean areInTime(List<Duration> slowest) {
        return slowest.stream()
                        .filter(took -> took.compareTo(ANSWERED_WITHIN) < 0)
                        .count()
                >= ROUNDS / 2;
    }

    /** How long the slowest answer took. */
    private Duration slowestOfTwoHundred(String prefix, ObjectNode intent) {
        // Made and signed before: that is not the sidecar's time.
        var requests = IntStream.range(0, 200)
                .mapToObj(number ->
                        webhook(event(prefix + number, intent), SimulatorSettings.WEBHOOK_SECRET, Instant.now()))
                .toList();
        var answers = requests.stream().map(StripeMirrorIT::timeToAnswer).toList();
        return answers.stream()
                .map(CompletableFuture::join)
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    private static CompletableFuture<Duration> timeToAnswer(HttpRequest webhook) {
        long began = System.nanoTime();
        return HTTP.sendAsync(webhook, HttpResponse.BodyHandlers.discarding()).thenApply(answer -> {
            assertThat(answer.statusCode()).isEqualTo(200);
            return Duration.ofNanos(System.nanoTime() - began);
        });
    }

    private static String event(String id, ObjectNode intent) {
        return "{\"id\":\"" + id + "\",\"object\":\"event\",\"type\":\"payment_intent.succeeded\",\"created\":"
                + Instant.now().getEpochSecond() + ",\"data\":{\"object\":" + intent + "}}";
    }

    private HttpRequest webhook(String body, String secret, Instant when) {
        return unsigned(body)
                .header("Stripe-Signature", Webhooks.signature(body, when.getEpochSecond(), secret))
                .build();
    }

    private HttpRequest.Builder unsigned(String body) {
        return HttpRequest.newBuilder(system.sidecarUrl().resolve("/webhooks/stripe"))
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private static int status(HttpRequest webhook) {
        return HTTP.sendAsync(webhook, HttpResponse.BodyHandlers.discarding())
                .join()
                .statusCode();
    }

    /** While there is little to copy: whoever comes gets a share at once. */
    @Test
    @Order(4)
    void severalShareTheWorkAndWhenOneIsKilledTheOtherTakesOver() throws Exception {
        var second = system.startSecondSidecar();
        double before = MirroredSystem.counted(system.sidecarUrl(), CREATED);
        var number = new AtomicInteger(1_000);
        await().until(() -> {
            // Which partitions each of them has shows in what it does.
            create(number.getAndIncrement()).join();
            return MirroredSystem.counted(system.sidecarUrl(), CREATED) > before
                    && MirroredSystem.counted(second, CREATED) > 0;
        });
        var open = new LinkedHashSet<Integer>();
        createAll(5_000, 5_060, open);
        stripe.webhooks().disorder(0.3, Duration.ofMillis(500), 0.2);
        stripe.sendWebhooksTo(second.resolve("/webhooks/stripe"));
        system.killSidecar();
        createAll(5_060, 5_120, open);
        finish(open, () -> {});

        system.startSidecar();
        awaitSidecar();
        createAll(5_120, 5_180, open);
        finish(open, () -> {});
        awaitWebhooks();
        system.awaitMirrored("stripe");
        allHold(5_000, 5_180);
    }

    private void createAll(int from, int to, Set<Integer> open) {
        var asked = new ArrayList<CompletableFuture<JsonNode>>();
        for (int number = from; number < to; number++) {
            asked.add(create(number));
            open.add(number);
        }
        answered(asked);
    }

    @Test
    @Order(5)
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
        for (int other = 0; other < OTHERS; other++) {
            asked.add(create(automatic(other)));
            if (asked.size() == AT_ONCE) {
                answered(asked);
            }
        }
        answered(asked);
        for (int other = 0; other < OTHERS; other++) {
            awaitStatus("p-" + automatic(other), "COMPLETED");
        }
        var more = new AtomicInteger(OTHERS);
        var parked = await().until(
                        () -> {
                            // Only what fails while others are served fails for reasons of its own.
                            create(automatic(more.getAndIncrement())).join();
                            return system.mirror("/mirrors/stripe/parked").path("parked");
                        },
                        found -> found.size() == 1
                                && found.get(0).path("waiting").asLong() == 2);
        assertThat(parked.get(0).path("aggregateId").asText()).isEqualTo("bad");
        assertThat(parked.get(0).path("attempts").asLong()).isEqualTo(3);

        restartSidecar();
        awaitSidecar();
        stripe.faults().none();
        assertThat(system.mirror("/mirrors/stripe/parked").path("parked")).hasSize(1);
        assertThat(system.ask("/mirrors/stripe/parked/bad/retry")
                        .path("aggregateId")
                        .asText())
                .isEqualTo("bad");

        awaitRefunded("bad", 1_500);
        var intent = stripe.intents(Map.of("gyroscops_payment_id", "bad")).get(0);
        assertThat(stripe.refundsOf(intent.path("id").asText()))
                .extracting(refund -> refund.path("amount").asLong())
                .containsExactly(500L, 1_000L);
        await().until(() ->
                system.mirror("/mirrors/stripe/parked").path("parked").isEmpty());
    }

    /** One that is paid without our doing. */
    private static int automatic(int other) {
        return 10_000 + 2 * other;
    }

    @Test
    @Order(6)
    void whateverGoesWrongEveryPaymentHasOneIntentAndItsMoneyMovesOnce() throws Exception {
        int first = 20_000;
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
        for (int number = first; number < first + PAYMENTS; number++) {
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
        awaitSidecar();
        finish(open, this::retryParked);
        stripe.faults().none();
        awaitWebhooks();
        await().until(() -> {
            retryParked();
            var mirror = system.mirror("/mirrors/stripe");
            return mirror.path("lagEvents").asLong(-1) == 0
                    && mirror.path("inFlight").asLong(-1) == 0
                    && mirror.path("parked").asLong(-1) == 0;
        });

        allHold(first, first + PAYMENTS);
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

    /** However long it takes, as long as one payment after the other comes to its end. */
    private void finish(Set<Integer> open, Runnable meanwhile) {
        while (!open.isEmpty()) {
            int before = open.size();
            await("the end of one more of " + open).atMost(LONGEST_STANDSTILL).until(() -> {
                meanwhile.run();
                goOn(open);
                return open.size() < before;
            });
        }
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

    /** Each ends up as it should: that nothing is left to mirror may have been told too soon. */
    private void allHold(int from, int to) {
        for (int number = from; number < to; number++) {
            int each = number;
            await("p-" + each).untilAsserted(() -> holds(each));
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
    @Order(7)
    void whatIsPaidOnASecondIntentThatBearsAPaymentsIdIsNotThePayments() {
        create(50).join();
        awaitStatus("p-50", "COMPLETED");
        var metadata = new HashMap<String, String>();
        stripe.intent(external(50))
                .orElseThrow()
                .path("metadata")
                .properties()
                .forEach(entry -> metadata.put(entry.getKey(), entry.getValue().asText()));
        var second = stripe.dashboard().createForeign(9_000, "eur", metadata);
        await().until(() ->
                stripe.intent(second).orElseThrow().path("status").asText().equals("succeeded"));
        stripe.dashboard().refund(second, 400);
        awaitWebhooks();
        // Behind what the webhooks told the payment.
        system.command("RefundPayment", "p-50", "p-50.refund", "{\"refundId\":\"r-50\",\"amount\":100}")
                .join();
        awaitRefunded("p-50", 100);

        assertThat(system.view("/payments/p-50").path("amountReceived").asLong())
                .isEqualTo(amount(50));
        assertThat(system.view("/payments/p-50").path("externalId").asText()).isNotEqualTo(second);
        system.awaitMirrored("stripe");
        await().atMost(MIRRORED_WITHIN).untilAsserted(() -> {
            var compared = system.reconcile("stripe");
            assertThat(compared.path("extra").asLong()).as(compared.toString()).isEqualTo(1);
        });
        await().untilAsserted(() -> assertThat(
                        system.mirror("/mirrors/stripe/unknown").toString())
                .contains(second, "bears payments/p-50"));
    }
}
