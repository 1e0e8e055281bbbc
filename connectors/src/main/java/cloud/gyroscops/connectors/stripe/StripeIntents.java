package cloud.gyroscops.connectors.stripe;

import cloud.gyroscops.connectors.target.Fact;
import cloud.gyroscops.connectors.target.TargetException;
import com.stripe.model.Customer;
import com.stripe.model.PaymentIntent;
import com.stripe.model.Refund;
import com.stripe.model.StripeCollection;
import com.stripe.param.PaymentIntentListParams;
import com.stripe.param.PaymentIntentRetrieveParams;
import com.stripe.param.PaymentIntentSearchParams;
import com.stripe.param.RefundListParams;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Finds intents and their refunds. Each intent comes with its customer and its latest charge. */
final class StripeIntents {

    static final String CUSTOMER = "customer";
    static final String CHARGE = "latest_charge";

    private static final long PAGE = 100;

    /** Stripe's search shows new objects within a minute, and within an hour when it has trouble. */
    private static final Duration UNSEARCHABLE = Duration.ofHours(2);

    private final StripeConnection stripe;
    private final StripeCustomers customers;
    private final StripeInstallation ours;
    private final Clock clock;

    StripeIntents(StripeConnection stripe, StripeCustomers customers, StripeInstallation ours, Clock clock) {
        this.ours = ours;
        this.stripe = stripe;
        this.customers = customers;
        this.clock = clock;
    }

    /** The intent with an id. */
    Optional<PaymentIntent> find(String intentId, Optional<String> traceparent)
            throws Refusal, TargetException, InterruptedException {
        var params = PaymentIntentRetrieveParams.builder()
                .addExpand(CUSTOMER)
                .addExpand(CHARGE)
                .build();
        try {
            return Optional.of(
                    stripe.call(traceparent, v1 -> v1.paymentIntents().retrieve(intentId, params, null)));
        } catch (Refusal refusal) {
            if (refusal.missing()) {
                return Optional.empty();
            }
            throw refusal;
        }
    }

    /**
     * The intent that bears a payment's id: found by searching, and among the ones that are too new for that.
     *
     * @param organizationId whose customer's the new ones are; empty: whoever's
     */
    Optional<PaymentIntent> ofPayment(String paymentId, Optional<String> organizationId, Optional<String> traceparent)
            throws Refusal, TargetException, InterruptedException {
        var found = searched(paymentId, traceparent);
        return found.isPresent() ? found : recent(paymentId, organizationId.flatMap(customers::known), traceparent);
    }

    /** The intent that bears a payment's id, unless it was made within the hour. */
    Optional<PaymentIntent> searched(String paymentId, Optional<String> traceparent)
            throws Refusal, TargetException, InterruptedException {
        var query = PaymentIntentSearchParams.builder()
                .setQuery("metadata['" + StripeIds.PAYMENT + "']:'" + paymentId + "'")
                .setLimit(PAGE)
                .addExpand("data." + CUSTOMER)
                .addExpand("data." + CHARGE)
                .build();
        // Its search does not tell upper case from lower: ours do.
        return best(stripe.call(traceparent, v1 -> v1.paymentIntents().search(query)).getData().stream()
                .filter(intent -> bears(intent, paymentId))
                .toList());
    }

    private Optional<PaymentIntent> recent(String paymentId, Optional<String> customer, Optional<String> traceparent)
            throws Refusal, TargetException, InterruptedException {
        var since = PaymentIntentListParams.Created.builder()
                .setGte(clock.instant().minus(UNSEARCHABLE).getEpochSecond())
                .build();
        var bearing = new ArrayList<PaymentIntent>();
        var cursor = Optional.<String>empty();
        do {
            var params = PaymentIntentListParams.builder()
                    .setLimit(PAGE)
                    .setCreated(since)
                    .addExpand("data." + CUSTOMER)
                    .addExpand("data." + CHARGE);
            customer.ifPresent(params::setCustomer);
            cursor.ifPresent(params::setStartingAfter);
            var page = stripe.call(traceparent, v1 -> v1.paymentIntents().list(params.build()));
            page.getData().stream().filter(intent -> bears(intent, paymentId)).forEach(bearing::add);
            cursor = next(page.getHasMore(), page.getData(), PaymentIntent::getId);
        } while (cursor.isPresent());
        return best(bearing);
    }

    private boolean bears(PaymentIntent intent, String paymentId) {
        return ours.payment(intent.getMetadata()).equals(Optional.of(paymentId));
    }

    /** There should be one. Where somebody made another: the one that money moved for, and of those the oldest. */
    private static Optional<PaymentIntent> best(List<PaymentIntent> intents) {
        return intents.stream()
                .max(Comparator.comparing((PaymentIntent intent) -> switch (IntentStatus.of(intent)) {
                            case SUCCEEDED -> 3;
                            case CAPTURABLE, PROCESSING -> 2;
                            case OPEN, FAILED -> 1;
                            case CANCELED -> 0;
                        })
                        .thenComparing(PaymentIntent::getCreated, Comparator.reverseOrder()));
    }

    /** Of all intents the ones after a cursor, the newest first. */
    StripeCollection<PaymentIntent> page(Optional<String> cursor)
            throws Refusal, TargetException, InterruptedException {
        var params = PaymentIntentListParams.builder()
                .setLimit(PAGE)
                .addExpand("data." + CUSTOMER)
                .addExpand("data." + CHARGE);
        cursor.ifPresent(params::setStartingAfter);
        return stripe.call(Optional.empty(), v1 -> v1.paymentIntents().list(params.build()));
    }

    /** All refunds of the money that an intent brought, the oldest first. */
    List<Refund> refunds(PaymentIntent intent, Optional<String> traceparent)
            throws Refusal, TargetException, InterruptedException {
        if (intent.getAmountReceived() == null || intent.getAmountReceived() == 0) {
            // What was reserved and is released may look like a refund: no money had come.
            return List.of();
        }
        var refunds = refunds(intent.getId(), traceparent);
        var charge = intent.getLatestChargeObject();
        long released = charge == null ? 0 : IntentFields.released(charge);
        // What was reserved and is released may be listed, too, and comes first: if there is more than the charge gave
        // back.
        if (released > 0 && standing(refunds) > charge.getAmountRefunded() - released) {
            refunds.stream()
                    .filter(refund -> StripeIds.asked(refund).isEmpty() && refund.getAmount() == released)
                    .findFirst()
                    .ifPresent(refunds::remove);
        }
        return refunds;
    }

    /** What all refunds of the money that an intent brought say. */
    List<Fact> refundFacts(PaymentIntent intent, StripeFacts says, Optional<String> traceparent)
            throws Refusal, TargetException, InterruptedException {
        return refunds(intent, traceparent).stream()
                .flatMap(refund -> says.refund(refund).stream())
                .toList();
    }

    private static long standing(List<Refund> refunds) {
        return refunds.stream()
                .filter(refund -> !"failed".equals(refund.getStatus()) && !"canceled".equals(refund.getStatus()))
                .mapToLong(Refund::getAmount)
                .sum();
    }

    /** The refund that bears an id of ours. */
    Optional<Refund> refund(String intentId, String refundId, Optional<String> traceparent)
            throws Refusal, TargetException, InterruptedException {
        return refunds(intentId, traceparent).stream()
                .filter(refund -> StripeIds.asked(refund).equals(Optional.of(refundId)))
                .findFirst();
    }

    private List<Refund> refunds(String intentId, Optional<String> traceparent)
            throws Refusal, TargetException, InterruptedException {
        var refunds = new ArrayList<Refund>();
        var cursor = Optional.<String>empty();
        do {
            var params = RefundListParams.builder().setPaymentIntent(intentId).setLimit(PAGE);
            cursor.ifPresent(params::setStartingAfter);
            var page = stripe.call(traceparent, v1 -> v1.refunds().list(params.build()));
            refunds.addAll(page.getData());
            cursor = next(page.getHasMore(), page.getData(), Refund::getId);
        } while (cursor.isPresent());
        Collections.reverse(refunds);
        return refunds;
    }

    static <T> Optional<String> next(Boolean more, List<T> data, Function<T, String> id) {
        return Boolean.TRUE.equals(more) && !data.isEmpty()
                ? Optional.of(id.apply(data.get(data.size() - 1)))
                : Optional.empty();
    }

    /** The id of an intent's customer, deleted or not. */
    static Optional<String> customer(PaymentIntent intent) {
        return Optional.ofNullable(intent.getCustomerObject())
                .map(Customer::getId)
                .or(() -> Optional.ofNullable(intent.getCustomer()));
    }
}
