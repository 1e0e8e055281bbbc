package cloud.gyroscops.connectors.stripe;

import static cloud.gyroscops.connectors.stripe.PaymentLife.NOW;
import static cloud.gyroscops.connectors.stripe.PaymentLife.create;
import static cloud.gyroscops.connectors.target.TestRequests.unlimited;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cloud.gyroscops.connectors.stripe.simulator.Fault;
import cloud.gyroscops.connectors.stripe.simulator.Payment;
import cloud.gyroscops.connectors.stripe.simulator.SimulatorSettings;
import cloud.gyroscops.connectors.stripe.simulator.StripeSimulator;
import cloud.gyroscops.connectors.target.Fact;
import cloud.gyroscops.connectors.target.TargetException;
import cloud.gyroscops.contract.Origin;
import cloud.gyroscops.contract.mirror.MirrorTarget;
import cloud.gyroscops.contract.payment.CancelPayment;
import cloud.gyroscops.contract.payment.CaptureMethod;
import cloud.gyroscops.contract.payment.CapturePayment;
import cloud.gyroscops.contract.payment.PaymentStatus;
import cloud.gyroscops.contract.payment.RefundPayment;
import io.javalin.Javalin;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Payments at random while calls fail at random and webhooks come in disorder: nothing is doubled, nothing is lost. */
class StripeFaultsTest {

    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final int PAYMENTS = 80;

    private final Random random = new Random(5);
    private final ConcurrentLinkedQueue<Fact> facts = new ConcurrentLinkedQueue<>();
    private final Map<String, PaymentLife> lives = new LinkedHashMap<>();

    private Javalin http;

    @AfterEach
    void stop() {
        if (http != null) {
            http.stop();
        }
    }

    @Test
    void everyPaymentHasOneIntentAndAgreesWithIt() throws Exception {
        var settings = SimulatorSettings.defaults()
                .withClock(CLOCK)
                .withHang(Duration.ofMillis(400))
                .withSeed(5);
        try (var simulator = StripeSimulator.start(settings)) {
            var stripe = new StripeSettings(
                    SimulatorSettings.API_KEY,
                    URI.create(simulator.url()),
                    List.of(SimulatorSettings.WEBHOOK_SECRET),
                    Duration.ofSeconds(300),
                    Duration.ofMillis(200),
                    Set.of());
            var patient = new StripeSettings(
                    stripe.apiKey(),
                    stripe.apiBase(),
                    stripe.webhookSecrets(),
                    stripe.tolerance(),
                    StripeSettings.DEFAULT_TIMEOUT,
                    stripe.leftToStripe());
            try (var target = new StripeTarget(stripe, CLOCK, unlimited(MirrorTarget.STRIPE));
                    var unhurried = new StripeTarget(patient, CLOCK, unlimited(MirrorTarget.STRIPE))) {
                http = listening(stripe, target);
                simulator.webhooks().backoff(Duration.ofMillis(20)).disorder(0.3, Duration.ofMillis(100), 0.3);
                simulator.sendWebhooksTo(URI.create("http://127.0.0.1:" + http.port() + "/webhooks/stripe"));
                for (var fault : List.of(
                        Fault.DROP_BEFORE_EFFECT, Fault.DROP_AFTER_EFFECT, Fault.SERVER_ERROR, Fault.RATE_LIMIT)) {
                    simulator.faults().probability(fault, 0.06);
                }
                simulator.faults().probability(Fault.TIME_OUT_AFTER_EFFECT, 0.02);
                for (int i = 0; i < PAYMENTS; i++) {
                    lives.put("p-" + i, new PaymentLife(target, "p-" + i));
                }
                for (var life : lives.values()) {
                    live(simulator, life);
                }
                simulator.faults().none();
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> simulator.webhooks().waiting() == 0);
                tell();

                for (var entry : lives.entrySet()) {
                    var intents = simulator.intents(Map.of(StripeIds.PAYMENT, entry.getKey()));
                    assertThat(intents).as(entry.getKey()).hasSize(1);
                    var life = entry.getValue();
                    assertThat(life.agrees(unhurried))
                            .as("%s: %s %s", entry.getKey(), life.state(), intents)
                            .isTrue();
                    assertThat(life.compare(unhurried).findings()).isEmpty();
                }
                assertThat(simulator.customers(Map.of())).hasSize(1);
            }
        }
    }

    private Javalin listening(StripeSettings stripe, StripeTarget target) {
        var resource = new WebhookResource(
                new StripeWebhooks(stripe, target, (id, kind) -> {}),
                fact -> {
                    facts.add(fact);
                    return CompletableFuture.completedFuture(null);
                },
                CLOCK);
        return Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    config.routes.post("/webhooks/stripe", resource);
                })
                .start("127.0.0.1", 0);
    }

    private void live(StripeSimulator simulator, PaymentLife life) throws Exception {
        boolean manual = random.nextBoolean();
        ask(life, create(1000, "EUR", manual ? CaptureMethod.MANUAL : CaptureMethod.AUTOMATIC));
        if (random.nextInt(4) == 0) {
            ask(life, new CancelPayment("changed my mind", null));
            return;
        }
        if (random.nextInt(4) == 0) {
            simulator.pay(life.intentId(), Payment.DECLINED);
        }
        simulator.pay(life.intentId(), Payment.PAID);
        if (random.nextInt(6) == 0) {
            // The customer was faster than the news of it.
            tell();
            if (life.status() == PaymentStatus.PENDING) {
                ask(life, new CancelPayment("changed my mind", null));
                return;
            }
        }
        if (manual) {
            told(life, PaymentStatus.AUTHORIZED);
            ask(life, new CapturePayment());
        }
        told(life, PaymentStatus.COMPLETED);
        if (random.nextInt(3) == 0) {
            ask(life, new RefundPayment("r-1", 300L));
        }
        if (random.nextInt(3) == 0) {
            simulator.dashboard().refund(life.intentId(), 200);
        }
    }

    private void told(PaymentLife life, PaymentStatus status) {
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> {
                    tell();
                    return life.status() == status;
                });
    }

    private void tell() {
        for (var fact = facts.poll(); fact != null; fact = facts.poll()) {
            lives.get(fact.command().header().getAggregateId()).tell(fact);
        }
    }

    /** As the worker does: again until it works. */
    private static void ask(PaymentLife life, SpecificRecord request) throws Exception {
        var event = life.decided(request, Origin.CLIENT, NOW);
        for (int attempt = 1; ; attempt++) {
            try {
                life.mirror(event);
                return;
            } catch (TargetException.Unavailable e) {
                assertThat(attempt).as("attempts at %s", request).isLessThan(30);
            }
        }
    }
}
