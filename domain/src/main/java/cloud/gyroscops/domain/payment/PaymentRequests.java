package cloud.gyroscops.domain.payment;

import static cloud.gyroscops.domain.Decision.accept;
import static cloud.gyroscops.domain.Decision.refuse;

import cloud.gyroscops.contract.Origin;
import cloud.gyroscops.contract.Refusal;
import cloud.gyroscops.contract.RefusalReason;
import cloud.gyroscops.contract.payment.CancelPayment;
import cloud.gyroscops.contract.payment.CaptureMethod;
import cloud.gyroscops.contract.payment.CapturePayment;
import cloud.gyroscops.contract.payment.CaptureRequested;
import cloud.gyroscops.contract.payment.CreatePayment;
import cloud.gyroscops.contract.payment.ExpirePayment;
import cloud.gyroscops.contract.payment.PaymentCancelled;
import cloud.gyroscops.contract.payment.PaymentCreated;
import cloud.gyroscops.contract.payment.PaymentExpired;
import cloud.gyroscops.contract.payment.PaymentState;
import cloud.gyroscops.contract.payment.PaymentStatus;
import cloud.gyroscops.contract.payment.Processor;
import cloud.gyroscops.contract.payment.RefundPayment;
import cloud.gyroscops.contract.payment.RefundRequested;
import cloud.gyroscops.domain.Decision;
import cloud.gyroscops.domain.Fields;
import cloud.gyroscops.domain.Situation;
import java.time.Duration;
import org.apache.avro.specific.SpecificRecord;

/** What may be asked of a payment. */
final class PaymentRequests {

    private PaymentRequests() {}

    static Decision<SpecificRecord, Refusal> create(
            Situation<PaymentState> situation, CreatePayment create, Duration timeToLive) {
        var command = situation.command();
        var fields = new Fields();
        var created = new PaymentCreated(
                fields.id("organizationId", create.getOrganizationId()),
                create.getUserId() == null ? null : fields.id("userId", create.getUserId()),
                fields.amount("amount", create.getAmount()),
                fields.currency("currency", create.getCurrency()),
                fields.text("description", create.getDescription(), 0, 500),
                fields.metadata("metadata", create.getMetadata()),
                create.getCaptureMethod(),
                create.getProcessor(),
                command.time().plus(timeToLive));
        fields.check(
                "captureMethod", create.getCaptureMethod() != CaptureMethod.UNKNOWN, "must be AUTOMATIC or MANUAL");
        fields.check("processor", create.getProcessor() != Processor.UNKNOWN, "must be STRIPE or NONE");
        if (fields.refused()) {
            return fields.refusal();
        }
        var organization = created.getOrganizationId();
        switch (command.references().organization()) {
            case MISSING -> {
                return refuse(
                        RefusalReason.ORGANIZATION_NOT_FOUND,
                        "organizationId",
                        "there is no organization " + organization);
            }
            case SUSPENDED -> {
                return refuse(
                        RefusalReason.ORGANIZATION_SUSPENDED,
                        "organizationId",
                        "organization " + organization + " is suspended and takes no new payments");
            }
            default -> {}
        }
        var user = created.getUserId();
        return switch (command.references().user()) {
            case MISSING -> refuse(RefusalReason.USER_NOT_FOUND, "userId", "there is no user " + user);
            case DELETED -> refuse(RefusalReason.USER_DELETED, "userId", "user " + user + " was deleted");
            case ELSEWHERE ->
                refuse(
                        RefusalReason.USER_OF_OTHER_ORGANIZATION,
                        "userId",
                        "user " + user + " does not belong to organization " + organization);
            default -> accept(created);
        };
    }

    static Decision<SpecificRecord, Refusal> capture(Situation<PaymentState> situation, CapturePayment capture) {
        return situation.state().getStatus() == PaymentStatus.AUTHORIZED
                ? accept(new CaptureRequested())
                : notIn(situation.state(), "captured", "AUTHORIZED");
    }

    /** The processor may cancel what we are just capturing: then nothing will be captured. */
    static Decision<SpecificRecord, Refusal> cancel(Situation<PaymentState> situation, CancelPayment cancel) {
        var fields = new Fields();
        var reason = fields.text("reason", cancel.getReason(), 1, 500);
        PaymentRules.about(situation.state(), cancel.getExternalId(), fields);
        if (fields.refused()) {
            return fields.refusal();
        }
        var payment = situation.state();
        boolean byProcessor = payment.getProcessor() == Processor.STRIPE
                && situation.command().origin() == Origin.STRIPE;
        return switch (payment.getStatus()) {
            case PENDING, AUTHORIZED -> accept(new PaymentCancelled(reason));
            case CAPTURING, FAILED ->
                byProcessor
                        ? accept(new PaymentCancelled(reason))
                        : notIn(payment, "cancelled", "PENDING or AUTHORIZED");
            case CANCELLED, EXPIRED -> byProcessor ? accept() : notIn(payment, "cancelled", "PENDING or AUTHORIZED");
            default -> notIn(payment, "cancelled", "PENDING or AUTHORIZED");
        };
    }

    static Decision<SpecificRecord, Refusal> refund(Situation<PaymentState> situation, RefundPayment refund) {
        var payment = situation.state();
        var fields = new Fields();
        var refundId = fields.id("refundId", refund.getRefundId());
        long amount = fields.amount("amount", refund.getAmount());
        if (fields.refused()) {
            return fields.refusal();
        }
        if (PaymentRules.refund(payment, refundId).isPresent()) {
            return refuse(
                    RefusalReason.REFUND_ID_REUSED,
                    "refundId",
                    "refund " + refundId + " was asked for before; a new refund needs a new id");
        }
        if (payment.getStatus() != PaymentStatus.COMPLETED && payment.getStatus() != PaymentStatus.REFUNDED) {
            return notIn(payment, "refunded", "COMPLETED");
        }
        if (payment.getRefunds().size() >= PaymentRules.MOST_REFUNDS) {
            return refuse(
                    RefusalReason.INVALID_STATE,
                    "the payment has " + payment.getRefunds().size() + " refunds; " + PaymentRules.MOST_REFUNDS
                            + " can be asked for");
        }
        long left = PaymentRules.refundable(payment);
        return amount <= left
                ? accept(new RefundRequested(refundId, amount))
                : refuse(
                        RefusalReason.REFUND_EXCEEDS_PAYMENT,
                        "amount",
                        "amount is " + amount + "; " + left + " " + payment.getCurrency()
                                + " (minor units) is neither refunded nor asked to be");
    }

    static Decision<SpecificRecord, Refusal> expire(Situation<PaymentState> situation, ExpirePayment expire) {
        var payment = situation.state();
        if (situation.command().origin() != Origin.SYSTEM) {
            return refuse(
                    RefusalReason.ORIGIN_NOT_ALLOWED,
                    "payments expire by themselves; to end one, cancel it (origin "
                            + situation.command().origin() + ")");
        }
        if (!PaymentRules.canExpire(payment)) {
            return notIn(payment, "expired", "PENDING or AUTHORIZED");
        }
        return situation.command().time().isBefore(payment.getExpiresAt())
                ? refuse(RefusalReason.INVALID_STATE, "the payment does not expire before " + payment.getExpiresAt())
                : accept(new PaymentExpired());
    }

    private static Decision<SpecificRecord, Refusal> notIn(PaymentState payment, String what, String where) {
        return refuse(
                RefusalReason.INVALID_STATE,
                "a payment that is " + payment.getStatus() + " cannot be " + what + "; it must be " + where);
    }
}
