package cloud.gyroscops.connectors.stripe;

import java.util.Locale;

/** What the log may own of a payment intent. The money always is Stripe's, and our ids in the metadata always are the log's. */
public enum StripeField {
    DESCRIPTION,
    METADATA,
    CUSTOMER;

    /** As in the settings. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
