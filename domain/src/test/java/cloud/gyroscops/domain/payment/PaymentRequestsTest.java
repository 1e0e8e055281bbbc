package cloud.gyroscops.domain.payment;

import static cloud.gyroscops.domain.payment.PaymentExamples.EXPIRY;
import static cloud.gyroscops.domain.payment.PaymentExamples.payment;
import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.contract.Origin;
import cloud.gyroscops.contract.RefusalReason;
import cloud.gyroscops.contract.payment.CancelPayment;
import cloud.gyroscops.contract.payment.CaptureMethod;
import cloud.gyroscops.contract.payment.CapturePayment;
import cloud.gyroscops.contract.payment.CaptureRequested;
import cloud.gyroscops.contract.payment.CreatePayment;
import cloud.gyroscops.contract.payment.ExpirePayment;
import cloud.gyroscops.contract.payment.PaymentAuthorized;
import cloud.gyroscops.contract.payment.PaymentCancelled;
import cloud.gyroscops.contract.payment.PaymentExpired;
import cloud.gyroscops.contract.payment.PaymentState;
import cloud.gyroscops.contract.payment.PaymentStatus;
import cloud.gyroscops.contract.payment.Processor;
import cloud.gyroscops.domain.DeciderSpecification;
import cloud.gyroscops.domain.Example;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Capture, cancellation and expiry; creation and refunds have tests of their own. */
final class PaymentRequestsTest {

    @ParameterizedTest
    @MethodSource("commandsForAnExistingOne")
    void a_payment_that_was_never_created_is_not_found(Example example) {
        PaymentExamples.nothing()
                .from(example.origin())
                .when(example.payload())
                .thenRefused(RefusalReason.NOT_FOUND)
                .saying("there is no payment p-1");
    }

    private static List<Example> commandsForAnExistingOne() {
        return PaymentExamples.commands(CaptureMethod.MANUAL, Processor.STRIPE).stream()
                .filter(example -> !(example.payload() instanceof CreatePayment))
                .toList();
    }

    @ParameterizedTest
    @EnumSource(
            value = CaptureMethod.class,
            names = {"AUTOMATIC", "MANUAL"})
    void an_authorized_payment_is_captured(CaptureMethod captureMethod) {
        clients("AUTHORIZED", captureMethod)
                .when(new CapturePayment())
                .then(new CaptureRequested())
                .thenState(state -> assertThat(state.getStatus()).isEqualTo(PaymentStatus.CAPTURING));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PENDING",
                "CAPTURING",
                "COMPLETED",
                "COMPLETED, r-1 requested",
                "REFUNDED by r-1",
                "CANCELLED",
                "FAILED",
                "EXPIRED"
            })
    void no_other_payment_is_captured(String situation) {
        clients(situation)
                .when(new CapturePayment())
                .thenRefused(RefusalReason.INVALID_STATE)
                .saying("cannot be captured; it must be AUTHORIZED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PENDING", "AUTHORIZED"})
    void a_payment_is_cancelled_for_a_reason_before_its_capture(String situation) {
        clients(situation)
                .when(new CancelPayment(" changed my mind ", null))
                .then(new PaymentCancelled("changed my mind"))
                .thenState(state -> assertThat(state.getStatus()).isEqualTo(PaymentStatus.CANCELLED));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CAPTURING",
                "COMPLETED",
                "COMPLETED, r-1 requested",
                "REFUNDED by r-1",
                "CANCELLED",
                "FAILED",
                "EXPIRED"
            })
    void no_other_payment_is_cancelled(String situation) {
        clients(situation)
                .when(new CancelPayment("changed my mind", null))
                .thenRefused(RefusalReason.INVALID_STATE)
                .saying("cannot be cancelled; it must be PENDING or AUTHORIZED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PENDING", "AUTHORIZED", "CAPTURING", "FAILED"})
    void stripe_cancels_what_it_has_not_captured(String situation) {
        payment(situation)
                .from(Origin.STRIPE)
                .when(new CancelPayment("abandoned", null))
                .then(new PaymentCancelled("abandoned"))
                .thenState(state -> assertThat(state.getStatus()).isEqualTo(PaymentStatus.CANCELLED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"CANCELLED", "EXPIRED"})
    void what_stripe_says_of_a_payment_that_we_ended_is_no_news(String situation) {
        payment(situation)
                .from(Origin.STRIPE)
                .when(new CancelPayment("requested_by_customer", null))
                .thenNothing();
    }

    @ParameterizedTest
    @ValueSource(strings = {"COMPLETED", "REFUNDED by r-1"})
    void stripe_does_not_cancel_what_it_has_captured(String situation) {
        payment(situation)
                .from(Origin.STRIPE)
                .when(new CancelPayment("abandoned", null))
                .thenRefused(RefusalReason.INVALID_STATE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CAPTURING", "FAILED", "CANCELLED", "EXPIRED"})
    void stripe_has_no_more_to_say_than_a_client_about_payments_that_it_does_not_move(String situation) {
        payment(situation, CaptureMethod.MANUAL, Processor.NONE)
                .from(Origin.STRIPE)
                .when(new CancelPayment("abandoned", null))
                .thenRefused(RefusalReason.INVALID_STATE);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 500})
    void a_reason_has_1_to_500_characters(int length) {
        clients("PENDING")
                .when(new CancelPayment("x".repeat(length), null))
                .then(new PaymentCancelled("x".repeat(length)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 501})
    void a_reason_of_another_length_is_refused(int length) {
        clients("PENDING")
                .when(new CancelPayment("x".repeat(length), null))
                .thenRefused(RefusalReason.INVALID_FIELD, "reason");
    }

    @ParameterizedTest
    @CsvSource({"PENDING,AUTOMATIC", "AUTHORIZED,AUTOMATIC", "PENDING,MANUAL", "AUTHORIZED,MANUAL"})
    void a_payment_expires_when_its_time_is_up(String situation, CaptureMethod captureMethod) {
        clients(situation, captureMethod)
                .from(Origin.SYSTEM)
                .at(EXPIRY)
                .when(new ExpirePayment())
                .then(new PaymentExpired())
                .thenState(state -> assertThat(state.getStatus()).isEqualTo(PaymentStatus.EXPIRED));
    }

    @Test
    void a_payment_does_not_expire_before_its_time_is_up() {
        clients("PENDING")
                .from(Origin.SYSTEM)
                .at(EXPIRY.minusMillis(1))
                .when(new ExpirePayment())
                .thenRefused(RefusalReason.INVALID_STATE)
                .saying("does not expire before " + EXPIRY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CAPTURING",
                "COMPLETED",
                "COMPLETED, r-1 requested",
                "REFUNDED by r-1",
                "CANCELLED",
                "FAILED",
                "EXPIRED"
            })
    void no_other_payment_expires_and_none_expires_twice(String situation) {
        clients(situation)
                .from(Origin.SYSTEM)
                .at(EXPIRY.plusSeconds(1))
                .when(new ExpirePayment())
                .thenRefused(RefusalReason.INVALID_STATE)
                .saying("cannot be expired; it must be PENDING or AUTHORIZED");
    }

    @ParameterizedTest
    @EnumSource(value = Origin.class, mode = EnumSource.Mode.EXCLUDE, names = "SYSTEM")
    void nobody_but_the_system_says_that_a_payment_expires(Origin origin) {
        clients("PENDING")
                .from(origin)
                .at(EXPIRY)
                .when(new ExpirePayment())
                .thenRefused(RefusalReason.ORIGIN_NOT_ALLOWED)
                .saying("origin " + origin);
    }

    @Test
    void a_failed_payment_that_is_tried_again_may_expire() {
        payment("FAILED")
                .given(new PaymentAuthorized("auth-2", null))
                .from(Origin.SYSTEM)
                .at(EXPIRY)
                .when(new ExpirePayment())
                .then(new PaymentExpired());
    }

    private static DeciderSpecification<PaymentState> clients(String situation) {
        return clients(situation, CaptureMethod.MANUAL);
    }

    private static DeciderSpecification<PaymentState> clients(String situation, CaptureMethod captureMethod) {
        return payment(situation, captureMethod, Processor.STRIPE).from(Origin.CLIENT);
    }
}
