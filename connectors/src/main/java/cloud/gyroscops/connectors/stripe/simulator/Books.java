package cloud.gyroscops.connectors.stripe.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.function.BiConsumer;

/** Everything there is, and who is told when it changes. Whoever touches it holds its monitor. */
final class Books {

    private static final int MOST_METADATA = 50;
    private static final int LONGEST_KEY = 40;
    private static final int LONGEST_VALUE = 500;

    final Shelf customers = new Shelf("customer");
    final Shelf intents = new Shelf("payment_intent");
    final Shelf charges = new Shelf("charge");
    final Shelf refunds = new Shelf("refund");

    private final Clock clock;
    private final BiConsumer<String, ObjectNode> events;

    /** Tells what happens, with the type of the event and the object as it is then. */
    Books(Clock clock, BiConsumer<String, ObjectNode> events) {
        this.clock = clock;
        this.events = events;
    }

    Instant now() {
        return clock.instant();
    }

    void tell(String type, ObjectNode object) {
        events.accept(type, object.deepCopy());
    }

    /** Entries are merged; an empty value unsets its key, and empty metadata all of them. */
    static void annotate(ObjectNode object, Form form) {
        var entries = form.entries("metadata");
        entries.forEach(Books::check);
        var metadata = object.withObject("/metadata");
        if (form.text("metadata").filter(String::isEmpty).isPresent()) {
            metadata.removeAll();
        }
        entries.forEach((key, value) -> {
            if (value.isEmpty()) {
                metadata.remove(key);
            } else {
                metadata.put(key, value);
            }
        });
        if (metadata.size() > MOST_METADATA) {
            throw Rejection.invalid(
                    "parameter_invalid_string",
                    "metadata",
                    "Metadata can have up to " + MOST_METADATA + " keys; you passed in " + metadata.size() + " keys");
        }
    }

    private static void check(String key, String value) {
        if (key.length() > LONGEST_KEY) {
            throw Rejection.invalid(
                    "parameter_invalid_string",
                    "metadata",
                    "Metadata keys can have up to " + LONGEST_KEY + " characters; '" + key + "' has " + key.length());
        }
        if (value.length() > LONGEST_VALUE) {
            throw Rejection.invalid(
                    "parameter_invalid_string",
                    "metadata[" + key + "]",
                    "Metadata values can have up to " + LONGEST_VALUE + " characters; " + value.length()
                            + " are given");
        }
    }

    static boolean bears(ObjectNode object, Map<String, String> metadata) {
        return metadata.entrySet().stream()
                .allMatch(entry ->
                        object.path("metadata").path(entry.getKey()).asText("").equals(entry.getValue()));
    }

    ObjectNode saved() {
        var json = Shapes.JSON.createObjectNode();
        json.set("customers", customers.saved());
        json.set("payment_intents", intents.saved());
        json.set("charges", charges.saved());
        json.set("refunds", refunds.saved());
        return json;
    }

    void load(ObjectNode saved) {
        customers.load(saved.withArray("customers"));
        intents.load(saved.withArray("payment_intents"));
        charges.load(saved.withArray("charges"));
        refunds.load(saved.withArray("refunds"));
    }
}
