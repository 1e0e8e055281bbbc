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
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;

/**
 * What an object of Stripe's says about a payment. Whoever sees it, by a call's answer, a webhook or a comparison, makes the
 * same commands of it, ids and all; only what a comparison finds the log to lack is told under ids of its own.
 */
final class StripeFacts {

    static final String ACTOR = "stripe";

    private final String paymentId;
    private final String correlationId;
    private final String round;

    private StripeFacts(String paymentId, String correlationId, String round) {
        this.paymentId = paymentId;
        this.correlationId = correlationId;
        this.round = round;
    }

    static StripeFacts of(String paymentId) {
        return new StripeFacts(paymentId, null, "");
    }

    /** For what was caused by something of ours. */
    static StripeFacts of(String paymentId, String correlationId) {
        return new StripeFacts(paymentId, correlationId, "");
    }

    /** For a log that does not show what it may have heard before: told anew, once for each of its versions. */
    static StripeFacts anew(String paymentId, long version) {
        return anew(paymentId, version, null);
    }

    /** The same, for what was caused by something of ours. */
    static StripeFacts anew(String paymentId, long version, String correlationId) {
        return new StripeFacts(paymentId, correlationId, "v" + version);
    }

    private String id(String... parts) {
        return round.isEmpty()
                ? StripeIds.command(parts)
                : StripeIds.command(
                        Stream.concat(Stream.of(parts), Stream.of(round)).toArray(String[]::new));
    }

    Fact link(String intentId) {
        return fact(id(intentId, "link"), new LinkPayment(intentId));
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
        return fact(id(intent.getId(), "authorized", code), new AuthorizePayment(code, intent.getId()));
    }

    private static String charge(PaymentIntent intent) {
        return intent.getLatestCharge() == null ? intent.getId() : intent.getLatestCharge();
    }

    private Fact canceled(PaymentIntent intent) {
        var why = intent.getCancellationReason();
        return fact(
                id(intent.getId(), "canceled"),
                new CancelPayment(
                        why == null ? "canceled in Stripe" : "canceled in Stripe: " + Redaction.code(why, "?"),
                        intent.getId()));
    }

    private Fact failed(PaymentIntent intent) {
        var error = intent.getLastPaymentError();
        var code = Redaction.code(error.getDeclineCode() == null ? error.getCode() : error.getDeclineCode(), "failed");
        var attempt = Optional.ofNullable(error.getCharge()).orElse(code);
        return fact(
                id(intent.getId(), "failed", attempt),
                new FailPayment(code, Redaction.message(error.getMessage()), intent.getId()));
    }

    /** All that was received so far, in Stripe's units. */
    private Optional<Fact> received(String intentId, Long amount, String currency) {
        if (amount == null || amount <= 0) {
            return Optional.empty();
        }
        long ours = StripeAmounts.fromStripe(amount, currency);
        return Optional.of(fact(id(intentId, "received", Long.toString(ours)), new CompletePayment(ours, intentId)));
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
                        id(refund.getId(), "confirmed", Long.toString(amount)),
                        new ConfirmRefund(StripeIds.refundId(refund), amount, refund.getPaymentIntent())));
            }
            case "failed", "canceled" ->
                Optional.of(fact(
                        id(refund.getId(), "rejected", status),
                        new RejectRefund(
                                StripeIds.refundId(refund),
                                Redaction.code(refund.getFailureReason(), status),
                                "the refund " + refund.getId() + " is " + status,
                                refund.getPaymentIntent())));
            default -> Optional.empty();
        };
    }

    /** Stripe made no intent. */
    Fact notCreated(String code, String message) {
        return fact(id(paymentId, "refused", code), new FailPayment(code, message, null));
    }

    /** Stripe did not capture what an event asked for. */
    Fact notCaptured(String intentId, long version, Refusal refusal) {
        return fact(
                id(intentId, "uncaptured", Long.toString(version)),
                new RejectCapture(refusal.code(), refusal.getMessage()));
    }

    /** Stripe made no refund of what an event asked for. */
    Fact notRefunded(String refundId, long version, String code, String message) {
        return fact(
                id(paymentId, "unrefunded", Long.toString(version)), new RejectRefund(refundId, code, message, null));
    }

    private Fact fact(String commandId, SpecificRecord payload) {
        var header = new CommandHeader(commandId, paymentId, null, ACTOR, Origin.STRIPE, correlationId, Map.of());
        return new Fact(Aggregate.PAYMENTS, new CommandMessage(header, payload));
    }
}
