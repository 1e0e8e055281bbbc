package cloud.gyroscops.connectors.stripe;

import cloud.gyroscops.connectors.target.TargetException;
import java.util.Optional;
import java.util.OptionalInt;

/** Stripe understood a call, and will not do it. */
final class Refusal extends Exception {

    static final String UNEXPECTED_STATE = "payment_intent_unexpected_state";

    private static final long serialVersionUID = 1L;
    private static final String MISSING = "resource_missing";

    private final String code;
    private final int status;
    private final String param;
    private final boolean keyReused;

    /**
     * A refusal.
     *
     * @param code for programs; a card's decline has its code
     * @param param which parameter is to blame, where one is
     * @param keyReused the idempotency key was used with other parameters before
     */
    Refusal(String code, String message, int status, Optional<String> param, boolean keyReused, Throwable cause) {
        super(message, cause);
        this.code = code;
        this.status = status;
        this.param = param.orElse("");
        this.keyReused = keyReused;
    }

    String code() {
        return code;
    }

    boolean keyReused() {
        return keyReused;
    }

    /** The object that the call is about is not there. */
    boolean missing() {
        return status == 404;
    }

    /** What a parameter names is not there. */
    boolean missing(String parameter) {
        return code.equals(MISSING) && param.equals(parameter);
    }

    TargetException.Refused asRefused() {
        return new TargetException.Refused(code, getMessage(), OptionalInt.of(status), this);
    }
}
