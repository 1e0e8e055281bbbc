package cloud.gyroscops.connectors.stripe.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What may be done with payment intents, in which status. */
final class Intents {

    static final String NEEDS_METHOD = "requires_payment_method";
    static final String NEEDS_CONFIRMATION = "requires_confirmation";
    static final String NEEDS_CAPTURE = "requires_capture";
    static final String PROCESSING = "processing";
    static final String SUCCEEDED = "succeeded";
    static final String CANCELED = "canceled";

    private static final Set<String> CREATE = Set.of(
            "amount",
            "currency",
            "customer",
            "description",
            "metadata",
            "capture_method",
            "automatic_payment_methods",
            "payment_method",
            "payment_method_types",
            "confirm",
            "receipt_email");
    private static final Set<String> UPDATE =
            Set.of("amount", "customer", "description", "metadata", "receipt_email", "payment_method");
    private static final Set<String> OPEN = Set.of(NEEDS_METHOD, NEEDS_CONFIRMATION, "requires_action");
    private static final List<String> CAPTURES = List.of("automatic", "automatic_async", "manual");
    private static final String UNEXPECTED = "payment_intent_unexpected_state";

    private final Books books;
    private final Charges charges;

    Intents(Books books, Charges charges) {
        this.books = books;
        this.charges = charges;
    }

    ObjectNode create(Form form) {
        form.allow(CREATE);
        var currency = Money.currency(form.required("currency"));
        form.required("amount");
        long amount = Money.charged(form.number("amount").orElseThrow(), currency, "amount");
        var capture = form.text("capture_method").orElse("automatic_async");
        if (!CAPTURES.contains(capture)) {
            throw Rejection.invalid("parameter_invalid_string", "capture_method", "Invalid capture_method: " + capture);
        }
        form.text("customer").ifPresent(id -> books.customers.get(id, "customer"));
        var intent = Shapes.make("payment_intent", "pi_", books.now());
        intent.put("amount", amount).put("currency", currency).put("capture_method", capture);
        intent.put("client_secret", Shapes.id(intent.path("id").asText() + "_secret_"));
        intent.put("status", form.text("payment_method").isPresent() ? NEEDS_CONFIRMATION : NEEDS_METHOD);
        if (form.text("automatic_payment_methods[enabled]")
                .filter("true"::equals)
                .isPresent()) {
            intent.putObject("automatic_payment_methods").put("enabled", true);
        }
        fill(intent, form);
        books.tell("payment_intent.created", books.intents.put(intent));
        return form.flag("confirm") ? confirm(intent.path("id").asText(), form) : intent;
    }

    ObjectNode update(String id, Form form) {
        form.allow(UPDATE);
        var intent = books.intents.get(id, "intent");
        boolean touchesMoney = form.text("amount").isPresent()
                || form.text("customer").isPresent()
                || form.text("payment_method").isPresent();
        if (touchesMoney && !OPEN.contains(status(intent))) {
            throw unexpected(
                    intent,
                    "This PaymentIntent's amount, customer or payment method could not be updated because it has a status"
                            + " of " + status(intent) + ".");
        }
        form.text("customer").filter(text -> !text.isEmpty()).ifPresent(text -> books.customers.get(text, "customer"));
        form.number("amount")
                .ifPresent(amount -> intent.put(
                        "amount", Money.charged(amount, intent.path("currency").asText(), "amount")));
        fill(intent, form);
        return intent;
    }

    private void fill(ObjectNode intent, Form form) {
        for (var field : new String[] {"description", "customer", "receipt_email", "payment_method"}) {
            form.text(field).ifPresent(text -> intent.put(field, text.isEmpty() ? null : text));
        }
        Books.annotate(intent, form);
    }

    /** Stripe's test methods: {@code pm_card_visa} pays, {@code pm_card_chargeDeclined} does not. */
    ObjectNode confirm(String id, Form form) {
        var intent = books.intents.get(id, "intent");
        form.text("payment_method").ifPresent(method -> intent.put("payment_method", method));
        if (intent.path("payment_method").isNull()) {
            throw unexpected(
                    intent,
                    "You cannot confirm this PaymentIntent because it's missing a payment method. Update it with a"
                            + " payment method and then confirm it again.");
        }
        boolean declined =
                intent.path("payment_method").asText().toLowerCase(Locale.ROOT).contains("declined");
        pay(id, declined ? Payment.DECLINED : Payment.PAID);
        if (declined) {
            var error = intent.path("last_payment_error");
            throw Rejection.card(
                            error.path("code").asText(),
                            error.path("decline_code").asText(),
                            error.path("message").asText())
                    .about(intent);
        }
        return intent;
    }

    /** What a customer does at the till. */
    ObjectNode pay(String id, Payment payment) {
        var intent = books.intents.get(id, "intent");
        if (!OPEN.contains(status(intent)) && !status(intent).equals(PROCESSING)) {
            throw unexpected(
                    intent, "You cannot confirm this PaymentIntent because it has a status of " + status(intent) + ".");
        }
        switch (payment) {
            case PAID -> paid(intent);
            case DECLINED -> declined(intent);
            case PROCESSING -> {
                intent.put("status", PROCESSING);
                books.tell("payment_intent.processing", intent);
            }
        }
        return intent;
    }

    private void paid(ObjectNode intent) {
        boolean manual = intent.path("capture_method").asText().equals("manual");
        var charge = charges.make(intent, !manual);
        intent.put("latest_charge", charge.path("id").asText());
        intent.putNull("last_payment_error");
        if (intent.path("payment_method").isNull()) {
            intent.put("payment_method", charge.path("payment_method").asText());
        }
        if (manual) {
            intent.put("status", NEEDS_CAPTURE);
            intent.put("amount_capturable", intent.path("amount").asLong());
        } else {
            intent.put("status", SUCCEEDED);
            intent.put("amount_received", intent.path("amount").asLong());
        }
        books.tell("charge.succeeded", charge);
        books.tell(manual ? "payment_intent.amount_capturable_updated" : "payment_intent.succeeded", intent);
    }

    private void declined(ObjectNode intent) {
        var charge = charges.makeDeclined(intent);
        intent.put("status", NEEDS_METHOD);
        intent.put("latest_charge", charge.path("id").asText());
        intent.putNull("payment_method");
        intent.putObject("last_payment_error")
                .put("charge", charge.path("id").asText())
                .put("code", charge.path("failure_code").asText())
                .put("decline_code", "generic_decline")
                .put("doc_url", "https://stripe.com/docs/error-codes/card-declined")
                .put("message", charge.path("failure_message").asText())
                .put("type", "card_error");
        books.tell("charge.failed", charge);
        books.tell("payment_intent.payment_failed", intent);
    }

    ObjectNode capture(String id, Form form) {
        form.allow(Set.of("amount_to_capture", "metadata"));
        var intent = books.intents.get(id, "intent");
        if (!status(intent).equals(NEEDS_CAPTURE)) {
            throw unexpected(
                    intent,
                    "This PaymentIntent could not be captured because it has a status of " + status(intent)
                            + ". Only a PaymentIntent with one of the following statuses may be captured:"
                            + " requires_capture.");
        }
        long capturable = intent.path("amount_capturable").asLong();
        long amount = form.number("amount_to_capture").orElse(capturable);
        Money.exact(amount, intent.path("currency").asText(), "amount_to_capture");
        if (amount > capturable) {
            throw Rejection.invalid(
                    "amount_too_large",
                    "amount_to_capture",
                    "The amount you want to capture is more than what is capturable: " + capturable);
        }
        Books.annotate(intent, form);
        var charge = charges.capture(intent, amount);
        intent.put("status", SUCCEEDED).put("amount_received", amount).put("amount_capturable", 0);
        books.tell("charge.captured", charge);
        books.tell("payment_intent.succeeded", intent);
        return intent;
    }

    ObjectNode cancel(String id, Form form) {
        form.allow(Set.of("cancellation_reason"));
        var intent = books.intents.get(id, "intent");
        if (!OPEN.contains(status(intent)) && !status(intent).equals(NEEDS_CAPTURE)) {
            throw unexpected(
                    intent,
                    "You cannot cancel this PaymentIntent because it has a status of " + status(intent)
                            + ". Only a PaymentIntent with one of the following statuses may be canceled:"
                            + " requires_payment_method, requires_capture, requires_confirmation, requires_action,"
                            + " processing.");
        }
        if (status(intent).equals(NEEDS_CAPTURE)) {
            books.tell("charge.refunded", charges.release(intent));
        }
        intent.put("status", CANCELED)
                .put("canceled_at", books.now().getEpochSecond())
                .put("amount_capturable", 0)
                .put("cancellation_reason", form.text("cancellation_reason").orElse(null));
        books.tell("payment_intent.canceled", intent);
        return intent;
    }

    static String status(ObjectNode intent) {
        return intent.path("status").asText();
    }

    private static Rejection unexpected(ObjectNode intent, String message) {
        return Rejection.unexpectedState(UNEXPECTED, message).about(intent);
    }
}
