package cloud.gyroscops.connectors.stripe;

import cloud.gyroscops.connectors.target.TargetException;
import cloud.gyroscops.contract.payment.CaptureMethod;
import com.stripe.model.PaymentIntent;
import com.stripe.param.PaymentIntentCreateParams;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Makes intents: one for a payment, however often it is tried. */
final class StripeCreation {

    private static final String OPERATION = ":payment_intents.create";

    /**
     * What an intent is made of.
     *
     * @param amount in Stripe's units
     * @param metadata ours and the payment's own
     */
    record Wanted(
            String paymentId,
            String organizationId,
            long amount,
            String currency,
            String description,
            CaptureMethod captureMethod,
            Map<String, String> metadata) {}

    private final StripeConnection stripe;
    private final StripeCustomers customers;
    private final StripeIntents intents;

    StripeCreation(StripeConnection stripe, StripeCustomers customers, StripeIntents intents) {
        this.stripe = stripe;
        this.customers = customers;
        this.intents = intents;
    }

    /**
     * The payment's intent.
     *
     * @param eventKey of the event that it is made for: the same event, the same intent
     * @param lookFirst the key may be forgotten by Stripe: what was made under it is looked for
     * @throws Refusal if Stripe makes none
     */
    PaymentIntent make(Wanted wanted, String eventKey, boolean lookFirst, Optional<String> traceparent)
            throws Refusal, TargetException, InterruptedException {
        if (lookFirst) {
            // What was made so long ago can be searched for; what was made since is made under the same key.
            var found = intents.searched(wanted.paymentId(), traceparent);
            if (found.isPresent()) {
                return found.get();
            }
        }
        var customer = customers.of(wanted.organizationId(), traceparent);
        try {
            return create(wanted, customer, eventKey + OPERATION, traceparent);
        } catch (Refusal refusal) {
            boolean customerGone = refusal.missing(StripeIntents.CUSTOMER);
            if (!customerGone && !refusal.keyReused()) {
                throw refusal;
            }
            // Either way an earlier try may have made the intent, with another customer.
            var found = intents.ofPayment(wanted.paymentId(), Optional.empty(), traceparent);
            if (found.isPresent()) {
                return found.get();
            }
            if (!customerGone) {
                throw refusal.asRefused();
            }
            var other = customers.inPlaceOf(customer, wanted.organizationId(), traceparent);
            return create(wanted, other, eventKey + OPERATION + ":" + other, traceparent);
        }
    }

    private PaymentIntent create(Wanted wanted, String customer, String key, Optional<String> traceparent)
            throws Refusal, TargetException, InterruptedException {
        var params = PaymentIntentCreateParams.builder()
                .setAmount(wanted.amount())
                .setCurrency(wanted.currency().toLowerCase(Locale.ROOT))
                .setCustomer(customer)
                .setCaptureMethod(
                        wanted.captureMethod() == CaptureMethod.MANUAL
                                ? PaymentIntentCreateParams.CaptureMethod.MANUAL
                                : PaymentIntentCreateParams.CaptureMethod.AUTOMATIC)
                .setAutomaticPaymentMethods(PaymentIntentCreateParams.AutomaticPaymentMethods.builder()
                        .setEnabled(true)
                        .build())
                .putAllMetadata(wanted.metadata())
                .addExpand(StripeIntents.CUSTOMER)
                .addExpand(StripeIntents.CHARGE);
        if (!wanted.description().isEmpty()) {
            params.setDescription(wanted.description());
        }
        return stripe.once(
                key,
                traceparent,
                (v1, options) -> v1.paymentIntents().create(params.build(), options),
                () -> intents.ofPayment(wanted.paymentId(), Optional.empty(), traceparent));
    }
}
