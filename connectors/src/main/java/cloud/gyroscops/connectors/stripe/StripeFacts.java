package cloud.gyroscops.connectors.stripe;

import cloud.gyroscops.connectors.target.Fact;
import cloud.gyroscops.contract.CommandHeader;
import cloud.gyroscops.contract.Origin;
import cloud.gyroscops.contract.payment.AuthorizePayment;
import cloud.gyroscops.contract.payment.CancelPayment;
import cloud.gyroscops.contract.payment.CompletePayment;
import cloud.gyroscops.contract.payment.ConfirmRefund;
import cloud.gyroscops.contract.payment.FailPayment;
import cloud.gyroscops.contract.payment.LinkPayment;
import cloud.gyroscops.contract.payment.RejectCapture;
import cloud.gyroscops.contract.payment.RejectRefund;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.CommandMessage;
import com.stripe.model.Charge;
import com.stripe.model.PaymentIntent;
import com.stripe.model.Refund;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/**
 * What an object of Stripe's says about a payment. Whoever sees it, by a call's answer, a webhook or a comparison, makes the
 * same commands of it, ids and all.
 */
final class StripeFacts {

    static final String ACTOR = "stripe";

    private final String paymentId;
    private final String correlationId;

    private StripeFacts(String paymentId, String correlationId) {
        this.paymentId = paymentId;
        this.correlationId = correlationId;
    }

    static StripeFacts of(String paymentId) {
        return new StripeFacts(paymentId, null);
    }

    /** For what was caused by something of ours. */
    static StripeFacts of(String paymentId, String correlationId) {
        return new StripeFacts(paymentId, correlationId);
    }

    Fact link(String intentId) {
        return fact(StripeIds.command(intentId, "link"), new LinkPayment(intentId));
    }

    /** What became of the money, as far as the intent tells: refunds are objects of their own. */
    List<Fact> money(PaymentIntent intent) {
        var facts = new ArrayList<Fact>();
        switch (IntentStatus.of(intent)) {
            case SUCCEEDED ->
                received(intent.getId(), intent.getAmountReceived(), intent.getCurrency())
                        .ifPresent(facts::add);
            case CAPTURABLE -> {
                facts.add(authorized(intent));
                received(intent.getId(), intent.getAmountReceived(), intent.getCurrency())
                        .ifPresent(facts::add);
            }
            case CANCELED -> facts.add(canceled(intent));
            case FAILED -> facts.add(failed(intent));
            default -> {}
        }
        return facts;
    }

    private Fact authorized(PaymentIntent intent) {
        var code = charge(intent);
        return fact(StripeIds.command(intent.getId(), "authorized", code), new AuthorizePayment(code));
    }

    /** The same code twice is no news: for a log that has the code, and takes the payment for failed all the same. */
    Fact authorizedAgain(PaymentIntent intent, String known, long version) {
        var code = known.equals(charge(intent)) ? intent.getId() : charge(intent);
        return fact(
                StripeIds.command(intent.getId(), "authorized", code, Long.toString(version)),
                new AuthorizePayment(code));
    }

    private static String charge(PaymentIntent intent) {
        return intent.getLatestCharge() == null ? intent.getId() : intent.getLatestCharge();
    }

    private Fact canceled(PaymentIntent intent) {
        var why = intent.getCancellationReason();
        return fact(
                StripeIds.command(intent.getId(), "canceled"),
                new CancelPayment(
                        why == null ? "canceled in Stripe" : "canceled in Stripe: " + Redaction.code(why, "?")));
    }

    private Fact failed(PaymentIntent intent) {
        var error = intent.getLastPaymentError();
        var code = Redaction.code(error.getDeclineCode() == null ? error.getCode() : error.getDeclineCode(), "failed");
        var attempt = Optional.ofNullable(error.getCharge()).orElse(code);
        return fact(
                StripeIds.command(intent.getId(), "failed", attempt),
                new FailPayment(code, Redaction.message(error.getMessage())));
    }

    /** All that was received so far, in Stripe's units. */
    private Optional<Fact> received(String intentId, Long amount, String currency) {
        if (amount == null || amount <= 0) {
            return Optional.empty();
        }
        long ours = StripeAmounts.fromStripe(amount, currency);
        return Optional.of(
                fact(StripeIds.command(intentId, "received", Long.toString(ours)), new CompletePayment(ours)));
    }

    /** A charge tells what was captured before its intent does. */
    List<Fact> money(Charge charge) {
        boolean captured = Boolean.TRUE.equals(charge.getCaptured()) && charge.getPaymentIntent() != null;
        return captured
                ? received(charge.getPaymentIntent(), charge.getAmountCaptured(), charge.getCurrency()).stream()
                        .toList()
                : List.of();
    }

    /** Empty: whether the money goes back is open. */
    Optional<Fact> refund(Refund refund) {
        var status = refund.getStatus() == null ? "" : refund.getStatus();
        return switch (status) {
            case "succeeded" -> {
                long amount = StripeAmounts.fromStripe(refund.getAmount(), refund.getCurrency());
                yield Optional.of(fact(
                        StripeIds.command(refund.getId(), "confirmed", Long.toString(amount)),
                        new ConfirmRefund(StripeIds.refundId(refund), amount)));
            }
            case "failed", "canceled" ->
                Optional.of(fact(
                        StripeIds.command(refund.getId(), "rejected", status),
                        new RejectRefund(
                                StripeIds.refundId(refund),
                                Redaction.code(refund.getFailureReason(), status),
                                "the refund " + refund.getId() + " is " + status)));
            default -> Optional.empty();
        };
    }

    /** Stripe made no intent. */
    Fact notCreated(String code, String message) {
        return fact(StripeIds.command(paymentId, "refused", code), new FailPayment(code, message));
    }

    /** Stripe did not capture what an event asked for. */
    Fact notCaptured(String intentId, long version, Refusal refusal) {
        return fact(
                StripeIds.command(intentId, "uncaptured", Long.toString(version)),
                new RejectCapture(refusal.code(), refusal.getMessage()));
    }

    /** Stripe made no refund of what an event asked for. */
    Fact notRefunded(String refundId, long version, String code, String message) {
        return fact(
                StripeIds.command(paymentId, "unrefunded", Long.toString(version)),
                new RejectRefund(refundId, code, message));
    }

    private Fact fact(String commandId, SpecificRecord payload) {
        var header = new CommandHeader(commandId, paymentId, null, ACTOR, Origin.STRIPE, correlationId, Map.of());
        return new Fact(Aggregate.PAYMENTS, new CommandMessage(header, payload));
    }
}
