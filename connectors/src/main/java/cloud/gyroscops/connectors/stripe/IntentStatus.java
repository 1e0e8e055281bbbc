package cloud.gyroscops.connectors.stripe;

import com.stripe.model.PaymentIntent;
import java.util.Locale;

/** What Stripe's statuses, and ours, come to where they are compared. */
enum IntentStatus {
    /** Nobody has paid yet. */
    OPEN,
    /** Somebody tried to, in vain; another attempt is possible. */
    FAILED,
    /** Under way at a bank. */
    PROCESSING,
    /** Reserved. */
    CAPTURABLE,
    SUCCEEDED,
    CANCELED;

    static IntentStatus of(PaymentIntent intent) {
        var status = intent.getStatus() == null ? "" : intent.getStatus();
        return switch (status) {
            case "requires_payment_method" -> intent.getLastPaymentError() == null ? OPEN : FAILED;
            case "requires_capture" -> CAPTURABLE;
            case "succeeded" -> SUCCEEDED;
            case "canceled" -> CANCELED;
            case "processing" -> PROCESSING;
            default -> OPEN;
        };
    }

    /** Whether the customer and the amount may still change. */
    boolean unpaid() {
        return this == OPEN || this == FAILED;
    }

    /** As in outcomes. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
