package cloud.gyroscops.domain.payment;

import static cloud.gyroscops.domain.Decision.accept;
import static cloud.gyroscops.domain.Decision.refuse;

import cloud.gyroscops.contract.Refusal;
import cloud.gyroscops.contract.RefusalReason;
import cloud.gyroscops.contract.payment.AuthorizePayment;
import cloud.gyroscops.contract.payment.CaptureMethod;
import cloud.gyroscops.contract.payment.CaptureRejected;
import cloud.gyroscops.contract.payment.CompletePayment;
import cloud.gyroscops.contract.payment.ConfirmRefund;
import cloud.gyroscops.contract.payment.FailPayment;
import cloud.gyroscops.contract.payment.LinkPayment;
import cloud.gyroscops.contract.payment.PaymentAuthorized;
import cloud.gyroscops.contract.payment.PaymentCompleted;
import cloud.gyroscops.contract.payment.PaymentFailed;
import cloud.gyroscops.contract.payment.PaymentFlag;
import cloud.gyroscops.contract.payment.PaymentLinked;
import cloud.gyroscops.contract.payment.PaymentState;
import cloud.gyroscops.contract.payment.PaymentStatus;
import cloud.gyroscops.contract.payment.Processor;
import cloud.gyroscops.contract.payment.ProcessorError;
import cloud.gyroscops.contract.payment.RefundConfirmed;
import cloud.gyroscops.contract.payment.RefundRejected;
import cloud.gyroscops.contract.payment.RefundStatus;
import cloud.gyroscops.contract.payment.RejectCapture;
import cloud.gyroscops.contract.payment.RejectRefund;
import cloud.gyroscops.domain.Decision;
import cloud.gyroscops.domain.Fields;
import org.apache.avro.specific.SpecificRecord;

/**
 * What happened to the money. A fact is recorded in whatever status it finds the payment, with a flag where that status
 * does not lead one to expect it. What is recorded already is accepted again without an event: processors repeat
 * themselves.
 */
final class PaymentFacts {

    private PaymentFacts() {}

    static Decision<SpecificRecord, Refusal> authorize(PaymentState payment, AuthorizePayment fact, Fields fields) {
        PaymentRules.about(payment, fact.getExternalId(), fields);
        var code = fields.text("authorizationCode", fact.getAuthorizationCode(), 1, 255);
        // A failure that was told too late is undone by the authorization that it came after, code and all.
        boolean waits = payment.getStatus() == PaymentStatus.PENDING || payment.getStatus() == PaymentStatus.FAILED;
        if (!waits && code.equals(payment.getAuthorizationCode())) {
            return accept();
        }
        var flag = payment.getStatus() == PaymentStatus.AUTHORIZED || payment.getStatus() == PaymentStatus.CAPTURING
                ? PaymentFlag.DIFFERS
                : PaymentRules.lateness(payment.getStatus());
        return accept(new PaymentAuthorized(code, flag));
    }

    static Decision<SpecificRecord, Refusal> complete(PaymentState payment, CompletePayment fact, Fields fields) {
        PaymentRules.about(payment, fact.getExternalId(), fields);
        long received = fields.amount("amountReceived", fact.getAmountReceived());
        // The amount is a running total: one that is not higher is an old report.
        return received <= payment.getAmountReceived()
                ? accept()
                : accept(new PaymentCompleted(received, completionFlag(payment, received)));
    }

    private static PaymentFlag completionFlag(PaymentState payment, long received) {
        return switch (payment.getStatus()) {
            case PENDING ->
                payment.getCaptureMethod() == CaptureMethod.AUTOMATIC
                        ? unusual(received > payment.getAmount())
                        : PaymentFlag.OUT_OF_ORDER;
            case AUTHORIZED, CAPTURING -> unusual(received > payment.getAmount());
            case COMPLETED, REFUNDED -> PaymentFlag.DIFFERS;
            default -> PaymentRules.lateness(payment.getStatus());
        };
    }

    static Decision<SpecificRecord, Refusal> fail(PaymentState payment, FailPayment fact, Fields fields) {
        PaymentRules.about(payment, fact.getExternalId(), fields);
        var error = error(fact.getCode(), fact.getMessage(), fields);
        // Another attempt at a failed payment may fail, too.
        var flag = payment.getStatus() == PaymentStatus.FAILED ? null : PaymentRules.lateness(payment.getStatus());
        boolean recorded = payment.getStatus() == PaymentStatus.FAILED
                || flag != null && payment.getFlags().contains(flag);
        return recorded && error.equals(payment.getError())
                ? accept()
                : accept(new PaymentFailed(error.getCode(), error.getMessage(), flag));
    }

    static Decision<SpecificRecord, Refusal> rejectCapture(PaymentState payment, RejectCapture fact, Fields fields) {
        var error = error(fact.getCode(), fact.getMessage(), fields);
        if (payment.getStatus() != PaymentStatus.CAPTURING && error.equals(payment.getError())) {
            return accept();
        }
        var flag =
                switch (payment.getStatus()) {
                    case CAPTURING -> null;
                    case PENDING, AUTHORIZED -> PaymentFlag.OUT_OF_ORDER;
                    default -> PaymentRules.lateness(payment.getStatus());
                };
        return accept(new CaptureRejected(error.getCode(), error.getMessage(), flag));
    }

    /**
     * A refund that Stripe reports and we never asked for was made in its dashboard. Where clients report the facts, an
     * unknown refund is a mistake.
     */
    static Decision<SpecificRecord, Refusal> confirmRefund(PaymentState payment, ConfirmRefund fact, Fields fields) {
        PaymentRules.about(payment, fact.getExternalId(), fields);
        var refundId = fields.id("refundId", fact.getRefundId());
        long told = fact.getAmount() == null ? 0 : fields.amount("amount", fact.getAmount());
        var known = PaymentRules.refund(payment, refundId);
        if (known.isEmpty()) {
            if (payment.getProcessor() != Processor.STRIPE) {
                return refundNotFound(refundId);
            }
            if (fact.getAmount() == null) {
                return refuse(
                        RefusalReason.INVALID_FIELD,
                        "amount",
                        "amount is missing, and refund " + refundId + " is not known; give what was refunded");
            }
            return accept(new RefundConfirmed(refundId, told, refundFlag(payment, told)));
        }
        var refund = known.get();
        long amount = fact.getAmount() == null ? refund.getAmount() : told;
        boolean differs = amount != refund.getAmount();
        if (differs && payment.getProcessor() != Processor.STRIPE) {
            return refuse(
                    RefusalReason.INVALID_FIELD,
                    "amount",
                    "amount is " + amount + "; refund " + refundId + " was asked for with " + refund.getAmount());
        }
        return switch (refund.getStatus()) {
            case REQUESTED -> accept(new RefundConfirmed(refundId, amount, unusual(differs)));
            case CONFIRMED -> differs ? accept(new RefundConfirmed(refundId, amount, PaymentFlag.DIFFERS)) : accept();
            default -> accept(new RefundConfirmed(refundId, amount, PaymentFlag.OUT_OF_ORDER));
        };
    }

    private static PaymentFlag refundFlag(PaymentState payment, long amount) {
        return switch (payment.getStatus()) {
            case COMPLETED, REFUNDED -> unusual(amount > PaymentRules.refundable(payment));
            case PENDING, AUTHORIZED, CAPTURING -> PaymentFlag.OUT_OF_ORDER;
            default -> PaymentRules.lateness(payment.getStatus());
        };
    }

    /** A confirmed refund may still bounce: then the money is back with us. */
    static Decision<SpecificRecord, Refusal> rejectRefund(PaymentState payment, RejectRefund fact, Fields fields) {
        PaymentRules.about(payment, fact.getExternalId(), fields);
        var refundId = fields.id("refundId", fact.getRefundId());
        var error = error(fact.getCode(), fact.getMessage(), fields);
        var known = PaymentRules.refund(payment, refundId);
        if (known.isEmpty()) {
            // Nothing was given back, and nothing was asked: there is nothing to undo.
            return payment.getProcessor() == Processor.STRIPE ? accept() : refundNotFound(refundId);
        }
        if (known.get().getStatus() == RefundStatus.REJECTED) {
            return accept();
        }
        var flag = known.get().getStatus() == RefundStatus.CONFIRMED ? PaymentFlag.OUT_OF_ORDER : null;
        return accept(new RefundRejected(refundId, error.getCode(), error.getMessage(), flag));
    }

    static Decision<SpecificRecord, Refusal> link(PaymentState payment, LinkPayment fact, Fields fields) {
        var externalId = fields.text("externalId", fact.getExternalId(), 1, 255);
        return externalId.equals(payment.getExternalId())
                ? accept()
                : accept(new PaymentLinked(externalId, unusual(payment.getExternalId() != null)));
    }

    private static Decision<SpecificRecord, Refusal> refundNotFound(String refundId) {
        return refuse(
                RefusalReason.REFUND_NOT_FOUND, "refundId", "there is no refund " + refundId + "; ask for it first");
    }

    private static ProcessorError error(String code, String message, Fields fields) {
        return new ProcessorError(fields.text("code", code, 1, 100), fields.text("message", message, 0, 500));
    }

    private static PaymentFlag unusual(boolean differs) {
        return differs ? PaymentFlag.DIFFERS : null;
    }
}
