package cloud.gyroscops.domain.payment;

import static cloud.gyroscops.domain.payment.PaymentExamples.payment;
import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.contract.Origin;
import cloud.gyroscops.contract.RefusalReason;
import cloud.gyroscops.contract.payment.CaptureMethod;
import cloud.gyroscops.contract.payment.ConfirmRefund;
import cloud.gyroscops.contract.payment.PaymentFlag;
import cloud.gyroscops.contract.payment.PaymentState;
import cloud.gyroscops.contract.payment.PaymentStatus;
import cloud.gyroscops.contract.payment.Processor;
import cloud.gyroscops.contract.payment.ProcessorError;
import cloud.gyroscops.contract.payment.RefundConfirmed;
import cloud.gyroscops.contract.payment.RefundPayment;
import cloud.gyroscops.contract.payment.RefundRejected;
import cloud.gyroscops.contract.payment.RefundRequested;
import cloud.gyroscops.contract.payment.RefundState;
import cloud.gyroscops.contract.payment.RefundStatus;
import cloud.gyroscops.contract.payment.RejectRefund;
import cloud.gyroscops.domain.DeciderSpecification;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Refunds as they are asked for, and as they are confirmed or rejected in the usual order. */
final class PaymentRefundsTest {

    private final DeciderSpecification<PaymentState> completed = payment("COMPLETED");
    private final DeciderSpecification<PaymentState> requested = completed.given(new RefundRequested("r-1", 400L));

    @ParameterizedTest
    @ValueSource(longs = {1, 1000})
    void what_was_received_may_be_asked_back_in_part_or_whole(long amount) {
        completed
                .from(Origin.CLIENT)
                .when(new RefundPayment("r-1", amount))
                .then(new RefundRequested("r-1", amount))
                .thenState(state -> {
                    assertThat(state.getStatus()).isEqualTo(PaymentStatus.COMPLETED);
                    assertThat(state.getRefunds())
                            .containsExactly(new RefundState("r-1", amount, RefundStatus.REQUESTED));
                    assertThat(PaymentRules.refundable(state)).isEqualTo(1000 - amount);
                    assertThat(PaymentRules.refunded(state)).isZero();
                });
    }

    @Test
    void more_than_was_received_is_refused() {
        completed
                .when(new RefundPayment("r-1", 1001L))
                .thenRefused(RefusalReason.REFUND_EXCEEDS_PAYMENT, "amount")
                .saying("amount is 1001; 1000 EUR (minor units)");
    }

    @ParameterizedTest
    @MethodSource("refundsOf400")
    void what_is_refunded_or_asked_for_is_not_asked_for_again(List<SpecificRecord> refund) {
        completed
                .given(refund.toArray(SpecificRecord[]::new))
                .when(new RefundPayment("r-2", 601L))
                .thenRefused(RefusalReason.REFUND_EXCEEDS_PAYMENT, "amount")
                .saying("600 EUR");
    }

    @ParameterizedTest
    @MethodSource("refundsOf400")
    void the_rest_may_be_asked_back(List<SpecificRecord> refund) {
        completed
                .given(refund.toArray(SpecificRecord[]::new))
                .when(new RefundPayment("r-2", 600L))
                .then(new RefundRequested("r-2", 600L));
    }

    private static List<List<SpecificRecord>> refundsOf400() {
        return List.of(
                List.of(new RefundRequested("r-1", 400L)),
                List.of(new RefundRequested("r-1", 400L), new RefundConfirmed("r-1", 400L, null)));
    }

    @Test
    void what_was_rejected_may_be_asked_for_again_under_another_id() {
        completed
                .given(new RefundRequested("r-1", 1000L), new RefundRejected("r-1", "c", "m", null))
                .when(new RefundPayment("r-2", 1000L))
                .then(new RefundRequested("r-2", 1000L));
    }

    @ParameterizedTest
    @MethodSource("lifesOfARefund")
    void a_refund_id_is_never_used_again(List<SpecificRecord> life) {
        completed
                .given(life.toArray(SpecificRecord[]::new))
                .when(new RefundPayment("r-1", 1L))
                .thenRefused(RefusalReason.REFUND_ID_REUSED, "refundId")
                .saying("refund r-1 was asked for before");
    }

    private static List<List<SpecificRecord>> lifesOfARefund() {
        return List.of(
                List.of(new RefundRequested("r-1", 400L)),
                List.of(new RefundRequested("r-1", 400L), new RefundConfirmed("r-1", 400L, null)),
                List.of(new RefundRequested("r-1", 400L), new RefundRejected("r-1", "c", "m", null)),
                List.of(new RefundConfirmed("r-1", 400L, null)));
    }

    @Test
    void nothing_is_left_of_a_refunded_payment() {
        payment("REFUNDED by r-1")
                .when(new RefundPayment("r-2", 1L))
                .thenRefused(RefusalReason.REFUND_EXCEEDS_PAYMENT, "amount")
                .saying("0 EUR");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PENDING", "AUTHORIZED", "CAPTURING", "CANCELLED", "FAILED", "EXPIRED"})
    void a_payment_that_was_not_received_is_not_refunded(String situation) {
        payment(situation)
                .when(new RefundPayment("r-1", 1L))
                .thenRefused(RefusalReason.INVALID_STATE)
                .saying("cannot be refunded; it must be COMPLETED");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1})
    void a_refund_of_nothing_is_refused(long amount) {
        completed.when(new RefundPayment("r-1", amount)).thenRefused(RefusalReason.INVALID_FIELD, "amount");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "r 1", "r/1"})
    void a_refund_id_that_is_no_id_is_refused(String refundId) {
        completed.when(new RefundPayment(refundId, 1L)).thenRefused(RefusalReason.INVALID_FIELD, "refundId");
    }

    @ParameterizedTest
    @EnumSource(
            value = Processor.class,
            names = {"STRIPE", "NONE"})
    void a_refund_is_confirmed_with_the_amount_asked_for(Processor processor) {
        payment("COMPLETED", CaptureMethod.MANUAL, processor)
                .given(new RefundRequested("r-1", 400L))
                .when(new ConfirmRefund("r-1", null, null))
                .then(new RefundConfirmed("r-1", 400L, null))
                .thenState(state -> {
                    assertThat(state.getStatus()).isEqualTo(PaymentStatus.COMPLETED);
                    assertThat(PaymentRules.refunded(state)).isEqualTo(400L);
                    assertThat(PaymentRules.refundable(state)).isEqualTo(600L);
                });
    }

    @Test
    void a_payment_of_which_nothing_is_left_is_refunded() {
        completed
                .given(
                        new RefundRequested("r-1", 400L),
                        new RefundRequested("r-2", 600L),
                        new RefundConfirmed("r-2", 600L, null))
                .when(new ConfirmRefund("r-1", 400L, null))
                .then(new RefundConfirmed("r-1", 400L, null))
                .thenState(state -> {
                    assertThat(state.getStatus()).isEqualTo(PaymentStatus.REFUNDED);
                    assertThat(state.getRefunds())
                            .containsExactly(
                                    new RefundState("r-1", 400L, RefundStatus.CONFIRMED),
                                    new RefundState("r-2", 600L, RefundStatus.CONFIRMED));
                });
    }

    @Test
    void a_rejected_refund_leaves_its_amount_and_the_error() {
        requested
                .when(new RejectRefund("r-1", " refund_failed ", " account closed ", null))
                .then(new RefundRejected("r-1", "refund_failed", "account closed", null))
                .thenState(state -> {
                    assertThat(state.getError()).isEqualTo(new ProcessorError("refund_failed", "account closed"));
                    assertThat(state.getRefunds()).containsExactly(new RefundState("r-1", 400L, RefundStatus.REJECTED));
                    assertThat(PaymentRules.refundable(state)).isEqualTo(1000L);
                    assertThat(state.getFlags()).isEmpty();
                });
    }

    @Test
    void a_refund_is_not_rejected_twice() {
        requested
                .given(new RefundRejected("r-1", "c", "m", null))
                .when(new RejectRefund("r-1", "d", "n", null))
                .thenNothing();
    }

    @Test
    void a_refund_that_bounces_leaves_the_payment_completed_and_flagged() {
        payment("REFUNDED by r-1")
                .when(new RejectRefund("r-1", "refund_failed", "account closed", null))
                .then(new RefundRejected("r-1", "refund_failed", "account closed", PaymentFlag.OUT_OF_ORDER))
                .thenState(state -> {
                    assertThat(state.getStatus()).isEqualTo(PaymentStatus.COMPLETED);
                    assertThat(PaymentRules.refundable(state)).isEqualTo(1000L);
                    assertThat(state.getFlags()).containsExactly(PaymentFlag.OUT_OF_ORDER);
                });
    }
}
