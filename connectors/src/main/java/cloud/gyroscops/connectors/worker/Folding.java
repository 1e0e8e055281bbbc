package cloud.gyroscops.connectors.worker;

import cloud.gyroscops.contract.organization.OrganizationState;
import cloud.gyroscops.contract.payment.PaymentState;
import cloud.gyroscops.contract.user.UserState;
import cloud.gyroscops.domain.organization.OrganizationDecider;
import cloud.gyroscops.domain.payment.PaymentDecider;
import cloud.gyroscops.domain.user.UserDecider;
import cloud.gyroscops.schemas.Aggregate;
import org.apache.avro.specific.SpecificRecord;

/** What events make of states, as the deciders have it. */
final class Folding {

    private static final OrganizationDecider ORGANIZATIONS = new OrganizationDecider();
    private static final UserDecider USERS = new UserDecider();
    private static final PaymentDecider PAYMENTS = new PaymentDecider(PaymentDecider.DEFAULT_TIME_TO_LIVE);

    private Folding() {}

    /** The state after an event; before the first one there is none. */
    static SpecificRecord evolve(Aggregate aggregate, SpecificRecord state, SpecificRecord event) {
        return switch (aggregate) {
            case ORGANIZATIONS ->
                ORGANIZATIONS.evolve(state == null ? ORGANIZATIONS.initial() : (OrganizationState) state, event);
            case USERS -> USERS.evolve(state == null ? USERS.initial() : (UserState) state, event);
            case PAYMENTS -> PAYMENTS.evolve(state == null ? PAYMENTS.initial() : (PaymentState) state, event);
        };
    }
}
