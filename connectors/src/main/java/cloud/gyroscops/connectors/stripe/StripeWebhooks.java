package cloud.gyroscops.connectors.stripe;

import cloud.gyroscops.connectors.target.Fact;
import cloud.gyroscops.connectors.target.TargetException;
import com.stripe.exception.EventDataObjectDeserializationException;
import com.stripe.model.Charge;
import com.stripe.model.Event;
import com.stripe.model.PaymentIntent;
import com.stripe.model.Refund;
import com.stripe.model.StripeObject;
import com.stripe.net.Webhook;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What Stripe's webhooks say. They come late, twice and in any order: a fact's id depends on what happened only, and an intent
 * says what it is, whatever the event is called. What bears our metadata confirms; nothing is created.
 */
public final class StripeWebhooks {

    private static final String INTENT = "payment_intent";

    private final StripeSignature signature;
    private final StripeTarget target;
    private final UnknownObjects unknown;

    /**
     * Takes webhooks.
     *
     * @param target asked where a webhook does not say whose the money is, as with refunds that are made by hand
     */
    public StripeWebhooks(StripeSettings settings, StripeTarget target, UnknownObjects unknown) {
        signature = new StripeSignature(settings.webhookSecrets(), settings.tolerance());
        this.target = target;
        this.unknown = unknown;
    }

    /**
     * Reads a webhook.
     *
     * @param body as it came, byte for byte
     * @param signatureHeader the header {@code Stripe-Signature}; null: there is none
     * @return empty: nothing shows that it is from Stripe, or it is too old
     * @throws IllegalArgumentException if it is signed, but no event
     * @throws TargetException if Stripe had to be asked, and did not answer: it will send the webhook again
     */
    public Optional<StripeNotice> receive(byte[] body, String signatureHeader, Instant now)
            throws TargetException, InterruptedException {
        if (!signature.holds(body, signatureHeader, now)) {
            return Optional.empty();
        }
        var event = event(body);
        return Optional.of(new StripeNotice(event.getId(), event.getType(), facts(object(event))));
    }

    private static Event event(byte[] body) {
        try {
            var event = Webhook.constructEventWithoutVerification(new String(body, StandardCharsets.UTF_8));
            if (event != null && event.getId() != null && event.getType() != null && event.getData() != null) {
                return event;
            }
        } catch (RuntimeException e) {
            // The parser has many ways to fail on what is no event.
            throw new IllegalArgumentException("the body is no event of Stripe's", e);
        }
        throw new IllegalArgumentException("the body is no event of Stripe's; it must have an id, a type and data");
    }

    /** Whatever version of Stripe's API it was made by: what is read of it is in all of them. */
    private static StripeObject object(Event event) {
        try {
            return event.getDataObjectDeserializer().deserializeUnsafe();
        } catch (EventDataObjectDeserializationException | RuntimeException e) {
            throw new IllegalArgumentException("the event " + event.getId() + " holds no object of Stripe's", e);
        }
    }

    private List<Fact> facts(StripeObject object) throws TargetException, InterruptedException {
        if (object instanceof PaymentIntent intent) {
            return intent(intent);
        }
        if (object instanceof Charge charge) {
            return charge(charge);
        }
        return object instanceof Refund refund ? refund(refund) : List.of();
    }

    private List<Fact> intent(PaymentIntent intent) throws TargetException, InterruptedException {
        var payment = StripeIds.payment(intent.getMetadata());
        if (payment.isEmpty()) {
            unknown.seen(intent.getId(), INTENT);
            return List.of();
        }
        // A failure that comes late would undo what another attempt has reached since: it counts if it still holds.
        var present =
                IntentStatus.of(intent) == IntentStatus.FAILED ? target.intent(intent.getId()) : Optional.of(intent);
        return present.map(each -> StripeFacts.of(payment.get()).money(each)).orElse(List.of());
    }

    /** A charge bears what its intent bore when it was paid. */
    private List<Fact> charge(Charge charge) throws TargetException, InterruptedException {
        var payment = StripeIds.payment(charge.getMetadata());
        if (payment.isEmpty()) {
            boolean ofIntent = charge.getPaymentIntent() != null;
            unknown.seen(ofIntent ? charge.getPaymentIntent() : charge.getId(), ofIntent ? INTENT : "charge");
            return List.of();
        }
        boolean refunded = Boolean.TRUE.equals(charge.getCaptured())
                && charge.getAmountRefunded() != null
                && charge.getAmountRefunded() > IntentFields.released(charge);
        if (refunded && charge.getPaymentIntent() != null) {
            return target.refundFacts(charge.getPaymentIntent()).orElse(List.of());
        }
        return StripeFacts.of(payment.get()).money(charge);
    }

    /** Ours say whose they are; the ones that are made by hand do not. */
    private List<Fact> refund(Refund refund) throws TargetException, InterruptedException {
        var payment = StripeIds.payment(refund.getMetadata());
        if (payment.isPresent() && StripeIds.asked(refund).isPresent()) {
            return StripeFacts.of(payment.get()).refund(refund).stream().toList();
        }
        if (refund.getPaymentIntent() == null) {
            unknown.seen(refund.getId(), "refund");
            return List.of();
        }
        var facts = target.refundFacts(refund.getPaymentIntent());
        if (facts.isEmpty()) {
            unknown.seen(refund.getPaymentIntent(), INTENT);
        }
        return facts.orElse(List.of());
    }
}
