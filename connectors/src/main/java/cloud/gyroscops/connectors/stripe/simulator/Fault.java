package cloud.gyroscops.connectors.stripe.simulator;

/** What may go wrong with a call. */
public enum Fault {
    /** It is done, and no answer comes until the caller gives up. */
    TIME_OUT_AFTER_EFFECT,
    /** 429, with Retry-After: 1. */
    RATE_LIMIT,
    /** 500, and nothing is done. */
    SERVER_ERROR,
    /** 409: another call with the same idempotency key is under way. */
    KEY_IN_USE,
    /** The connection breaks, and nothing is done. */
    DROP_BEFORE_EFFECT,
    /** It is done, and the connection breaks. */
    DROP_AFTER_EFFECT
}
