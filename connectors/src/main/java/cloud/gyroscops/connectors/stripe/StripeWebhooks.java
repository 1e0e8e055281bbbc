package cloud.gyroscops.connectors.stripe;

import cloud.gyroscops.connectors.target.Fact;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.stripe.exception.EventDataObjectDeserializationException;
import com.stripe.model.Charge;
import com.stripe.model.Event;
import com.stripe.model.PaymentIntent;
import com.stripe.model.Refund;
import com.stripe.net.Webhook;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Stripe's webhooks say. They come late, twice and in any order: a fact's id depends on what happened only, and an intent
 * says what it is, whatever the event is called. What bears our metadata confirms; nothing is created. Of use are
 * {@code payment_intent.*}, {@code charge.captured} and {@code refund.*}; all else is taken in and comes to nothing.
 */
public final class StripeWebhooks {

    private static final Logger LOG = LoggerFactory.getLogger(StripeWebhooks.class);
    private static final JsonMapper JSON = new JsonMapper();
    private static final String INTENT = "payment_intent";
    private static final List<String> OF_USE = List.of("payment_intent.", "charge.", "refund.");

    /** What they say of refunds, {@code refund.*} says better. */
    private static final Set<String> OF_NO_USE = Set.of("charge.refunded", "charge.updated");

    /** A refund that succeeded may bounce: what is told later than this is looked at again. */
    private static final Duration FRESH = Duration.ofHours(1);

    private final StripeSignature signature;
    private final StripeInstallation ours;
    private final StripeTarget target;
    private final UnknownObjects unknown;

    /**
     * Takes webhooks.
     *
     * @param target asked where a webhook does not say whose the money is, as with refunds that are made by hand
     */
    public StripeWebhooks(StripeSettings settings, StripeTarget target, UnknownObjects unknown) {
        signature = new StripeSignature(settings.webhookSecrets(), settings.tolerance());
        ours = new StripeInstallation(settings.installation());
        this.target = target;
        this.unknown = unknown;
    }

    /**
     * Reads a webhook; calls nobody.
     *
     * @param body as it came, byte for byte
     * @param signatureHeader the header {@code Stripe-Signature}; null: there is none
     * @return empty: nothing shows that it is from Stripe, or it is too old
     * @throws IllegalArgumentException if it is signed, but no event
     */
    public Optional<StripeNotice> receive(byte[] body, String signatureHeader, Instant now) {
        if (!signature.holds(body, signatureHeader, now)) {
            return Optional.empty();
        }
        var json = json(body);
        var type = json.path("type").asText();
        boolean ofUse = OF_USE.stream().anyMatch(type::startsWith) && !OF_NO_USE.contains(type);
        return Optional.of(ofUse ? new Reading(json, now).notice(body) : new Reading(json, now).says(List.of()));
    }

    private static JsonNode json(byte[] body) {
        try {
            var json = JSON.readTree(body);
            if (json.path("id").isTextual() && json.path("type").isTextual()) {
                return json;
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("the body is no JSON", e);
        }
        throw new IllegalArgumentException("the body is no event of Stripe's; it must have an id and a type");
    }

    /** One event. */
    private final class Reading {

        private final JsonNode json;
        private final String id;
        private final String type;
        private final Instant now;

        Reading(JsonNode json, Instant now) {
            this.json = json;
            this.now = now;
            id = json.path("id").asText();
            type = json.path("type").asText();
        }

        /** Whatever version of Stripe's API it was made by: what is read of it is in all of them. */
        StripeNotice notice(byte[] body) {
            try {
                var event = Webhook.constructEventWithoutVerification(new String(body, StandardCharsets.UTF_8));
                return notice(event);
            } catch (EventDataObjectDeserializationException | RuntimeException e) {
                // The parser has many ways to fail. Sending it again would not help: it is shown among what is unknown.
                return says(notUnderstood(e));
            }
        }

        private StripeNotice notice(Event event) throws EventDataObjectDeserializationException {
            var object = event.getDataObjectDeserializer().deserializeUnsafe();
            if (object instanceof PaymentIntent intent) {
                return intent(intent);
            }
            if (object instanceof Charge charge) {
                return charge(charge);
            }
            return object instanceof Refund refund ? refund(refund, event.getCreated()) : says(List.of());
        }

        StripeNotice says(List<Fact> facts) {
            return new StripeNotice(id, type, facts, Optional.empty());
        }

        private StripeNotice asks(StripeNotice.Question question) {
            return new StripeNotice(id, type, List.of(), Optional.of(() -> {
                try {
                    return question.ask();
                } catch (RuntimeException e) {
                    return notUnderstood(e);
                }
            }));
        }

        private List<Fact> notUnderstood(Exception why) {
            LOG.warn("What {} {} says is not understood", type, id, why);
            var object = json.path("data").path("object");
            return unknown(object.path("id").asText(id), object.path("object").asText(type));
        }

        private List<Fact> unknown(String externalId, String kind) {
            unknown.seen(externalId, kind);
            return List.of();
        }

        private StripeNotice intent(PaymentIntent intent) {
            var payment = ours.payment(intent.getMetadata());
            if (payment.isEmpty()) {
                return says(unknown(intent.getId(), INTENT));
            }
            var facts = StripeFacts.of(payment.get());
            // A failure that comes late would undo what another attempt has reached since: it counts if it still holds.
            return IntentStatus.of(intent) == IntentStatus.FAILED
                    ? asks(() -> target.intent(intent.getId()).map(facts::money).orElse(List.of()))
                    : says(facts.money(intent));
        }

        /** A charge bears what its intent bore when it was paid. */
        private StripeNotice charge(Charge charge) {
            var payment = ours.payment(charge.getMetadata());
            if (payment.isPresent()) {
                return says(StripeFacts.of(payment.get()).money(charge));
            }
            boolean ofIntent = charge.getPaymentIntent() != null;
            return says(unknown(ofIntent ? charge.getPaymentIntent() : charge.getId(), ofIntent ? INTENT : "charge"));
        }

        /** Ours say whose they are; the ones that are made by hand do not. */
        private StripeNotice refund(Refund refund, Long created) {
            var payment = ours.payment(refund.getMetadata());
            var intentId = refund.getPaymentIntent();
            boolean stale = "succeeded".equals(refund.getStatus())
                    && created != null
                    && Instant.ofEpochSecond(created).isBefore(now.minus(FRESH));
            if (payment.isPresent() && StripeIds.asked(refund).isPresent() && !(stale && intentId != null)) {
                return says(
                        StripeFacts.of(payment.get()).refund(refund).stream().toList());
            }
            return intentId == null
                    ? says(unknown(refund.getId(), "refund"))
                    : asks(() -> target.refundFacts(intentId).orElseGet(() -> unknown(intentId, INTENT)));
        }
    }
}
