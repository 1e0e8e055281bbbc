package cloud.gyroscops.domain.payment;

import cloud.gyroscops.contract.payment.CaptureRejected;
import cloud.gyroscops.contract.payment.CaptureRequested;
import cloud.gyroscops.contract.payment.PaymentAuthorized;
import cloud.gyroscops.contract.payment.PaymentCancelled;
import cloud.gyroscops.contract.payment.PaymentCompleted;
import cloud.gyroscops.contract.payment.PaymentCreated;
import cloud.gyroscops.contract.payment.PaymentEvent;
import cloud.gyroscops.contract.payment.PaymentExpired;
import cloud.gyroscops.contract.payment.PaymentFailed;
import cloud.gyroscops.contract.payment.PaymentFlag;
import cloud.gyroscops.contract.payment.PaymentLinked;
import cloud.gyroscops.contract.payment.PaymentState;
import cloud.gyroscops.contract.payment.PaymentStatus;
import cloud.gyroscops.contract.payment.ProcessorError;
import cloud.gyroscops.contract.payment.RefundConfirmed;
import cloud.gyroscops.contract.payment.RefundRejected;
import cloud.gyroscops.contract.payment.RefundRequested;
import cloud.gyroscops.contract.payment.RefundState;
import cloud.gyroscops.contract.payment.RefundStatus;
import cloud.gyroscops.domain.Cases;
import cloud.gyroscops.domain.States;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What each event makes of a payment. */
final class PaymentEvolution {

    static final Cases<PaymentState, PaymentState> CASES = Cases.<PaymentState, PaymentState>over(
                    PaymentEvent.getClassSchema())
            .on(PaymentCreated.class, PaymentEvolution::created)
            .on(CaptureRequested.class, (payment, event) -> moved(payment, PaymentStatus.CAPTURING))
            .on(PaymentCancelled.class, (payment, event) -> moved(payment, PaymentStatus.CANCELLED))
            .on(PaymentExpired.class, (payment, event) -> moved(payment, PaymentStatus.EXPIRED))
            .on(RefundRequested.class, PaymentEvolution::refundRequested)
            .on(PaymentAuthorized.class, PaymentEvolution::authorized)
            .on(PaymentCompleted.class, PaymentEvolution::completed)
            .on(PaymentFailed.class, PaymentEvolution::failed)
            .on(CaptureRejected.class, PaymentEvolution::captureRejected)
            .on(RefundConfirmed.class, PaymentEvolution::refundConfirmed)
            .on(RefundRejected.class, PaymentEvolution::refundRejected)
            .on(PaymentLinked.class, PaymentEvolution::linked)
            .complete();

    private PaymentEvolution() {}

    private static PaymentState created(PaymentState payment, PaymentCreated created) {
        return new PaymentState(
                PaymentStatus.PENDING,
                created.getOrganizationId(),
                created.getUserId(),
                created.getAmount(),
                created.getCurrency(),
                created.getDescription(),
                created.getMetadata().isEmpty() ? Map.of() : created.getMetadata(),
                created.getCaptureMethod(),
                created.getProcessor(),
                created.getExpiresAt(),
                null,
                null,
                0L,
                List.of(),
                null,
                List.of());
    }

    private static PaymentState moved(PaymentState payment, PaymentStatus status) {
        var next = copy(payment, null);
        next.setStatus(status);
        return next;
    }

    /** A failed payment may be tried again; one that was cancelled or has expired stays so, flagged. */
    private static PaymentState authorized(PaymentState payment, PaymentAuthorized authorized) {
        var next = copy(payment, authorized.getFlag());
        next.setAuthorizationCode(authorized.getAuthorizationCode());
        if (payment.getStatus() == PaymentStatus.PENDING || payment.getStatus() == PaymentStatus.FAILED) {
            next.setStatus(PaymentStatus.AUTHORIZED);
        }
        return next;
    }

    /** From any status: the money has moved. */
    private static PaymentState completed(PaymentState payment, PaymentCompleted completed) {
        var next = copy(payment, completed.getFlag());
        next.setAmountReceived(completed.getAmountReceived());
        next.setStatus(PaymentStatus.COMPLETED);
        return settled(next);
    }

    private static PaymentState failed(PaymentState payment, PaymentFailed failed) {
        var next = copy(payment, failed.getFlag());
        next.setError(new ProcessorError(failed.getCode(), failed.getMessage()));
        if (failed.getFlag() == null) {
            next.setStatus(PaymentStatus.FAILED);
        }
        return next;
    }

    private static PaymentState captureRejected(PaymentState payment, CaptureRejected rejected) {
        var next = copy(payment, rejected.getFlag());
        next.setError(new ProcessorError(rejected.getCode(), rejected.getMessage()));
        if (payment.getStatus() == PaymentStatus.CAPTURING) {
            next.setStatus(PaymentStatus.AUTHORIZED);
        }
        return next;
    }

    private static PaymentState refundRequested(PaymentState payment, RefundRequested requested) {
        return refund(copy(payment, null), requested.getRefundId(), requested.getAmount(), RefundStatus.REQUESTED);
    }

    private static PaymentState refundConfirmed(PaymentState payment, RefundConfirmed confirmed) {
        return refund(
                copy(payment, confirmed.getFlag()),
                confirmed.getRefundId(),
                confirmed.getAmount(),
                RefundStatus.CONFIRMED);
    }

    private static PaymentState refundRejected(PaymentState payment, RefundRejected rejected) {
        long amount = PaymentRules.refund(payment, rejected.getRefundId())
                .map(RefundState::getAmount)
                .orElse(0L);
        var next = copy(payment, rejected.getFlag());
        next.setError(new ProcessorError(rejected.getCode(), rejected.getMessage()));
        return refund(next, rejected.getRefundId(), amount, RefundStatus.REJECTED);
    }

    private static PaymentState linked(PaymentState payment, PaymentLinked linked) {
        var next = copy(payment, linked.getFlag());
        next.setExternalId(linked.getExternalId());
        return next;
    }

    private static PaymentState refund(PaymentState next, String refundId, long amount, RefundStatus status) {
        var refunds = new ArrayList<RefundState>(next.getRefunds().size() + 1);
        var refund = new RefundState(refundId, amount, status);
        boolean known = false;
        for (var each : next.getRefunds()) {
            boolean same = each.getRefundId().equals(refundId);
            refunds.add(same ? refund : each);
            known |= same;
        }
        if (!known) {
            refunds.add(refund);
        }
        next.setRefunds(refunds);
        return settled(next);
    }

    /** What was received and is wholly given back is REFUNDED, and COMPLETED again should a refund bounce. */
    private static PaymentState settled(PaymentState next) {
        if (next.getStatus() == PaymentStatus.COMPLETED || next.getStatus() == PaymentStatus.REFUNDED) {
            boolean nothingLeft = PaymentRules.refunded(next) >= next.getAmountReceived();
            next.setStatus(nothingLeft ? PaymentStatus.REFUNDED : PaymentStatus.COMPLETED);
        }
        return next;
    }

    private static PaymentState copy(PaymentState payment, PaymentFlag flag) {
        var next = States.copy(payment, new PaymentState());
        if (flag != null && !payment.getFlags().contains(flag)) {
            var flags = new ArrayList<>(payment.getFlags());
            flags.add(flag);
            next.setFlags(flags);
        }
        return next;
    }
}
