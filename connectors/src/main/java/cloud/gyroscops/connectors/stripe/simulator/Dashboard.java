package cloud.gyroscops.connectors.stripe.simulator;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** What people do by hand in Stripe's dashboard, and what should not happen to its objects. Ids are Stripe's. */
public final class Dashboard {

    private final Api api;

    Dashboard(Api api) {
        this.api = api;
    }

    /** Gives an amount back, in Stripe's units; the refund's id. */
    public String refund(String intentId, long amount) {
        return with(() -> api.refunds
                .create(Form.of(Map.of("payment_intent", intentId, "amount", Long.toString(amount))))
                .path("id")
                .asText());
    }

    /** The next refunds, whoever makes them, stay pending until they are settled. */
    public void leaveRefundsPending(int next) {
        with(() -> {
            api.refunds.leavePending(next);
            return null;
        });
    }

    /** What a refund comes to. */
    public void settleRefund(String refundId, boolean succeeded) {
        with(() -> api.refunds.settle(refundId, succeeded));
    }

    /** Captures all that is reserved. */
    public void capture(String intentId) {
        with(() -> api.intents.capture(intentId, Form.of(Map.of())));
    }

    /** Captures a part, in Stripe's units; the rest is released. */
    public void capture(String intentId, long amount) {
        with(() -> api.intents.capture(intentId, Form.of(Map.of("amount_to_capture", Long.toString(amount)))));
    }

    public void cancel(String intentId) {
        with(() -> api.intents.cancel(intentId, Form.of(Map.of("cancellation_reason", "requested_by_customer"))));
    }

    public void describe(String intentId, String description) {
        with(() -> api.intents.update(intentId, Form.of(Map.of("description", description))));
    }

    /** Sets a key of the metadata; an empty value removes it. */
    public void annotate(String intentId, String key, String value) {
        with(() -> api.intents.update(intentId, Form.of(Map.of("metadata[" + key + "]", value))));
    }

    /** Gives an intent another customer, or none with an empty id. */
    public void assign(String intentId, String customerId) {
        with(() -> api.intents.update(intentId, Form.of(Map.of("customer", customerId))));
    }

    public void deleteCustomer(String customerId) {
        with(() -> api.customers.delete(customerId));
    }

    /** An intent is gone, which Stripe's own never are: as in another account, or after one was emptied. */
    public void lose(String intentId) {
        with(() -> {
            api.books.intents.remove(intentId);
            return null;
        });
    }

    /** An intent that somebody else makes, with an amount in Stripe's units; its id. */
    public String createForeign(long amount, String currency, Map<String, String> metadata) {
        var parameters = new HashMap<>(Map.of("amount", Long.toString(amount), "currency", currency));
        metadata.forEach((key, value) -> parameters.put("metadata[" + key + "]", value));
        return with(() -> api.intents.create(Form.of(parameters)).path("id").asText());
    }

    private <T> T with(Supplier<T> action) {
        synchronized (api.books) {
            return action.get();
        }
    }
}
