package cloud.gyroscops.domain.payment;

import static cloud.gyroscops.domain.payment.PaymentExamples.payment;
import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.contract.payment.AuthorizePayment;
import cloud.gyroscops.contract.payment.CaptureMethod;
import cloud.gyroscops.contract.payment.CaptureRejected;
import cloud.gyroscops.contract.payment.CompletePayment;
import cloud.gyroscops.contract.payment.FailPayment;
import cloud.gyroscops.contract.payment.PaymentAuthorized;
import cloud.gyroscops.contract.payment.PaymentCompleted;
import cloud.gyroscops.contract.payment.PaymentFailed;
import cloud.gyroscops.contract.payment.PaymentFlag;
import cloud.gyroscops.contract.payment.PaymentStatus;
import cloud.gyroscops.contract.payment.Processor;
import cloud.gyroscops.contract.payment.ProcessorError;
import cloud.gyroscops.contract.payment.RejectCapture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Facts that one does not expect where they come: recorded all the same, and flagged. */
final class PaymentLateFactsTest {

    @ParameterizedTest
    @CsvSource({
        "CANCELLED,AFTER_CANCELLATION",
        "EXPIRED,AFTER_EXPIRY",
        "FAILED,AFTER_FAILURE",
    })
    void money_received_after_the_end_completes_the_payment_and_is_flagged(String situation, PaymentFlag flag) {
        payment(situation)
                .when(new CompletePayment(1000L, null))
                .then(new PaymentCompleted(1000L, flag))
                .thenState(state -> {
                    assertThat(state.getStatus()).isEqualTo(PaymentStatus.COMPLETED);
                    assertThat(state.getAmountReceived()).isEqualTo(1000L);
                    assertThat(state.getFlags()).containsExactly(flag);
                });
    }

    @ParameterizedTest
    @EnumSource(
            value = Processor.class,
            names = {"STRIPE", "NONE"})
    void money_received_late_is_taken_from_whoever_moves_it(Processor processor) {
        payment("EXPIRED", CaptureMethod.AUTOMATIC, processor)
                .when(new CompletePayment(1000L, null))
                .then(new PaymentCompleted(1000L, PaymentFlag.AFTER_EXPIRY));
    }

    @Test
    void a_manual_payment_completed_before_its_authorization_is_flagged() {
        payment("PENDING")
                .when(new CompletePayment(1000L, null))
                .then(new PaymentCompleted(1000L, PaymentFlag.OUT_OF_ORDER))
                .thenState(state -> assertThat(state.getStatus()).isEqualTo(PaymentStatus.COMPLETED));
    }

    @Test
    void more_received_than_before_is_flagged() {
        payment("COMPLETED")
                .when(new CompletePayment(1500L, null))
                .then(new PaymentCompleted(1500L, PaymentFlag.DIFFERS))
                .thenState(state -> assertThat(state.getAmountReceived()).isEqualTo(1500L));
    }

    @Test
    void more_received_after_all_was_refunded_leaves_something_to_refund() {
        payment("REFUNDED by r-1")
                .when(new CompletePayment(1500L, null))
                .then(new PaymentCompleted(1500L, PaymentFlag.DIFFERS))
                .thenState(state -> {
                    assertThat(state.getStatus()).isEqualTo(PaymentStatus.COMPLETED);
                    assertThat(PaymentRules.refundable(state)).isEqualTo(500L);
                });
    }

    @ParameterizedTest
    @CsvSource({
        "CANCELLED,AFTER_CANCELLATION,CANCELLED",
        "EXPIRED,AFTER_EXPIRY,EXPIRED",
        "FAILED,AFTER_FAILURE,AUTHORIZED",
        "COMPLETED,OUT_OF_ORDER,COMPLETED",
        "REFUNDED by r-1,OUT_OF_ORDER,REFUNDED",
        "AUTHORIZED,DIFFERS,AUTHORIZED",
        "CAPTURING,DIFFERS,CAPTURING"
    })
    void an_authorization_that_is_not_expected_is_recorded(String situation, PaymentFlag flag, PaymentStatus status) {
        payment(situation)
                .when(new AuthorizePayment("auth-2", null))
                .then(new PaymentAuthorized("auth-2", flag))
                .thenState(state -> {
                    assertThat(state.getStatus()).isEqualTo(status);
                    assertThat(state.getAuthorizationCode()).isEqualTo("auth-2");
                    assertThat(state.getFlags()).containsExactly(flag);
                });
    }

    @Test
    void an_authorization_outlives_a_failure_that_was_told_too_late() {
        payment("AUTHORIZED")
                .given(new PaymentFailed("card_declined", "an earlier attempt", null))
                .when(new AuthorizePayment("auth-1", null))
                .then(new PaymentAuthorized("auth-1", PaymentFlag.AFTER_FAILURE))
                .thenState(state -> assertThat(state.getStatus()).isEqualTo(PaymentStatus.AUTHORIZED));
    }

    @ParameterizedTest
    @CsvSource({
        "CANCELLED,AFTER_CANCELLATION,CANCELLED",
        "EXPIRED,AFTER_EXPIRY,EXPIRED",
        "COMPLETED,OUT_OF_ORDER,COMPLETED",
        "REFUNDED by r-1,OUT_OF_ORDER,REFUNDED"
    })
    void a_failure_after_the_end_is_recorded_and_changes_no_status(
            String situation, PaymentFlag flag, PaymentStatus status) {
        payment(situation)
                .when(new FailPayment("card_declined", "no funds", null))
                .then(new PaymentFailed("card_declined", "no funds", flag))
                .thenState(state -> {
                    assertThat(state.getStatus()).isEqualTo(status);
                    assertThat(state.getError()).isEqualTo(new ProcessorError("card_declined", "no funds"));
                    assertThat(state.getFlags()).containsExactly(flag);
                });
    }

    /** A rejected capture may have left the same error, without the flag. */
    @Test
    void a_failure_after_the_end_is_flagged_even_if_its_error_is_known() {
        payment("COMPLETED")
                .given(new CaptureRejected("c", "m", PaymentFlag.DIFFERS))
                .when(new FailPayment("c", "m", null))
                .then(new PaymentFailed("c", "m", PaymentFlag.OUT_OF_ORDER));
    }

    @ParameterizedTest
    @CsvSource({
        "PENDING,OUT_OF_ORDER,PENDING",
        "AUTHORIZED,OUT_OF_ORDER,AUTHORIZED",
        "COMPLETED,OUT_OF_ORDER,COMPLETED",
        "REFUNDED by r-1,OUT_OF_ORDER,REFUNDED",
        "CANCELLED,AFTER_CANCELLATION,CANCELLED",
        "EXPIRED,AFTER_EXPIRY,EXPIRED",
        "FAILED,AFTER_FAILURE,FAILED"
    })
    void a_rejected_capture_that_is_not_expected_is_recorded_and_changes_no_status(
            String situation, PaymentFlag flag, PaymentStatus status) {
        payment(situation)
                .when(new RejectCapture("capture_failed", "too late"))
                .then(new CaptureRejected("capture_failed", "too late", flag))
                .thenState(state -> {
                    assertThat(state.getStatus()).isEqualTo(status);
                    assertThat(state.getFlags()).containsExactly(flag);
                });
    }

    @Test
    void each_flag_is_kept_once() {
        payment("COMPLETED")
                .given(
                        new PaymentCompleted(1500L, PaymentFlag.DIFFERS),
                        new PaymentFailed("c", "m", PaymentFlag.OUT_OF_ORDER))
                .when(new CompletePayment(2000L, null))
                .thenState(state ->
                        assertThat(state.getFlags()).containsExactly(PaymentFlag.DIFFERS, PaymentFlag.OUT_OF_ORDER));
    }
}
