package cloud.gyroscops.connectors.stripe.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The attempts to get an intent's money. */
final class Charges {

    private final Books books;

    Charges(Books books) {
        this.books = books;
    }

    ObjectNode make(ObjectNode intent, boolean captured) {
        var charge = prepared(intent);
        charge.put("captured", captured);
        charge.put("amount_captured", captured ? intent.path("amount").asLong() : 0);
        charge.putObject("outcome")
                .put("network_status", "approved_by_network")
                .put("seller_message", "Payment complete.")
                .put("type", "authorized");
        return books.charges.put(charge);
    }

    ObjectNode makeDeclined(ObjectNode intent) {
        var charge = prepared(intent);
        charge.put("paid", false)
                .put("status", "failed")
                .put("failure_code", "card_declined")
                .put("failure_message", "Your card was declined.");
        return books.charges.put(charge);
    }

    private ObjectNode prepared(ObjectNode intent) {
        var charge = Shapes.make("charge", "ch_", books.now());
        charge.put("amount", intent.path("amount").asLong());
        charge.set("currency", intent.path("currency"));
        charge.set("customer", intent.path("customer"));
        charge.set("description", intent.path("description"));
        charge.set("payment_intent", intent.path("id"));
        charge.set("metadata", intent.path("metadata").deepCopy());
        charge.put("payment_method", Shapes.id("pm_"));
        return charge;
    }

    ObjectNode of(ObjectNode intent) {
        return books.charges.get(intent.path("latest_charge").asText(), "charge");
    }

    /** What is not captured is released, which Stripe counts among what is refunded. */
    ObjectNode capture(ObjectNode intent, long amount) {
        var charge = of(intent);
        charge.put("captured", true).put("amount_captured", amount);
        charge.put("amount_refunded", charge.path("amount").asLong() - amount);
        return charge;
    }

    /** As it does when nothing is captured at all. */
    ObjectNode release(ObjectNode intent) {
        var charge = of(intent);
        charge.put("amount_refunded", charge.path("amount").asLong()).put("refunded", true);
        return charge;
    }

    static long refundable(ObjectNode charge) {
        return charge.path("amount").asLong() - charge.path("amount_refunded").asLong();
    }

    /** Adds to what is refunded; less than 0 takes back. */
    static void refund(ObjectNode charge, long amount) {
        charge.put("amount_refunded", charge.path("amount_refunded").asLong() + amount);
        charge.put("refunded", refundable(charge) == 0);
    }
}
