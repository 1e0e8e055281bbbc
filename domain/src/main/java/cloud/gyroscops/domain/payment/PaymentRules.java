package cloud.gyroscops.domain.payment;

import cloud.gyroscops.contract.Origin;
import cloud.gyroscops.contract.RefusalReason;
import cloud.gyroscops.contract.payment.PaymentFlag;
import cloud.gyroscops.contract.payment.PaymentState;
import cloud.gyroscops.contract.payment.PaymentStatus;
import cloud.gyroscops.contract.payment.Processor;
import cloud.gyroscops.contract.payment.RefundState;
import cloud.gyroscops.contract.payment.RefundStatus;
import cloud.gyroscops.domain.Fields;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** What follows from a payment's state: asked by the decider, by the time-outs and by views. */
public final class PaymentRules {

    /** Refunds are kept for ever, in one record with the payment: their number is bounded. */
    static final int MOST_REFUNDS = 500;

    private PaymentRules() {}

    /** When the payment expires, should nothing happen to it before: empty once it cannot expire any more. */
    public static Optional<Instant> expiresAt(PaymentState payment) {
        return canExpire(payment) ? Optional.ofNullable(payment.getExpiresAt()) : Optional.empty();
    }

    /** Whether the payment still waits for somebody to move the money. */
    public static boolean canExpire(PaymentState payment) {
        return payment.getStatus() == PaymentStatus.PENDING || payment.getStatus() == PaymentStatus.AUTHORIZED;
    }

    /** What was given back, in minor units. */
    public static long refunded(PaymentState payment) {
        return sum(payment, EnumSet.of(RefundStatus.CONFIRMED));
    }

    /** What is neither given back nor asked to be, in minor units; never below 0. */
    public static long refundable(PaymentState payment) {
        return Math.max(
                0,
                payment.getAmountReceived() - sum(payment, EnumSet.of(RefundStatus.CONFIRMED, RefundStatus.REQUESTED)));
    }

    static Optional<RefundState> refund(PaymentState payment, String refundId) {
        return payment.getRefunds().stream()
                .filter(refund -> refund.getRefundId().equals(refundId))
                .findFirst();
    }

    /** Who reports what happened to the money. */
    static Origin teller(Processor processor) {
        return processor == Processor.STRIPE ? Origin.STRIPE : Origin.CLIENT;
    }

    /**
     * Refuses what is told of another object of the processor's than the one that the payment is linked to, as of a second
     * intent that somebody gave our payment's id: its money is not this payment's.
     */
    static void about(PaymentState payment, String externalId, Fields fields) {
        if (externalId == null) {
            return;
        }
        var told = fields.text("externalId", externalId, 1, 255);
        var linked = payment.getExternalId();
        fields.check(
                RefusalReason.EXTERNAL_ID_DIFFERS,
                "externalId",
                linked == null || linked.equals(told),
                "is " + Fields.quote(told) + "; the payment is linked to " + Fields.quote(linked));
    }

    /** The flag for a fact that comes when the payment has ended already; null where it has not. */
    static PaymentFlag lateness(PaymentStatus status) {
        return switch (status) {
            case CANCELLED -> PaymentFlag.AFTER_CANCELLATION;
            case EXPIRED -> PaymentFlag.AFTER_EXPIRY;
            case FAILED -> PaymentFlag.AFTER_FAILURE;
            case COMPLETED, REFUNDED -> PaymentFlag.OUT_OF_ORDER;
            default -> null;
        };
    }

    /** At most what a long holds: facts are taken whatever their amount, and must not wrap around to a credit. */
    private static long sum(PaymentState payment, Set<RefundStatus> statuses) {
        long sum = 0;
        for (var refund : payment.getRefunds()) {
            if (statuses.contains(refund.getStatus())) {
                sum += Math.min(refund.getAmount(), Long.MAX_VALUE - sum);
            }
        }
        return sum;
    }
}
