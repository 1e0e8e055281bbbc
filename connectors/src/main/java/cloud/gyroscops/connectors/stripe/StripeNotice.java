package cloud.gyroscops.connectors.stripe;

import cloud.gyroscops.connectors.target.Fact;
import java.util.List;

/**
 * A webhook that Stripe has sent.
 *
 * @param eventId Stripe's id of what happened
 * @param type what it was, for example {@code payment_intent.succeeded}
 * @param facts what it says about payments of ours; empty: nothing
 */
public record StripeNotice(String eventId, String type, List<Fact> facts) {

    /** Copies the facts. */
    public StripeNotice {
        facts = List.copyOf(facts);
    }
}
