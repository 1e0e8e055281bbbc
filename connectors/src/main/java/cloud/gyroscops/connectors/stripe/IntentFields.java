package cloud.gyroscops.connectors.stripe;

import cloud.gyroscops.contract.payment.PaymentState;
import cloud.gyroscops.domain.payment.PaymentRules;
import com.stripe.model.Charge;
import com.stripe.model.PaymentIntent;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The compared fields of an intent, by name: {@code status}, {@code amountReceived} and {@code refunded} (our minor units),
 * {@code description}, {@code metadata.<key>}; and while it is unpaid, {@code amount} and {@code customer} (the organization
 * that the customer stands for).
 */
final class IntentFields {

    static final String STATUS = "status";
    static final String AMOUNT = "amount";
    static final String RECEIVED = "amountReceived";
    static final String REFUNDED = "refunded";
    static final String DESCRIPTION = "description";
    static final String CUSTOMER = "customer";
    static final String METADATA = "metadata.";

    /** In the place of a status: Stripe has no such intent, and that was told. */
    static final String MISSING = "missing";

    private final Set<StripeField> left;
    private final StripeInstallation installation;

    IntentFields(Set<StripeField> leftToStripe, StripeInstallation ours) {
        installation = ours;
        left = leftToStripe;
    }

    /** As the log says; empty: there is nothing to be there. */
    Optional<Map<String, String>> ours(String paymentId, PaymentState payment, boolean linked) {
        return status(payment, linked).map(status -> {
            var fields = new TreeMap<String, String>();
            fields.put(STATUS, status.toString());
            fields.put(RECEIVED, Long.toString(payment.getAmountReceived()));
            fields.put(REFUNDED, Long.toString(PaymentRules.refunded(payment)));
            if (status.unpaid()) {
                fields.put(AMOUNT, Long.toString(payment.getAmount()));
                fields.put(CUSTOMER, payment.getOrganizationId());
            }
            fields.put(DESCRIPTION, payment.getDescription());
            StripeIds.metadata(
                            installation,
                            paymentId,
                            payment.getOrganizationId(),
                            payment.getUserId(),
                            payment.getMetadata())
                    .forEach((key, value) -> fields.put(METADATA + key, value));
            return owned(fields);
        });
    }

    /** Which status an intent should have. */
    static Optional<IntentStatus> status(PaymentState payment, boolean linked) {
        return switch (payment.getStatus()) {
            case PENDING -> Optional.of(IntentStatus.OPEN);
            case AUTHORIZED, CAPTURING -> Optional.of(IntentStatus.CAPTURABLE);
            case COMPLETED, REFUNDED -> Optional.of(IntentStatus.SUCCEEDED);
            // One that Stripe never took, or that ended before it was told, has no intent.
            case FAILED -> linked ? Optional.of(IntentStatus.FAILED) : Optional.empty();
            case CANCELLED, EXPIRED -> linked ? Optional.of(IntentStatus.CANCELED) : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** As Stripe has it; the intent with its customer and latest charge. */
    Map<String, String> theirs(PaymentIntent intent) {
        var fields = new TreeMap<String, String>();
        var status = IntentStatus.of(intent);
        fields.put(STATUS, status.toString());
        fields.put(RECEIVED, amount(intent.getAmountReceived(), intent.getCurrency()));
        fields.put(REFUNDED, amount(refunded(intent), intent.getCurrency()));
        if (status.unpaid()) {
            fields.put(AMOUNT, amount(intent.getAmount(), intent.getCurrency()));
            fields.put(CUSTOMER, organization(intent));
        }
        fields.put(DESCRIPTION, intent.getDescription() == null ? "" : intent.getDescription());
        if (intent.getMetadata() != null) {
            intent.getMetadata().forEach((key, value) -> fields.put(METADATA + key, value));
        }
        return owned(fields);
    }

    private Map<String, String> owned(Map<String, String> fields) {
        if (left.contains(StripeField.DESCRIPTION)) {
            fields.remove(DESCRIPTION);
        }
        if (left.contains(StripeField.CUSTOMER)) {
            fields.remove(CUSTOMER);
        }
        if (left.contains(StripeField.METADATA)) {
            fields.keySet()
                    .removeIf(field ->
                            field.startsWith(METADATA) && !StripeIds.isOurs(field.substring(METADATA.length())));
        }
        return fields;
    }

    /** A hash of all of them. */
    static String fingerprint(Map<String, String> fields) {
        var text = new StringBuilder();
        new TreeMap<>(fields).forEach((field, value) -> text.append(field.length())
                .append(':')
                .append(field)
                .append(value.length())
                .append(':')
                .append(value));
        return StripeIds.hash(text.toString()).substring(0, 32);
    }

    /** Stripe counts what was reserved and never captured among what is refunded: no money came, none went. */
    private static long refunded(PaymentIntent intent) {
        var charge = intent.getLatestChargeObject();
        if (charge == null || charge.getAmountRefunded() == null) {
            return 0;
        }
        return Math.max(0, charge.getAmountRefunded() - released(charge));
    }

    /** What was reserved and is not any more, in Stripe's units. */
    static long released(Charge charge) {
        long captured = charge.getAmountCaptured() == null ? 0 : charge.getAmountCaptured();
        return charge.getAmount() == null ? 0 : charge.getAmount() - captured;
    }

    private static String organization(PaymentIntent intent) {
        var customer = intent.getCustomerObject();
        return customer == null || customer.getMetadata() == null
                ? ""
                : customer.getMetadata().getOrDefault(StripeIds.ORGANIZATION, "");
    }

    private static String amount(Long amount, String currency) {
        if (amount == null) {
            return "0";
        }
        try {
            return Long.toString(StripeAmounts.fromStripe(amount, currency));
        } catch (IllegalArgumentException noWholeNumber) {
            // Shown as it is: it differs from whatever the log says.
            return "stripe:" + amount;
        }
    }
}
