package cloud.gyroscops.connectors.stripe;

import java.util.Map;
import java.util.Optional;

/** Which of an account's objects are ours: other installations, with the same ids, may share it. */
record StripeInstallation(String name) {

    /** The payment of ours that an object belongs to, by its metadata. */
    Optional<String> payment(Map<String, String> metadata) {
        return StripeIds.payment(metadata).filter(id -> owns(metadata));
    }

    /** Whether an object bears this installation's name. */
    boolean owns(Map<String, String> metadata) {
        return metadata != null && name.equals(metadata.get(StripeIds.INSTALLATION));
    }

    /** An idempotency key that is nobody else's. */
    String key(String ofWhat) {
        return name + ":" + ofWhat;
    }
}
