package cloud.gyroscops.connectors.stripe;

import cloud.gyroscops.connectors.target.TargetException;
import java.util.Optional;
import java.util.OptionalInt;

/** Stripe understood a call, and will not do it. */
final class Refusal extends Exception {

    /** What it is about. */
    enum Kind {
        /** The card. */
        CARD,
        /** The idempotency key was used with other parameters before. */
        KEY_REUSED,
        /** Something went wrong inside Stripe, which it remembers under the idempotency key: whether anything was done is open. */
        KEY_SPENT,
        /** The call's parameters, or the object's state. */
        REQUEST
    }

    private static final long serialVersionUID = 1L;
    private static final String MISSING = "resource_missing";

    private final String code;
    private final int status;
    private final String param;
    private final Kind kind;

    /**
     * A refusal.
     *
     * @param code for programs; a card's decline has its code
     * @param param which parameter is to blame, where one is
     */
    Refusal(String code, String message, int status, Optional<String> param, Kind kind, Throwable cause) {
        super(message, cause);
        this.code = code;
        this.status = status;
        this.param = param.orElse("");
        this.kind = kind;
    }

    String code() {
        return code;
    }

    boolean keyReused() {
        return kind == Kind.KEY_REUSED;
    }

    boolean keySpent() {
        return kind == Kind.KEY_SPENT;
    }

    /** It is the card, the amount or the currency that Stripe does not take, and never will: nobody here can put that right. */
    boolean isFinal() {
        return kind == Kind.CARD
                || kind == Kind.REQUEST
                        && (code.startsWith("amount_")
                                || code.contains("currency")
                                || code.equals("invalid_charge_amount")
                                || param.equals("amount")
                                || param.equals("currency"));
    }

    /** The object that the call is about is not there. */
    boolean missing() {
        return status == 404;
    }

    /** What a parameter names is not there. */
    boolean missing(String parameter) {
        return code.equals(MISSING) && param.equals(parameter);
    }

    TargetException asRefused() {
        return kind == Kind.KEY_SPENT
                ? new TargetException.Failed(code, getMessage(), OptionalInt.of(status), this)
                : new TargetException.Refused(code, getMessage(), OptionalInt.of(status), this);
    }
}
