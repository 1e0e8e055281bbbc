package cloud.gyroscops.connectors.stripe.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** An answer that is an error, in Stripe's shape. */
final class Rejection extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final boolean remembered;
    private final transient ObjectNode error = JsonNodeFactory.instance.objectNode();

    private Rejection(int status, boolean remembered, String type, String code, String param, String message) {
        super(message);
        this.status = status;
        this.remembered = remembered;
        if (code != null) {
            error.put("code", code);
            error.put("doc_url", "https://stripe.com/docs/error-codes/" + code.replace('_', '-'));
        }
        error.put("message", message);
        if (param != null) {
            error.put("param", param);
        }
        error.put("type", type);
    }

    /** Parameters that are wrong: found before anything is done, so that no idempotency key remembers it. */
    static Rejection invalid(String code, String param, String message) {
        return new Rejection(400, false, "invalid_request_error", code, param, message);
    }

    /** What the object's state does not allow. */
    static Rejection unexpectedState(String code, String message) {
        return new Rejection(400, true, "invalid_request_error", code, null, message);
    }

    static Rejection missing(String what, String param, String id) {
        return new Rejection(
                404, false, "invalid_request_error", "resource_missing", param, "No such " + what + ": '" + id + "'");
    }

    static Rejection card(String code, String declineCode, String message) {
        var rejection = new Rejection(402, true, "card_error", code, null, message);
        rejection.error.put("decline_code", declineCode);
        return rejection;
    }

    static Rejection of(int status, String type, String code, String message) {
        return new Rejection(status, false, type, code, null, message);
    }

    /** Shows the intent that the error is about. */
    Rejection about(JsonNode intent) {
        error.set("payment_intent", intent.deepCopy());
        return this;
    }

    int status() {
        return status;
    }

    /** Whether the same idempotency key gets the same answer again. */
    boolean remembered() {
        return remembered;
    }

    ObjectNode json() {
        var json = JsonNodeFactory.instance.objectNode();
        json.set("error", error);
        return json;
    }

    /** It is an answer, not a bug: the stack is of no use. */
    @Override
    public Throwable fillInStackTrace() {
        return this;
    }
}
