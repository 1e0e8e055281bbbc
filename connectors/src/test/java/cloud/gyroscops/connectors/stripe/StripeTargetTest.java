package cloud.gyroscops.connectors.stripe;

import static cloud.gyroscops.connectors.stripe.PaymentLife.NOW;
import static cloud.gyroscops.connectors.stripe.PaymentLife.create;
import static cloud.gyroscops.connectors.target.TestRequests.unlimited;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.gyroscops.connectors.stripe.simulator.Fault;
import cloud.gyroscops.connectors.stripe.simulator.Payment;
import cloud.gyroscops.connectors.stripe.simulator.SimulatorSettings;
import cloud.gyroscops.connectors.stripe.simulator.StripeSimulator;
import cloud.gyroscops.connectors.target.Change;
import cloud.gyroscops.connectors.target.TargetException;
import cloud.gyroscops.contract.Origin;
import cloud.gyroscops.contract.mirror.MirrorTarget;
import cloud.gyroscops.contract.mirror.OutcomeKind;
import cloud.gyroscops.contract.payment.CancelPayment;
import cloud.gyroscops.contract.payment.CaptureMethod;
import cloud.gyroscops.contract.payment.CapturePayment;
import cloud.gyroscops.contract.payment.CreatePayment;
import cloud.gyroscops.contract.payment.ExpirePayment;
import cloud.gyroscops.contract.payment.PaymentStatus;
import cloud.gyroscops.contract.payment.Processor;
import cloud.gyroscops.contract.payment.RefundPayment;
import cloud.gyroscops.contract.payment.RefundStatus;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class StripeTargetTest {

    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    private StripeSimulator simulator;
    private StripeTarget target;
    private PaymentLife life;

    @BeforeEach
    void start() {
        start(Duration.ofMillis(500));
    }

    /** With how long a call that gets no answer hangs until it is cut off. */
    private void start(Duration hang) {
        simulator = StripeSimulator.start(
                SimulatorSettings.defaults().withHang(hang).withClock(CLOCK));
        target = target(Set.of());
        life = new PaymentLife(target, "p-1");
    }

    @AfterEach
    void stop() {
        target.close();
        simulator.close();
    }

    private StripeTarget target(Set<StripeField> left) {
        return target(StripeSettings.DEFAULT_TIMEOUT, left);
    }

    private StripeTarget target(Duration timeout, Set<StripeField> left) {
        var settings = new StripeSettings(
                SimulatorSettings.API_KEY,
                URI.create(simulator.url()),
                List.of(SimulatorSettings.WEBHOOK_SECRET),
                Duration.ofSeconds(300),
                timeout,
                left);
        return new StripeTarget(settings, CLOCK, unlimited(MirrorTarget.STRIPE));
    }

    private ObjectNode intent() {
        return simulator.intent(life.intentId()).orElseThrow();
    }

    private List<ObjectNode> intents() {
        return simulator.intents(Map.of("gyroscops_payment_id", "p-1"));
    }

    private void completed() throws Exception {
        life.ask(create(1050, "EUR", CaptureMethod.AUTOMATIC));
        simulator.pay(life.intentId(), Payment.PAID);
        life.compare();
        assertThat(life.status()).isEqualTo(PaymentStatus.COMPLETED);
    }

    private void authorized() throws Exception {
        life.ask(create(1050, "EUR", CaptureMethod.MANUAL));
        simulator.pay(life.intentId(), Payment.PAID);
        life.compare();
        assertThat(life.status()).isEqualTo(PaymentStatus.AUTHORIZED);
    }

    @Test
    void aCreatedPaymentBecomesAnIntentAndIsLinked() throws Exception {
        var effect = life.ask(create(1050, "EUR", CaptureMethod.MANUAL));

        assertThat(effect.kind()).isEqualTo(OutcomeKind.LINKED);
        assertThat(life.state().getExternalId()).isEqualTo(life.intentId());
        assertThat(intent().path("amount").asLong()).isEqualTo(1050);
        assertThat(intent().path("currency").asText()).isEqualTo("eur");
        assertThat(intent().path("capture_method").asText()).isEqualTo("manual");
        assertThat(intent().path("description").asText()).isEqualTo("Two chairs");
        assertThat(intent().path("metadata").toString())
                .isEqualTo(
                        "{\"gyroscops_organization_id\":\"o-1\",\"gyroscops_installation\":\"gyroscops\",\"gyroscops_payment_id\":\"p-1\",\"gyroscops_user_id\":\"u-1\",\"order\":\"4711\"}");
        assertThat(simulator.customers(Map.of("gyroscops_organization_id", "o-1")))
                .singleElement()
                .satisfies(customer -> assertThat(customer.path("id")).isEqualTo(intent().path("customer")));
        assertThat(life.agrees()).isTrue();
    }

    @Test
    void anOrganizationHasOneCustomerWhoeverAsks() throws Exception {
        life.ask(create(1050, "EUR", CaptureMethod.MANUAL));
        new PaymentLife(target, "p-2").ask(create(100, "EUR", CaptureMethod.MANUAL));
        new PaymentLife(target(Set.of()), "p-3").ask(create(100, "EUR", CaptureMethod.MANUAL));

        assertThat(simulator.customers(Map.of())).hasSize(1);
    }

    @Test
    void idsThatDifferInCaseOnlyAreDifferentPaymentsAndOrganizations() throws Exception {
        life.ask(create(1050, "EUR", CaptureMethod.MANUAL));
        var other = new PaymentLife(target, "P-1");
        var theirs = new CreatePayment("O-1", null, 1050L, "EUR", "", Map.of(), CaptureMethod.MANUAL, Processor.STRIPE);
        var created = other.decided(theirs, Origin.CLIENT, NOW.minus(Duration.ofHours(30)));

        other.mirror(created);

        assertThat(other.intentId()).isNotEqualTo(life.intentId());
        assertThat(simulator.customers(Map.of())).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"TIME_OUT_AFTER_EFFECT", "DROP_AFTER_EFFECT", "DROP_BEFORE_EFFECT", "SERVER_ERROR", "RATE_LIMIT"})
    void anAnswerThatGotLostLeavesOneIntent(Fault fault) throws Exception {
        var created = life.decided(create(1050, "EUR", CaptureMethod.MANUAL), Origin.CLIENT, NOW);
        simulator.faults().next(fault, 1, "/v1/payment_intents");

        try (var impatient = target(Duration.ofMillis(400), Set.of())) {
            assertThatThrownBy(() -> life.mirror(created, impatient)).isInstanceOf(TargetException.Unavailable.class);
        }
        life.mirror(created);
        life.mirror(created);

        assertThat(intents()).hasSize(1);
        assertThat(life.state().getExternalId()).isEqualTo(life.intentId());
    }

    @Test
    void anErrorThatStripeRemembersIsLookedBehind() throws Exception {
        simulator.faults().next(Fault.SERVER_ERROR_AFTER_EFFECT, 1, "/v1/customers");
        simulator.faults().next(Fault.SERVER_ERROR_AFTER_EFFECT, 1, "/v1/payment_intents");
        var created = life.decided(create(1050, "EUR", CaptureMethod.MANUAL), Origin.CLIENT, NOW);
        for (int attempt = 0; attempt < 2; attempt++) {
            assertThatThrownBy(() -> life.mirror(created)).isInstanceOf(TargetException.Unavailable.class);
        }
        life.mirror(created);
        assertThat(intents()).hasSize(1);
        assertThat(simulator.customers(Map.of())).hasSize(1);

        simulator.pay(life.intentId(), Payment.PAID);
        life.compare();
        simulator.faults().next(Fault.SERVER_ERROR_AFTER_EFFECT, 1, "/v1/payment_intents");
        var requested = life.decided(new CapturePayment(), Origin.CLIENT, NOW);
        assertThatThrownBy(() -> life.mirror(requested)).isInstanceOf(TargetException.Unavailable.class);
        life.mirror(requested);
        assertThat(life.status()).isEqualTo(PaymentStatus.COMPLETED);

        simulator.faults().next(Fault.SERVER_ERROR_AFTER_EFFECT, 1, "/v1/refunds");
        var refund = life.decided(new RefundPayment("r-1", 400L), Origin.CLIENT, NOW);
        assertThatThrownBy(() -> life.mirror(refund)).isInstanceOf(TargetException.Unavailable.class);
        life.mirror(refund);
        assertThat(simulator.refundsOf(life.intentId())).hasSize(1);
        assertThat(life.agrees()).isTrue();
    }

    @Test
    void whereARememberedErrorDidNothingItIsDoneUnderAnotherKey() throws Exception {
        simulator.faults().next(Fault.SERVER_ERROR_AFTER_EFFECT, 1, "/v1/payment_intents");
        var created = life.decided(create(1050, "EUR", CaptureMethod.MANUAL), Origin.CLIENT, NOW);
        assertThatThrownBy(() -> life.mirror(created)).isInstanceOf(TargetException.Unavailable.class);
        simulator.dashboard().lose(intents().get(0).path("id").asText());

        life.mirror(created);

        assertThat(intents()).hasSize(1);
    }

    @Test
    void howLongStripeWantsToBeLeftAloneIsTold() {
        var created = life.decided(create(1050, "EUR", CaptureMethod.MANUAL), Origin.CLIENT, NOW);
        simulator.faults().next(Fault.RATE_LIMIT, 1);

        assertThatThrownBy(() -> life.mirror(created)).isInstanceOfSatisfying(TargetException.Unavailable.class, e -> {
            assertThat(e.retryAfter()).contains(Duration.ofSeconds(1));
            assertThat(e.status()).hasValue(429);
        });
    }

    @Test
    void aKeyInUseIsWaitedFor() {
        var created = life.decided(create(1050, "EUR", CaptureMethod.MANUAL), Origin.CLIENT, NOW);
        simulator.faults().next(Fault.KEY_IN_USE, 1, "/v1/payment_intents");

        assertThatThrownBy(() -> life.mirror(created)).isInstanceOf(TargetException.NotYet.class);
    }

    @Test
    void aWrongKeyIsATroubleOfTheTargetAndNotTold() {
        var settings = new StripeSettings("sk_test_wrong", URI.create(simulator.url()), List.of());
        var wrong = new StripeTarget(settings, CLOCK, unlimited(MirrorTarget.STRIPE));

        assertThatThrownBy(wrong::prepare)
                .isInstanceOfSatisfying(TargetException.Unavailable.class, e -> assertThat(e.status())
                        .hasValue(401))
                .hasMessageNotContaining("sk_");
    }

    @Test
    void pastStripesMemoryTheIntentIsLookedUp() throws Exception {
        var old = NOW.minus(Duration.ofHours(30));
        var created = life.decided(create(1050, "EUR", CaptureMethod.MANUAL), Origin.CLIENT, old);
        life.mirror(created);
        simulator.forgetKeys();
        life.forgetLink();

        life.mirror(created);

        assertThat(intents()).hasSize(1);
    }

    @Test
    void whatIsTooNewToBeSearchedForIsFoundByItsKeyOrInTheList() throws Exception {
        simulator.close();
        simulator = StripeSimulator.start(SimulatorSettings.defaults()
                .withSearchLag(Duration.ofMinutes(5))
                .withClock(CLOCK));
        target = target(Set.of());
        life = new PaymentLife(target, "p-1");
        var old = NOW.minus(Duration.ofHours(30));
        var created = life.decided(create(1050, "EUR", CaptureMethod.MANUAL), Origin.CLIENT, old);
        var unheard = target.mirror(life.subject(), new Change(created, 1, Optional.empty()));

        life.mirror(created);
        var again = new PaymentLife(target(Set.of()), "p-1");
        again.decided(create(1050, "EUR", CaptureMethod.MANUAL), Origin.CLIENT, old);
        var replayed = target.replay(again.subject());

        assertThat(intents()).hasSize(1);
        assertThat(replayed.externalId()).isEqualTo(unheard.externalId());
    }

    @Test
    void anAmountThatStripeDoesNotTakeFailsThePayment() throws Exception {
        life.ask(create(10, "EUR", CaptureMethod.AUTOMATIC));

        assertThat(life.status()).isEqualTo(PaymentStatus.FAILED);
        assertThat(life.state().getError().getCode()).isEqualTo("amount_too_small");
        assertThat(life.agrees()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"KWD, 5000, 5000", "JPY, 500, 500", "ISK, 500, 50000", "MGA, 50000, 500"})
    void amountsAreStripes(String currency, long ours, long stripes) throws Exception {
        life.ask(create(ours, currency, CaptureMethod.AUTOMATIC));
        simulator.pay(life.intentId(), Payment.PAID);
        life.compare();

        assertThat(intent().path("amount").asLong()).isEqualTo(stripes);
        assertThat(life.state().getAmountReceived()).isEqualTo(ours);
        assertThat(life.agrees()).isTrue();
    }

    @Test
    void anAmountThatStripeCannotCountFailsThePaymentWithoutACall() throws Exception {
        life.ask(create(1234, "KWD", CaptureMethod.AUTOMATIC));

        assertThat(life.state().getError().getCode()).isEqualTo("amount_not_representable");
        assertThat(simulator.calls()).isZero();
    }

    @Test
    void aCustomerThatSomebodyDeletedIsMadeAgain() throws Exception {
        life.ask(create(1050, "EUR", CaptureMethod.MANUAL));
        simulator.dashboard().deleteCustomer(intent().path("customer").asText());

        var other = new PaymentLife(target, "p-2");
        other.ask(create(1050, "EUR", CaptureMethod.MANUAL));

        assertThat(other.agrees()).isTrue();
        assertThat(simulator.customers(Map.of())).hasSize(1);
    }

    @Test
    void aCapturedPaymentIsCompleted() throws Exception {
        authorized();

        var effect = life.ask(new CapturePayment());

        assertThat(effect.operation()).isEqualTo("payment_intents.capture");
        assertThat(life.status()).isEqualTo(PaymentStatus.COMPLETED);
        assertThat(intent().path("amount_received").asLong()).isEqualTo(1050);
        assertThat(life.agrees()).isTrue();
    }

    @Test
    void aCaptureWhoseAnswerGotLostIsOneCapture() throws Exception {
        authorized();
        var requested = life.decided(new CapturePayment(), Origin.CLIENT, NOW);
        simulator.faults().next(Fault.DROP_AFTER_EFFECT, 1, "/v1/payment_intents");
        assertThatThrownBy(() -> life.mirror(requested)).isInstanceOf(TargetException.Unavailable.class);
        simulator.forgetKeys();

        life.mirror(requested);

        assertThat(life.status()).isEqualTo(PaymentStatus.COMPLETED);
    }

    @Test
    void aCaptureOfWhatWasCancelledInTheDashboardIsRejectedAndThePaymentCancelled() throws Exception {
        authorized();
        simulator.dashboard().cancel(life.intentId());

        life.ask(new CapturePayment());

        assertThat(life.status()).isEqualTo(PaymentStatus.CANCELLED);
        assertThat(life.state().getError().getCode()).isEqualTo("payment_intent_unexpected_state");
        assertThat(life.agrees()).isTrue();
    }

    @Test
    void aCancelledPaymentIsCancelledThere() throws Exception {
        life.ask(create(1050, "EUR", CaptureMethod.AUTOMATIC));

        life.ask(new CancelPayment("changed my mind", null));

        assertThat(intent().path("status").asText()).isEqualTo("canceled");
        assertThat(life.agrees()).isTrue();
    }

    @Test
    void aCancelledAuthorizationIsReleasedAndNoRefund() throws Exception {
        authorized();

        life.ask(new CancelPayment("changed my mind", null));
        var effect = life.compare();

        assertThat(effect.findings()).isEmpty();
        assertThat(life.state().getRefunds()).isEmpty();
        assertThat(life.agrees()).isTrue();
    }

    @Test
    void anExpiredPaymentIsCancelledThereOnceHoweverOftenItIsTried() throws Exception {
        life.ask(create(1050, "EUR", CaptureMethod.AUTOMATIC));
        var expired = life.decided(new ExpirePayment(), Origin.SYSTEM, NOW.plus(Duration.ofDays(2)));
        life.mirror(expired);
        simulator.forgetKeys();

        life.mirror(expired);

        assertThat(intent().path("status").asText()).isEqualTo("canceled");
        assertThat(life.status()).isEqualTo(PaymentStatus.EXPIRED);
    }

    @Test
    void whatWasPaidBeforeItWasCancelledIsPaid() throws Exception {
        life.ask(create(1050, "EUR", CaptureMethod.AUTOMATIC));
        simulator.pay(life.intentId(), Payment.PAID);
        simulator.dashboard().refund(life.intentId(), 50);

        life.ask(new CancelPayment("changed my mind", null));

        assertThat(life.status()).isEqualTo(PaymentStatus.COMPLETED);
        assertThat(life.state().getAmountReceived()).isEqualTo(1050);
        assertThat(life.refund(0).getAmount()).isEqualTo(50);
        assertThat(life.agrees()).isTrue();
    }

    @Test
    void whatABankIsDecidingAboutIsCancelledLater() throws Exception {
        life.ask(create(1050, "EUR", CaptureMethod.AUTOMATIC));
        simulator.pay(life.intentId(), Payment.PROCESSING);
        var cancelled = life.decided(new CancelPayment("changed my mind", null), Origin.CLIENT, NOW);

        assertThatThrownBy(() -> life.mirror(cancelled)).isInstanceOf(TargetException.NotYet.class);
    }

    @Test
    void aCancellationThatWasRefusedOnceIsNotRefusedForADay() throws Exception {
        life.ask(create(1050, "EUR", CaptureMethod.AUTOMATIC));
        simulator.pay(life.intentId(), Payment.PROCESSING);
        var cancelled = life.decided(new CancelPayment("changed my mind", null), Origin.CLIENT, NOW);
        assertThatThrownBy(() -> life.mirror(cancelled)).isInstanceOf(TargetException.NotYet.class);
        simulator.pay(life.intentId(), Payment.DECLINED);

        life.mirror(cancelled);

        assertThat(intent().path("status").asText()).isEqualTo("canceled");
    }

    @Test
    void aRefundIsMadeUnderItsIdAndConfirmed() throws Exception {
        completed();

        life.ask(new RefundPayment("r-1", 400L));

        assertThat(life.refund(0).getStatus()).isEqualTo(RefundStatus.CONFIRMED);
        assertThat(simulator.refunds(Map.of("gyroscops_refund_id", "r-1")))
                .singleElement()
                .satisfies(refund -> assertThat(refund.path("amount").asLong()).isEqualTo(400));
        assertThat(life.agrees()).isTrue();
    }

    @Test
    void aRefundWhoseAnswerGotLostIsOneRefundAlsoPastStripesMemory() throws Exception {
        stop();
        // Far longer than the impatient one waits: that gives up, and is not cut off.
        start(Duration.ofSeconds(60));
        completed();
        var old = life.decided(new RefundPayment("r-1", 400L), Origin.CLIENT, NOW.minus(Duration.ofHours(21)));
        life.mirror(old);
        simulator.forgetKeys();
        life.mirror(old);

        var fresh = life.decided(new RefundPayment("r-2", 100L), Origin.CLIENT, NOW);
        simulator.faults().next(Fault.TIME_OUT_AFTER_EFFECT, 1, "/v1/refunds");
        try (var impatient = target(Duration.ofSeconds(2), Set.of())) {
            assertThatThrownBy(() -> life.mirror(fresh, impatient))
                    .isInstanceOfSatisfying(TargetException.Unavailable.class, e -> assertThat(e.code())
                            .isEqualTo("time_out"));
        }
        assertThat(simulator.refundsOf(life.intentId())).hasSize(2);
        life.mirror(fresh);

        assertThat(simulator.refundsOf(life.intentId())).hasSize(2);
        assertThat(life.refund(1).getStatus()).isEqualTo(RefundStatus.CONFIRMED);
    }

    @Test
    void aPendingRefundIsConfirmedLater() throws Exception {
        completed();
        simulator.dashboard().leaveRefundsPending(1);
        life.ask(new RefundPayment("r-1", 400L));
        assertThat(life.refund(0).getStatus()).isEqualTo(RefundStatus.REQUESTED);

        simulator
                .dashboard()
                .settleRefund(
                        simulator.refundsOf(life.intentId()).get(0).path("id").asText(), true);
        life.compare();

        assertThat(life.refund(0).getStatus()).isEqualTo(RefundStatus.CONFIRMED);
        assertThat(life.compare().findings()).isEmpty();
    }

    @Test
    void aRefundThatBouncesIsRejected() throws Exception {
        completed();
        life.ask(new RefundPayment("r-1", 400L));

        simulator
                .dashboard()
                .settleRefund(
                        simulator.refundsOf(life.intentId()).get(0).path("id").asText(), false);
        life.compare();

        assertThat(life.refund(0).getStatus()).isEqualTo(RefundStatus.REJECTED);
        assertThat(life.agrees()).isTrue();
    }

    @Test
    void aRefundOfWhatWasRefundedInTheDashboardIsRejected() throws Exception {
        completed();
        simulator.dashboard().refund(life.intentId(), 1050);

        life.ask(new RefundPayment("r-1", 400L));

        assertThat(life.refund(0).getStatus()).isEqualTo(RefundStatus.REJECTED);
        assertThat(life.state().getError().getCode()).isEqualTo("charge_already_refunded");
    }

    @Test
    void aRefundThatStripeCannotCountIsRejected() throws Exception {
        life.ask(create(5000, "KWD", CaptureMethod.AUTOMATIC));
        simulator.pay(life.intentId(), Payment.PAID);
        life.compare();

        life.ask(new RefundPayment("r-1", 1234L));

        assertThat(life.refund(0).getStatus()).isEqualTo(RefundStatus.REJECTED);
        assertThat(simulator.refundsOf(life.intentId())).isEmpty();
    }

    @Test
    void aDeclineIsFoundAndASecondAttemptToo() throws Exception {
        life.ask(create(1050, "EUR", CaptureMethod.AUTOMATIC));
        simulator.pay(life.intentId(), Payment.DECLINED);
        life.compare();
        assertThat(life.status()).isEqualTo(PaymentStatus.FAILED);
        assertThat(life.state().getError().getCode()).isEqualTo("generic_decline");
        assertThat(life.agrees()).isTrue();

        simulator.pay(life.intentId(), Payment.PAID);
        life.compare();

        assertThat(life.status()).isEqualTo(PaymentStatus.COMPLETED);
        assertThat(life.agrees()).isTrue();
    }

    @Test
    void aFailureThatTheLogHeardTooLateIsPutRight() throws Exception {
        authorized();
        life.tell(StripeFacts.of("p-1").notCreated("late", "an earlier attempt"));
        assertThat(life.status()).isEqualTo(PaymentStatus.FAILED);

        life.compare();

        assertThat(life.status()).isEqualTo(PaymentStatus.AUTHORIZED);
        assertThat(life.compare().findings()).isEmpty();
    }

    @Test
    void whatTheMoneyDidInTheDashboardComesInAndASecondLookFindsNothing() throws Exception {
        authorized();
        simulator.dashboard().capture(life.intentId());
        var captured = life.compare();
        simulator.dashboard().refund(life.intentId(), 50);
        var refunded = life.compare();

        assertThat(captured.findings())
                .extracting(finding -> finding.kind())
                .containsExactly(OutcomeKind.DRIFT_CORRECTED);
        assertThat(refunded.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.operation()).isEqualTo("refunds.list");
            assertThat(finding.differences().get(0).getKept()).isEqualTo("THEIRS");
        });
        assertThat(life.status()).isEqualTo(PaymentStatus.COMPLETED);
        assertThat(life.refund(0).getRefundId()).startsWith("re_");
        assertThat(life.agrees()).isTrue();
        assertThat(life.compare().findings()).isEmpty();
    }

    @Test
    void aPartOfAnAuthorizationThatIsCapturedIsNoRefundOfTheRest() throws Exception {
        authorized();
        simulator.dashboard().capture(life.intentId(), 700);
        life.compare();
        simulator.dashboard().refund(life.intentId(), 100);
        life.compare();

        assertThat(life.state().getAmountReceived()).isEqualTo(700);
        assertThat(life.state().getRefunds()).hasSize(1);
        assertThat(life.agrees()).isTrue();
        assertThat(life.compare().findings()).isEmpty();
    }

    @Test
    void aRefundOfAsMuchAsWasReleasedIsARefund() throws Exception {
        life.ask(create(100, "EUR", CaptureMethod.MANUAL));
        simulator.pay(life.intentId(), Payment.PAID);
        simulator.dashboard().capture(life.intentId(), 60);
        simulator.dashboard().refund(life.intentId(), 40);
        life.compare();

        assertThat(life.state().getAmountReceived()).isEqualTo(60);
        assertThat(life.refund(0).getAmount()).isEqualTo(40);
        assertThat(life.agrees()).isTrue();
        assertThat(life.compare().findings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "amount_too_small, , REQUEST, true",
        "HTTP_400, currency, REQUEST, true",
        "card_declined, , CARD, true",
        "parameter_invalid_string, metadata, REQUEST, false",
        "payment_method_unactivated, , REQUEST, false",
        "HTTP_400, , KEY_REUSED, false"
    })
    void onlyTheCardTheAmountAndTheCurrencyFailAPayment(String code, String param, Refusal.Kind kind, boolean fails) {
        var refusal = new Refusal(code, "", 400, Optional.ofNullable(param), kind, null);

        assertThat(refusal.isFinal()).isEqualTo(fails);
    }

    @Test
    void whatTheLogOwnsIsWrittenAgain() throws Exception {
        life.ask(create(1050, "EUR", CaptureMethod.AUTOMATIC));
        var id = life.intentId();
        simulator.dashboard().describe(id, "Three chairs");
        simulator.dashboard().annotate(id, "order", "1");
        simulator.dashboard().annotate(id, "note", "by hand");
        simulator.dashboard().annotate(id, "gyroscops_payment_id", "");
        simulator.dashboard().assign(id, "");

        var effect = life.compare();

        assertThat(effect.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(OutcomeKind.DRIFT_CORRECTED);
            assertThat(finding.differences())
                    .extracting(difference -> difference.getField())
                    .containsExactly(
                            "customer",
                            "description",
                            "metadata.gyroscops_payment_id",
                            "metadata.note",
                            "metadata.order");
        });
        assertThat(life.agrees()).isTrue();
        assertThat(life.compare().findings()).isEmpty();
    }

    @Test
    void anInstallationLeavesTheObjectsOfAnotherAlone() throws Exception {
        life.ask(create(1050, "EUR", CaptureMethod.AUTOMATIC));
        var settings = new StripeSettings(
                SimulatorSettings.API_KEY,
                URI.create(simulator.url()),
                List.of(),
                Duration.ofSeconds(300),
                StripeSettings.DEFAULT_TIMEOUT,
                80,
                Set.of(),
                "staging");
        var other = new PaymentLife(new StripeTarget(settings, CLOCK, unlimited(MirrorTarget.STRIPE)), "p-1");
        other.mirror(other.decided(
                create(1050, "EUR", CaptureMethod.AUTOMATIC), Origin.CLIENT, NOW.minus(Duration.ofHours(30))));

        assertThat(other.intentId()).isNotEqualTo(life.intentId());
        assertThat(simulator.customers(Map.of())).hasSize(2);
        assertThat(life.agrees()).isTrue();
        assertThat(other.agrees()).isTrue();
    }

    @Test
    void aSecondIntentOfAPaymentIsToldOnceAndNothingIsMadeOfIt() throws Exception {
        completed();
        var first = life.intentId();
        var second = simulator
                .dashboard()
                .createForeign(
                        500, "eur", Map.of("gyroscops_payment_id", "p-1", "gyroscops_installation", "gyroscops"));
        simulator.pay(second, Payment.PAID);

        var effect = life.compare();

        assertThat(effect.externalId()).contains(first);
        assertThat(effect.facts()).isEmpty();
        assertThat(effect.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(OutcomeKind.DRIFT_FOUND);
            assertThat(finding.differences().get(0).getTheirs()).isEqualTo(second);
        });
        assertThat(life.compare().findings()).isEmpty();
    }

    @Test
    void aDryRunOnlyLooks() throws Exception {
        life.ask(create(1050, "EUR", CaptureMethod.AUTOMATIC));
        simulator.dashboard().describe(life.intentId(), "Three chairs");
        simulator.pay(life.intentId(), Payment.PAID);

        var effect = target.compare(life.subject(), Optional.of(life.intentId()), true);

        assertThat(effect.facts()).isEmpty();
        assertThat(effect.findings())
                .extracting(finding -> finding.kind())
                .containsOnly(OutcomeKind.DRIFT_FOUND)
                .hasSize(2);
        assertThat(intent().path("description").asText()).isEqualTo("Three chairs");
    }

    @Test
    void whatIsLeftToStripeIsNotTouched() throws Exception {
        var lenient = target(Set.of(StripeField.DESCRIPTION, StripeField.METADATA));
        life = new PaymentLife(lenient, "p-1");
        life.ask(create(1050, "EUR", CaptureMethod.AUTOMATIC));
        simulator.dashboard().describe(life.intentId(), "Three chairs");
        simulator.dashboard().annotate(life.intentId(), "note", "by hand");

        assertThat(life.agrees()).isTrue();
        assertThat(life.compare().findings()).isEmpty();
    }

    @Test
    void bothSidesAtOnceIsAConflictThatTheMoneyWins() throws Exception {
        life.ask(create(1050, "EUR", CaptureMethod.AUTOMATIC));
        life.decided(new CancelPayment("never mirrored", null), Origin.CLIENT, NOW);
        simulator.pay(life.intentId(), Payment.PAID);

        var effect = life.compare();

        assertThat(effect.findings()).extracting(finding -> finding.kind()).containsExactly(OutcomeKind.CONFLICT);
        assertThat(life.status()).isEqualTo(PaymentStatus.COMPLETED);
        assertThat(life.agrees()).isTrue();
    }

    @Test
    void anIntentThatTheLogHasEndedIsCancelled() throws Exception {
        life.ask(create(1050, "EUR", CaptureMethod.AUTOMATIC));
        life.decided(new CancelPayment("never mirrored", null), Origin.CLIENT, NOW);

        life.compare();

        assertThat(intent().path("status").asText()).isEqualTo("canceled");
        assertThat(life.agrees()).isTrue();
    }

    /** In place of the payment's intent there is another that bears its id; the id of that. */
    private String another() {
        var metadata = new HashMap<String, String>();
        intent().path("metadata")
                .properties()
                .forEach(entry -> metadata.put(entry.getKey(), entry.getValue().asText()));
        simulator.dashboard().lose(life.intentId());
        return simulator.dashboard().createForeign(1050, "eur", metadata);
    }

    @Test
    void aReplayThatFindsAnotherIntentOfAPaidPaymentTellsNothingThatTakesMoneyBack() throws Exception {
        life.ask(create(1050, "EUR", CaptureMethod.AUTOMATIC));
        simulator.pay(life.intentId(), Payment.PAID);
        life.compare();
        var failed = another();
        simulator.pay(failed, Payment.DECLINED);

        var replayed = life.take(life.replayed());

        assertThat(replayed.facts()).hasSize(1);
        assertThat(life.state().getExternalId()).isEqualTo(failed);
        assertThat(life.status()).isEqualTo(PaymentStatus.COMPLETED);
        assertThat(life.state().getError()).isNull();
    }

    @Test
    void aReplayThatFindsAnotherIntentTellsItsMoneyAnew() throws Exception {
        life.ask(create(1050, "EUR", CaptureMethod.AUTOMATIC));
        var paid = another();
        simulator.pay(paid, Payment.PAID);
        simulator.dashboard().refund(paid, 50);

        life.take(life.replayed());

        assertThat(life.state().getExternalId()).isEqualTo(paid);
        assertThat(life.state().getAmountReceived()).isEqualTo(1050);
        assertThat(life.refund(0).getAmount()).isEqualTo(50);
    }

    @Test
    void aMissingIntentOfAPendingPaymentIsMadeAgain() throws Exception {
        life.ask(create(1050, "EUR", CaptureMethod.AUTOMATIC));
        var gone = life.intentId();
        simulator.dashboard().lose(gone);

        var effect = life.compare();

        assertThat(effect.findings())
                .extracting(finding -> finding.operation())
                .containsExactly("payment_intents.create");
        assertThat(life.intentId()).isNotEqualTo(gone);
        assertThat(life.state().getExternalId()).isEqualTo(life.intentId());
        assertThat(life.agrees()).isTrue();
    }

    @Test
    void aMissingIntentThatWasPaidIsToldOnce() throws Exception {
        completed();
        simulator.dashboard().lose(life.intentId());

        assertThat(life.compare().findings())
                .extracting(finding -> finding.kind())
                .containsExactly(OutcomeKind.DRIFT_FOUND);
        assertThat(life.compare().findings()).isEmpty();
        assertThat(life.agrees()).isTrue();
    }

    @Test
    void replayLinksAgainAndMovesNoMoney() throws Exception {
        authorized();
        life.decided(new CapturePayment(), Origin.CLIENT, NOW);
        life.forgetLink();

        var effect = life.take(target.replay(life.subject()));

        assertThat(effect.kind()).isEqualTo(OutcomeKind.LINKED);
        assertThat(intents()).hasSize(1);
        assertThat(intent().path("status").asText()).isEqualTo("requires_capture");
    }

    @Test
    void allIntentsAreListedPageByPage() throws Exception {
        for (int i = 0; i < 150; i++) {
            simulator
                    .dashboard()
                    .createForeign(
                            500,
                            "eur",
                            i % 2 == 0
                                    ? Map.of()
                                    : Map.of("gyroscops_payment_id", "p-" + i, "gyroscops_installation", "gyroscops"));
        }

        var first = target.list(Optional.empty());
        var second = target.list(first.next());

        assertThat(first.objects()).hasSize(100);
        assertThat(second.objects()).hasSize(50);
        assertThat(second.next()).isEmpty();
        assertThat(first.objects())
                .filteredOn(listed -> listed.aggregateId().isEmpty())
                .hasSize(50);
    }

    @Test
    void onlyStripesPaymentsAndRequestsConcernIt() {
        var created = life.decided(
                new CreatePayment("o-1", null, 100L, "EUR", "", Map.of(), CaptureMethod.AUTOMATIC, Processor.NONE),
                Origin.CLIENT,
                NOW);

        assertThat(target.concerns(life.subject(), created)).isFalse();
        assertThat(target.fingerprint(life.subject())).isEmpty();
    }

    @Test
    void theTraceContextGoesAlong() throws Exception {
        var trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        var created = life.decided(create(1050, "EUR", CaptureMethod.MANUAL), Origin.CLIENT, NOW);

        target.mirror(life.subject(), new Change(created, 1, Optional.of(trace)));

        assertThat(simulator.traceparents()).isNotEmpty().containsOnly(trace);
    }

    @Test
    void anInterruptEndsACall() {
        var created = life.decided(create(1050, "EUR", CaptureMethod.MANUAL), Origin.CLIENT, NOW);
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> life.mirror(created)).isInstanceOf(InterruptedException.class);
    }
}
