package cloud.gyroscops.domain.payment;

import static cloud.gyroscops.domain.payment.PaymentExamples.payment;
import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.contract.RefusalReason;
import cloud.gyroscops.contract.payment.CaptureMethod;
import cloud.gyroscops.contract.payment.CompletePayment;
import cloud.gyroscops.contract.payment.ConfirmRefund;
import cloud.gyroscops.contract.payment.PaymentFlag;
import cloud.gyroscops.contract.payment.PaymentState;
import cloud.gyroscops.contract.payment.PaymentStatus;
import cloud.gyroscops.contract.payment.Processor;
import cloud.gyroscops.contract.payment.RefundConfirmed;
import cloud.gyroscops.contract.payment.RefundRejected;
import cloud.gyroscops.contract.payment.RefundRequested;
import cloud.gyroscops.contract.payment.RefundState;
import cloud.gyroscops.contract.payment.RefundStatus;
import cloud.gyroscops.contract.payment.RejectRefund;
import cloud.gyroscops.domain.DeciderSpecification;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Refunds that nobody asked for, or that turn out otherwise than asked. */
final class PaymentUnexpectedRefundsTest {

    private final DeciderSpecification<PaymentState> completed = payment("COMPLETED");
    private final DeciderSpecification<PaymentState> requested = completed.given(new RefundRequested("r-1", 400L));
    private final DeciderSpecification<PaymentState> clientsOwn =
            payment("COMPLETED", CaptureMethod.MANUAL, Processor.NONE);

    @ParameterizedTest
    @CsvSource({"999,COMPLETED", "1000,REFUNDED"})
    void a_refund_made_in_the_dashboard_of_stripe_is_recorded(long amount, PaymentStatus status) {
        completed
                .when(new ConfirmRefund("re_1", amount, null))
                .then(new RefundConfirmed("re_1", amount, null))
                .thenState(state -> {
                    assertThat(state.getStatus()).isEqualTo(status);
                    assertThat(state.getRefunds())
                            .containsExactly(new RefundState("re_1", amount, RefundStatus.CONFIRMED));
                });
    }

    @Test
    void a_dashboard_refund_that_takes_what_is_asked_for_already_is_flagged() {
        requested
                .when(new ConfirmRefund("re_1", 601L, null))
                .then(new RefundConfirmed("re_1", 601L, PaymentFlag.DIFFERS))
                .thenState(state -> {
                    assertThat(PaymentRules.refundable(state)).isZero();
                    assertThat(state.getFlags()).containsExactly(PaymentFlag.DIFFERS);
                });
    }

    @Test
    void a_dashboard_refund_of_more_than_was_received_is_recorded_and_flagged() {
        completed
                .when(new ConfirmRefund("re_1", 1001L, null))
                .then(new RefundConfirmed("re_1", 1001L, PaymentFlag.DIFFERS))
                .thenState(state -> {
                    assertThat(state.getStatus()).isEqualTo(PaymentStatus.REFUNDED);
                    assertThat(PaymentRules.refundable(state)).isZero();
                });
    }

    @Test
    void refunds_beyond_every_number_leave_nothing_to_refund() {
        completed
                .given(
                        new RefundConfirmed("re_1", Long.MAX_VALUE, PaymentFlag.DIFFERS),
                        new RefundConfirmed("re_2", Long.MAX_VALUE, PaymentFlag.DIFFERS))
                .when(new ConfirmRefund("re_3", 1L, null))
                .then(new RefundConfirmed("re_3", 1L, PaymentFlag.DIFFERS))
                .thenState(state -> {
                    assertThat(state.getStatus()).isEqualTo(PaymentStatus.REFUNDED);
                    assertThat(PaymentRules.refundable(state)).isZero();
                    assertThat(PaymentRules.refunded(state)).isEqualTo(Long.MAX_VALUE);
                });
    }

    @ParameterizedTest
    @CsvSource({
        "PENDING,OUT_OF_ORDER",
        "AUTHORIZED,OUT_OF_ORDER",
        "CAPTURING,OUT_OF_ORDER",
        "CANCELLED,AFTER_CANCELLATION",
        "EXPIRED,AFTER_EXPIRY",
        "FAILED,AFTER_FAILURE"
    })
    void a_refund_reported_before_what_was_received_is_recorded_and_changes_no_status(
            String situation, PaymentFlag flag) {
        payment(situation)
                .when(new ConfirmRefund("re_1", 1000L, null))
                .then(new RefundConfirmed("re_1", 1000L, flag))
                .thenState(state -> assertThat(state.getStatus()).hasToString(situation));
    }

    @Test
    void what_is_received_after_its_refund_was_reported_is_refunded() {
        payment("CAPTURING")
                .given(new RefundConfirmed("re_1", 1000L, PaymentFlag.OUT_OF_ORDER))
                .when(new CompletePayment(1000L, null))
                .thenState(state -> assertThat(state.getStatus()).isEqualTo(PaymentStatus.REFUNDED));
    }

    @Test
    void an_unknown_refund_needs_an_amount() {
        completed
                .when(new ConfirmRefund("re_1", null, null))
                .thenRefused(RefusalReason.INVALID_FIELD, "amount")
                .saying("refund re_1 is not known");
    }

    @Test
    void an_unknown_refund_that_stripe_rejects_is_nothing_to_undo() {
        completed.when(new RejectRefund("re_1", "c", "m", null)).thenNothing();
    }

    @Test
    void clients_confirm_no_refund_that_was_not_asked_for() {
        clientsOwn
                .when(new ConfirmRefund("r-1", 400L, null))
                .thenRefused(RefusalReason.REFUND_NOT_FOUND, "refundId")
                .saying("there is no refund r-1; ask for it first");
    }

    @Test
    void clients_reject_no_refund_that_was_not_asked_for() {
        clientsOwn
                .when(new RejectRefund("r-1", "c", "m", null))
                .thenRefused(RefusalReason.REFUND_NOT_FOUND, "refundId");
    }

    @Test
    void clients_confirm_what_was_asked_for() {
        clientsOwn
                .given(new RefundRequested("r-1", 400L))
                .when(new ConfirmRefund("r-1", 401L, null))
                .thenRefused(RefusalReason.INVALID_FIELD, "amount")
                .saying("amount is 401; refund r-1 was asked for with 400");
    }

    @ParameterizedTest
    @ValueSource(longs = {399, 401})
    void another_amount_than_asked_for_is_flagged(long amount) {
        requested
                .when(new ConfirmRefund("r-1", amount, null))
                .then(new RefundConfirmed("r-1", amount, PaymentFlag.DIFFERS))
                .thenState(state -> assertThat(PaymentRules.refunded(state)).isEqualTo(amount));
    }

    @Test
    void another_amount_than_confirmed_before_is_flagged_and_counts() {
        requested
                .given(new RefundConfirmed("r-1", 400L, null))
                .when(new ConfirmRefund("r-1", 300L, null))
                .then(new RefundConfirmed("r-1", 300L, PaymentFlag.DIFFERS))
                .thenState(state -> assertThat(PaymentRules.refunded(state)).isEqualTo(300L));
    }

    @Test
    void a_rejected_refund_that_is_confirmed_after_all_is_flagged() {
        requested
                .given(new RefundRejected("r-1", "c", "m", null))
                .when(new ConfirmRefund("r-1", null, null))
                .then(new RefundConfirmed("r-1", 400L, PaymentFlag.OUT_OF_ORDER))
                .thenState(state -> assertThat(PaymentRules.refunded(state)).isEqualTo(400L));
    }

    @Test
    void clients_may_mend_a_rejection_too() {
        clientsOwn
                .given(new RefundRequested("r-1", 400L), new RefundRejected("r-1", "c", "m", null))
                .when(new ConfirmRefund("r-1", 400L, null))
                .then(new RefundConfirmed("r-1", 400L, PaymentFlag.OUT_OF_ORDER));
    }

    @Test
    void a_refund_that_bounces_after_another_was_rejected_is_the_only_one_undone() {
        completed
                .given(
                        new RefundRequested("r-1", 400L),
                        new RefundRequested("r-2", 600L),
                        new RefundConfirmed("r-1", 400L, null),
                        new RefundConfirmed("r-2", 600L, null))
                .when(new RejectRefund("r-1", "c", "m", null))
                .then(new RefundRejected("r-1", "c", "m", PaymentFlag.OUT_OF_ORDER))
                .thenState(state -> {
                    assertThat(state.getStatus()).isEqualTo(PaymentStatus.COMPLETED);
                    assertThat(PaymentRules.refunded(state)).isEqualTo(600L);
                });
    }
}
