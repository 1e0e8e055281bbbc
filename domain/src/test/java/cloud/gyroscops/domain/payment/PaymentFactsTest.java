package cloud.gyroscops.domain.payment;

import static cloud.gyroscops.domain.payment.PaymentExamples.payment;
import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.contract.Origin;
import cloud.gyroscops.contract.RefusalReason;
import cloud.gyroscops.contract.payment.AuthorizePayment;
import cloud.gyroscops.contract.payment.CancelPayment;
import cloud.gyroscops.contract.payment.CaptureMethod;
import cloud.gyroscops.contract.payment.CapturePayment;
import cloud.gyroscops.contract.payment.CaptureRejected;
import cloud.gyroscops.contract.payment.CaptureRequested;
import cloud.gyroscops.contract.payment.CompletePayment;
import cloud.gyroscops.contract.payment.ConfirmRefund;
import cloud.gyroscops.contract.payment.CreatePayment;
import cloud.gyroscops.contract.payment.ExpirePayment;
import cloud.gyroscops.contract.payment.FailPayment;
import cloud.gyroscops.contract.payment.LinkPayment;
import cloud.gyroscops.contract.payment.PaymentAuthorized;
import cloud.gyroscops.contract.payment.PaymentCompleted;
import cloud.gyroscops.contract.payment.PaymentFailed;
import cloud.gyroscops.contract.payment.PaymentFlag;
import cloud.gyroscops.contract.payment.PaymentLinked;
import cloud.gyroscops.contract.payment.PaymentStatus;
import cloud.gyroscops.contract.payment.Processor;
import cloud.gyroscops.contract.payment.ProcessorError;
import cloud.gyroscops.contract.payment.RefundPayment;
import cloud.gyroscops.contract.payment.RejectCapture;
import cloud.gyroscops.contract.payment.RejectRefund;
import cloud.gyroscops.domain.Example;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Facts in the order in which one expects them, who may tell them, and what they may say. */
final class PaymentFactsTest {

    private static final Set<Class<?>> REQUESTS = Set.of(
            CreatePayment.class, CapturePayment.class, CancelPayment.class, RefundPayment.class, ExpirePayment.class);

    @ParameterizedTest
    @MethodSource("factsFromOthers")
    void facts_come_only_from_the_one_who_moves_the_money(Processor processor, Origin origin, Example fact) {
        payment("CAPTURING", CaptureMethod.MANUAL, processor)
                .from(origin)
                .when(fact.payload())
                .thenRefused(RefusalReason.ORIGIN_NOT_ALLOWED)
                .saying("with processor " + processor + " come from origin " + PaymentExamples.teller(processor)
                        + ", not " + origin);
    }

    private static Stream<Arguments> factsFromOthers() {
        return Stream.of(Processor.STRIPE, Processor.NONE)
                .flatMap(processor -> PaymentExamples.commands(CaptureMethod.MANUAL, processor).stream()
                        .filter(example -> !REQUESTS.contains(example.payload().getClass()))
                        .flatMap(fact -> Stream.of(Origin.values())
                                .filter(origin -> origin != PaymentExamples.teller(processor))
                                .map(origin -> Arguments.of(processor, origin, fact))));
    }

    @ParameterizedTest
    @EnumSource(
            value = Processor.class,
            names = {"STRIPE", "NONE"})
    void a_pending_payment_is_authorized(Processor processor) {
        payment("PENDING", CaptureMethod.MANUAL, processor)
                .when(new AuthorizePayment(" auth-1 ", null))
                .then(new PaymentAuthorized("auth-1", null))
                .thenState(state -> {
                    assertThat(state.getStatus()).isEqualTo(PaymentStatus.AUTHORIZED);
                    assertThat(state.getAuthorizationCode()).isEqualTo("auth-1");
                    assertThat(state.getFlags()).isEmpty();
                });
    }

    @ParameterizedTest
    @CsvSource({
        "PENDING,AUTOMATIC",
        "AUTHORIZED,AUTOMATIC",
        "AUTHORIZED,MANUAL",
        "CAPTURING,AUTOMATIC",
        "CAPTURING,MANUAL"
    })
    void a_payment_is_completed_with_what_was_received(String situation, CaptureMethod captureMethod) {
        payment(situation, captureMethod, Processor.STRIPE)
                .when(new CompletePayment(1000L, null))
                .then(new PaymentCompleted(1000L, null))
                .thenState(state -> {
                    assertThat(state.getStatus()).isEqualTo(PaymentStatus.COMPLETED);
                    assertThat(state.getAmountReceived()).isEqualTo(1000L);
                });
    }

    @Test
    void less_may_be_received_than_was_asked_for() {
        payment("CAPTURING").when(new CompletePayment(999L, null)).then(new PaymentCompleted(999L, null));
    }

    @ParameterizedTest
    @CsvSource({"PENDING,AUTOMATIC", "AUTHORIZED,MANUAL", "CAPTURING,MANUAL"})
    void more_than_was_asked_for_is_flagged(String situation, CaptureMethod captureMethod) {
        payment(situation, captureMethod, Processor.STRIPE)
                .when(new CompletePayment(1001L, null))
                .then(new PaymentCompleted(1001L, PaymentFlag.DIFFERS));
    }

    @Test
    void a_rejected_capture_leaves_the_payment_authorized_with_the_error() {
        payment("CAPTURING")
                .when(new RejectCapture(" capture_failed ", " too late "))
                .then(new CaptureRejected("capture_failed", "too late", null))
                .thenState(state -> {
                    assertThat(state.getStatus()).isEqualTo(PaymentStatus.AUTHORIZED);
                    assertThat(state.getError()).isEqualTo(new ProcessorError("capture_failed", "too late"));
                });
    }

    @Test
    void the_same_error_at_another_capture_is_another_rejection() {
        payment("CAPTURING")
                .given(new CaptureRejected("capture_failed", "too late", null), new CaptureRequested())
                .when(new RejectCapture("capture_failed", "too late"))
                .then(new CaptureRejected("capture_failed", "too late", null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PENDING", "AUTHORIZED", "CAPTURING"})
    void a_payment_fails_before_its_completion(String situation) {
        payment(situation)
                .when(new FailPayment(" card_declined ", " no funds ", null))
                .then(new PaymentFailed("card_declined", "no funds", null))
                .thenState(state -> {
                    assertThat(state.getStatus()).isEqualTo(PaymentStatus.FAILED);
                    assertThat(state.getError()).isEqualTo(new ProcessorError("card_declined", "no funds"));
                });
    }

    @Test
    void another_attempt_at_a_failed_payment_may_fail_too() {
        payment("FAILED")
                .when(new FailPayment("expired_card", "", null))
                .then(new PaymentFailed("expired_card", "", null))
                .thenState(state -> assertThat(state.getError()).isEqualTo(new ProcessorError("expired_card", "")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PENDING",
                "AUTHORIZED",
                "CAPTURING",
                "COMPLETED",
                "REFUNDED by r-1",
                "CANCELLED",
                "FAILED",
                "EXPIRED"
            })
    void a_payment_is_linked_whenever_its_processor_knows_it(String situation) {
        payment(situation)
                .when(new LinkPayment(" pi_1 "))
                .then(new PaymentLinked("pi_1", null))
                .thenState(state -> assertThat(state.getExternalId()).isEqualTo("pi_1"));
    }

    @Test
    void another_link_takes_the_place_of_the_first_and_is_flagged() {
        payment("PENDING")
                .given(new PaymentLinked("pi_1", null))
                .when(new LinkPayment("pi_2"))
                .then(new PaymentLinked("pi_2", PaymentFlag.DIFFERS))
                .thenState(state -> {
                    assertThat(state.getExternalId()).isEqualTo("pi_2");
                    assertThat(state.getFlags()).containsExactly(PaymentFlag.DIFFERS);
                });
    }

    @ParameterizedTest
    @MethodSource("factsOf")
    void what_is_told_of_another_intent_than_the_linked_one_is_refused(Function<String, SpecificRecord> factOf) {
        payment("AUTHORIZED")
                .given(new PaymentLinked("pi_1", null))
                .when(factOf.apply("pi_2"))
                .thenRefused(RefusalReason.EXTERNAL_ID_DIFFERS, "externalId")
                .saying("externalId is \"pi_2\"; the payment is linked to \"pi_1\"");
    }

    @ParameterizedTest
    @MethodSource("factsOf")
    void what_is_told_of_the_linked_intent_or_before_there_is_a_link_is_what_is_told_of_none(
            Function<String, SpecificRecord> factOf) {
        var linked = new PaymentLinked("pi_1", null);
        var ofNone = payment("AUTHORIZED").when(factOf.apply(null)).decision();
        assertThat(payment("AUTHORIZED")
                        .given(linked)
                        .when(factOf.apply("pi_1"))
                        .decision())
                .isEqualTo(ofNone);
        assertThat(payment("AUTHORIZED").when(factOf.apply("pi_2")).decision()).isEqualTo(ofNone);
    }

    private static List<Function<String, SpecificRecord>> factsOf() {
        return List.of(
                intent -> new AuthorizePayment("auth-2", intent),
                intent -> new CompletePayment(1000L, intent),
                intent -> new FailPayment("card_declined", "no funds", intent),
                intent -> new CancelPayment("abandoned", intent),
                intent -> new ConfirmRefund("r-9", 1000L, intent),
                intent -> new RejectRefund("r-9", "expired", "", intent));
    }

    @ParameterizedTest
    @MethodSource("factsWithAWrongField")
    void a_wrong_field_is_refused(SpecificRecord fact, String field) {
        payment("COMPLETED, r-1 requested").when(fact).thenRefused(RefusalReason.INVALID_FIELD, field);
    }

    private static Object[][] factsWithAWrongField() {
        var code = "x".repeat(101);
        var message = "x".repeat(501);
        return new Object[][] {
            {new AuthorizePayment(" ", null), "authorizationCode"},
            {new AuthorizePayment("x".repeat(256), null), "authorizationCode"},
            {new CompletePayment(0L, null), "amountReceived"},
            {new CompletePayment(-1L, null), "amountReceived"},
            {new FailPayment("", "", null), "code"},
            {new FailPayment(code, "", null), "code"},
            {new FailPayment("c", message, null), "message"},
            {new RejectCapture("", ""), "code"},
            {new RejectCapture(code, ""), "code"},
            {new RejectCapture("c", message), "message"},
            {new ConfirmRefund("", null, null), "refundId"},
            {new ConfirmRefund("r/1", null, null), "refundId"},
            {new ConfirmRefund("r-1", 0L, null), "amount"},
            {new ConfirmRefund("r-1", -1L, null), "amount"},
            {new RejectRefund("", "c", "", null), "refundId"},
            {new RejectRefund("r-1", "", "", null), "code"},
            {new RejectRefund("r-1", code, "", null), "code"},
            {new RejectRefund("r-1", "c", message, null), "message"},
            {new CompletePayment(1000L, " "), "externalId"},
            {new CancelPayment("c", "x".repeat(256)), "externalId"},
            {new LinkPayment(""), "externalId"},
            {new LinkPayment("x".repeat(256)), "externalId"}
        };
    }

    @ParameterizedTest
    @MethodSource("factsAtTheirLongest")
    void a_fact_may_say_as_much_as_this(SpecificRecord fact, SpecificRecord event) {
        payment("PENDING").when(fact).then(event);
    }

    private static Object[][] factsAtTheirLongest() {
        var longest = "x".repeat(255);
        var code = "x".repeat(100);
        var message = "x".repeat(500);
        return new Object[][] {
            {new AuthorizePayment(longest, null), new PaymentAuthorized(longest, null)},
            {new FailPayment(code, message, null), new PaymentFailed(code, message, null)},
            {new RejectCapture(code, message), new CaptureRejected(code, message, PaymentFlag.OUT_OF_ORDER)},
            {new LinkPayment(longest), new PaymentLinked(longest, null)}
        };
    }

    /** Each of them when it is already known. */
    @ParameterizedTest
    @MethodSource("repeats")
    void what_is_known_already_is_accepted_without_an_event(
            String situation, List<SpecificRecord> known, SpecificRecord fact) {
        payment(situation)
                .given(known.toArray(SpecificRecord[]::new))
                .when(fact)
                .thenNothing();
    }

    private static Object[][] repeats() {
        var none = List.of();
        return new Object[][] {
            {"AUTHORIZED", none, new AuthorizePayment("auth-1", null)},
            {"CAPTURING", none, new AuthorizePayment(" auth-1 ", null)},
            {"COMPLETED", none, new AuthorizePayment("auth-1", null)},
            {"COMPLETED", none, new CompletePayment(1000L, null)},
            {"COMPLETED", none, new CompletePayment(999L, null)},
            {"REFUNDED by r-1", none, new CompletePayment(1000L, null)},
            {"FAILED", none, new FailPayment("card_declined", "no funds", null)},
            {
                "CANCELLED",
                List.of(new PaymentFailed("c", "m", PaymentFlag.AFTER_CANCELLATION)),
                new FailPayment("c", "m", null)
            },
            {
                "COMPLETED",
                List.of(new PaymentFailed("c", "m", PaymentFlag.OUT_OF_ORDER)),
                new FailPayment("c", "m", null)
            },
            {"CAPTURING", List.of(new CaptureRejected("c", "m", null)), new RejectCapture("c", "m")},
            {"REFUNDED by r-1", none, new ConfirmRefund("r-1", 1000L, null)},
            {"REFUNDED by r-1", none, new ConfirmRefund("r-1", null, null)},
            {"PENDING", List.of(new PaymentLinked("pi_1", null)), new LinkPayment(" pi_1 ")}
        };
    }
}
