package cloud.gyroscops.connectors.stripe;

import cloud.gyroscops.connectors.target.TargetException;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.CustomerSearchParams;
import java.util.Optional;

/** The customers that stand for organizations, each by its metadata. */
final class StripeCustomers {

    private static final int REMEMBERED = 10_000;
    private static final long MOST_FOUND = 100;

    private final StripeConnection stripe;
    private final StripeInstallation ours;
    private final Cache<String, String> known =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();

    StripeCustomers(StripeConnection stripe, StripeInstallation ours) {
        this.ours = ours;
        this.stripe = stripe;
    }

    /** The customer's id, if this process has met it. */
    Optional<String> known(String organizationId) {
        return Optional.ofNullable(known.getIfPresent(organizationId));
    }

    /** The id of the organization's customer, which is made where there is none. */
    String of(String organizationId, Optional<String> traceparent)
            throws Refusal, TargetException, InterruptedException {
        return of(organizationId, "", traceparent);
    }

    /** The id of the customer that takes the place of one that is gone. */
    String inPlaceOf(String goneId, String organizationId, Optional<String> traceparent)
            throws Refusal, TargetException, InterruptedException {
        known.invalidate(organizationId);
        return of(organizationId, goneId, traceparent);
    }

    private String of(String organizationId, String goneId, Optional<String> traceparent)
            throws Refusal, TargetException, InterruptedException {
        var cached = known.getIfPresent(organizationId);
        if (cached != null) {
            return cached;
        }
        var found = find(organizationId, traceparent).filter(id -> !id.equals(goneId));
        var id = found.isPresent() ? found.get() : create(organizationId, goneId, traceparent);
        known.put(organizationId, id);
        return id;
    }

    private Optional<String> find(String organizationId, Optional<String> traceparent)
            throws Refusal, TargetException, InterruptedException {
        var query = CustomerSearchParams.builder()
                .setQuery("metadata['" + StripeIds.ORGANIZATION + "']:'" + organizationId + "'")
                .setLimit(MOST_FOUND)
                .build();
        // The oldest: should there be several, all choose the same. And exactly: the search does not tell a from A.
        return stripe.call(traceparent, v1 -> v1.customers().search(query)).getData().stream()
                .filter(customer -> ours.owns(customer.getMetadata())
                        && organizationId.equals(customer.getMetadata().get(StripeIds.ORGANIZATION)))
                .reduce((newer, older) -> older)
                .map(customer -> customer.getId());
    }

    /** What was made a moment ago is not found by a search: the key makes sure that there is one. */
    private String create(String organizationId, String goneId, Optional<String> traceparent)
            throws Refusal, TargetException, InterruptedException {
        var params = CustomerCreateParams.builder()
                .setDescription("Organization " + organizationId)
                .putMetadata(StripeIds.INSTALLATION, ours.name())
                .putMetadata(StripeIds.ORGANIZATION, organizationId)
                .build();
        var key = ours.key("organizations/" + organizationId) + ":customers.create"
                + (goneId.isEmpty() ? "" : ":" + goneId);
        return stripe.once(
                key,
                traceparent,
                (v1, options) -> v1.customers().create(params, options).getId(),
                () -> find(organizationId, traceparent).filter(id -> !id.equals(goneId)));
    }
}
