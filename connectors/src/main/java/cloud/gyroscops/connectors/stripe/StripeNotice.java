package cloud.gyroscops.connectors.stripe;

import cloud.gyroscops.connectors.target.Fact;
import cloud.gyroscops.connectors.target.TargetException;
import java.util.List;
import java.util.Optional;

/**
 * A webhook that Stripe has sent.
 *
 * @param eventId Stripe's id of what happened
 * @param type what it was, for example {@code payment_intent.succeeded}
 * @param facts what it says about payments of ours; empty: nothing
 * @param question what else has to be asked of Stripe; empty: the facts are all
 */
public record StripeNotice(String eventId, String type, List<Fact> facts, Optional<Question> question) {

    /** A call to Stripe. */
    @FunctionalInterface
    public interface Question {

        /**
         * Asks now; it may take as long as Stripe takes.
         *
         * @throws TargetException if Stripe does not answer: it will send the webhook again
         */
        List<Fact> ask() throws TargetException, InterruptedException;
    }

    /** Copies the facts. */
    public StripeNotice {
        facts = List.copyOf(facts);
    }
}
