package cloud.gyroscops.connectors.stripe.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/** Money that goes back. */
final class Refunds {

    private final Books books;
    private final Charges charges;
    private int pending;

    Refunds(Books books, Charges charges) {
        this.books = books;
        this.charges = charges;
    }

    /** The next refunds stay pending until they are settled. */
    void leavePending(int next) {
        pending = next;
    }

    ObjectNode create(Form form) {
        form.allow(Set.of("payment_intent", "charge", "amount", "metadata", "reason"));
        var charge = form.text("charge")
                .map(id -> books.charges.get(id, "charge"))
                .orElseGet(() -> charge(form.required("payment_intent")));
        long left = Charges.refundable(charge);
        if (left == 0) {
            throw Rejection.unexpectedState(
                    "charge_already_refunded", "Charge " + charge.path("id").asText() + " has already been refunded.");
        }
        var currency = charge.path("currency").asText();
        long amount = Money.exact(form.number("amount").orElse(left), currency, "amount");
        if (amount > left) {
            throw Rejection.unexpectedState(
                    null, "Refund amount (" + amount + ") is greater than unrefunded amount on charge (" + left + ")");
        }
        var refund = Shapes.make("refund", "re_", books.now());
        refund.put("amount", amount).put("currency", currency);
        refund.set("charge", charge.path("id"));
        refund.set("payment_intent", charge.path("payment_intent"));
        refund.put("reason", form.text("reason").orElse(null));
        refund.put("status", pending > 0 ? "pending" : "succeeded");
        pending = Math.max(0, pending - 1);
        Books.annotate(refund, form);
        Charges.refund(charge, amount);
        books.tell("refund.created", books.refunds.put(refund));
        books.tell("charge.refunded", charge);
        return refund;
    }

    private ObjectNode charge(String intentId) {
        var intent = books.intents.get(intentId, "payment_intent");
        if (!Intents.status(intent).equals(Intents.SUCCEEDED)) {
            throw Rejection.unexpectedState(
                    "payment_intent_unexpected_state",
                    "This PaymentIntent (" + intentId + ") does not have a successful charge to refund.");
        }
        return charges.of(intent);
    }

    /** What a pending refund comes to; a succeeded one may fail, too: the bank sends the money back. */
    ObjectNode settle(String id, boolean succeeded) {
        var refund = books.refunds.get(id, "refund");
        refund.put("status", succeeded ? "succeeded" : "failed");
        if (!succeeded) {
            refund.put("failure_reason", "expired_or_canceled_card");
            Charges.refund(
                    books.charges.get(refund.path("charge").asText(), "charge"),
                    -refund.path("amount").asLong());
        }
        books.tell("refund.updated", refund);
        if (!succeeded) {
            books.tell("refund.failed", refund);
        }
        return refund;
    }
}
