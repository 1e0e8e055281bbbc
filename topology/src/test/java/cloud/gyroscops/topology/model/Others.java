package cloud.gyroscops.topology.model;

import cloud.gyroscops.contract.RefusalReason;
import cloud.gyroscops.contract.organization.OrganizationState;
import cloud.gyroscops.contract.organization.OrganizationStatus;
import cloud.gyroscops.contract.payment.CreatePayment;
import cloud.gyroscops.contract.user.CreateUser;
import cloud.gyroscops.contract.user.UserState;
import cloud.gyroscops.contract.user.UserStatus;
import cloud.gyroscops.schemas.Aggregate;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;

/**
 * What other aggregates have against a command.
 *
 * @param any whether any other aggregate's state is such a one
 * @param find the state of an aggregate, the initial one where there is none
 */
record Others(Predicate<Predicate<SpecificRecord>> any, BiFunction<Aggregate, String, SpecificRecord> find) {

    /** Why it cannot be; null if it can. */
    RefusalReason reasonAgainst(SpecificRecord payload, SpecificRecord after) {
        if (payload instanceof CreateUser create) {
            var reason = organization(create.getOrganizationId());
            return reason == null ? taken(after) : reason;
        }
        if (payload instanceof CreatePayment create) {
            var reason = organization(create.getOrganizationId());
            return reason == null && create.getUserId() != null ? user(create) : reason;
        }
        return taken(after);
    }

    private RefusalReason organization(String id) {
        return switch (((OrganizationState) find.apply(Aggregate.ORGANIZATIONS, id)).getStatus()) {
            case ACTIVE -> null;
            case SUSPENDED -> RefusalReason.ORGANIZATION_SUSPENDED;
            default -> RefusalReason.ORGANIZATION_NOT_FOUND;
        };
    }

    private RefusalReason user(CreatePayment create) {
        var user = (UserState) find.apply(Aggregate.USERS, create.getUserId());
        if (user.getStatus() == UserStatus.NONE) {
            return RefusalReason.USER_NOT_FOUND;
        }
        if (!there(user)) {
            return RefusalReason.USER_DELETED;
        }
        return user.getOrganizationId().equals(create.getOrganizationId())
                ? null
                : RefusalReason.USER_OF_OTHER_ORGANIZATION;
    }

    private RefusalReason taken(SpecificRecord after) {
        if (after instanceof OrganizationState organization) {
            return any.test(other -> other instanceof OrganizationState one
                            && one.getStatus() != OrganizationStatus.NONE
                            && one.getName().equalsIgnoreCase(organization.getName()))
                    ? RefusalReason.NAME_TAKEN
                    : null;
        }
        if (!(after instanceof UserState user) || !there(user)) {
            return null;
        }
        if (any.test(other ->
                other instanceof UserState one && there(one) && one.getEmail().equals(user.getEmail()))) {
            return RefusalReason.EMAIL_TAKEN;
        }
        return any.test(other -> other instanceof UserState one
                        && there(one)
                        && one.getUsername().equals(user.getUsername()))
                ? RefusalReason.USERNAME_TAKEN
                : null;
    }

    private static boolean there(UserState user) {
        return user.getStatus() == UserStatus.ENABLED || user.getStatus() == UserStatus.DISABLED;
    }
}
