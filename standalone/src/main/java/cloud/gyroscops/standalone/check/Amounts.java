package cloud.gyroscops.standalone.check;

import cloud.gyroscops.contract.payment.PaymentState;
import cloud.gyroscops.contract.payment.RefundConfirmed;
import cloud.gyroscops.contract.payment.RefundState;
import cloud.gyroscops.contract.payment.RefundStatus;

/**
 * Holds what is given back, or asked to be, against what was received. Facts may say more than they should; they carry a
 * flag then, and nothing else may make it more.
 */
final class Amounts implements EventInvariant {

    private final Findings findings;

    Amounts(Findings findings) {
        this.findings = findings;
    }

    @Override
    public void check(Step step) {
        if (!(step.after() instanceof PaymentState after) || !(step.before() instanceof PaymentState before)) {
            return;
        }
        findings.checked(Invariant.AMOUNTS);
        var record = step.record();
        if (after.getAmount() < 0
                || after.getAmountReceived() < 0
                || after.getRefunds().stream().anyMatch(refund -> refund.getAmount() < 0)) {
            findings.violated(Invariant.AMOUNTS, record.place(), "event " + record.key() + " makes an amount negative");
        }
        boolean flagged = step.payload() instanceof RefundConfirmed confirmed && confirmed.getFlag() != null;
        long excess = excess(after);
        if (excess > Math.max(0, excess(before)) && !flagged) {
            findings.violated(
                    Invariant.AMOUNTS,
                    record.place(),
                    "with event " + record.key() + ", " + excess + " more is refunded or asked to be than the "
                            + after.getAmountReceived() + " received");
        }
    }

    /** What is given back or asked to be beyond what was received; below 0: what is left. */
    private static long excess(PaymentState payment) {
        long refunded = 0;
        for (RefundState refund : payment.getRefunds()) {
            if (refund.getStatus() == RefundStatus.CONFIRMED || refund.getStatus() == RefundStatus.REQUESTED) {
                refunded += Math.min(refund.getAmount(), Long.MAX_VALUE - refunded);
            }
        }
        return refunded - payment.getAmountReceived();
    }
}
