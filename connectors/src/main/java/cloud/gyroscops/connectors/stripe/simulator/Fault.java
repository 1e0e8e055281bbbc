package cloud.gyroscops.connectors.stripe.simulator;

/** What may go wrong with a call. */
public enum Fault {
    /** It is done, and no answer comes until the caller gives up. */
    TIME_OUT_AFTER_EFFECT,
    /** 429, with Retry-After: 1. */
    RATE_LIMIT,
    /** 500, and nothing is done. */
    SERVER_ERROR,
    /** It is done, and 500 is answered: now, and again under the same idempotency key. */
    SERVER_ERROR_AFTER_EFFECT,
    /** 409: another call with the same idempotency key is under way. */
    KEY_IN_USE,
    /** The connection breaks, and nothing is done. */
    DROP_BEFORE_EFFECT,
    /** It is done, and the connection breaks. */
    DROP_AFTER_EFFECT
}
