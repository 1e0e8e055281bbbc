package cloud.gyroscops.connectors.keycloak;

import cloud.gyroscops.contract.organization.OrganizationCreated;
import cloud.gyroscops.contract.organization.OrganizationEvent;
import cloud.gyroscops.contract.organization.OrganizationReactivated;
import cloud.gyroscops.contract.organization.OrganizationRenamed;
import cloud.gyroscops.contract.organization.OrganizationSuspended;
import cloud.gyroscops.contract.user.UserCreated;
import cloud.gyroscops.contract.user.UserDeleted;
import cloud.gyroscops.contract.user.UserDisabled;
import cloud.gyroscops.contract.user.UserEmailUnverified;
import cloud.gyroscops.contract.user.UserEmailVerified;
import cloud.gyroscops.contract.user.UserEnabled;
import cloud.gyroscops.contract.user.UserErased;
import cloud.gyroscops.contract.user.UserEvent;
import cloud.gyroscops.contract.user.UserLoggedIn;
import cloud.gyroscops.contract.user.UserRolesAssigned;
import cloud.gyroscops.contract.user.UserUpdated;
import cloud.gyroscops.domain.Cases;
import java.util.HashSet;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;

/** Which compared fields an event sets. */
final class Touched {

    private static final Cases<Void, Set<String>> BY_ORGANIZATIONS = Cases.<Void, Set<String>>over(
                    OrganizationEvent.getClassSchema())
            .on(OrganizationCreated.class, (nothing, event) -> Compared.ALL_OF_AN_ORGANIZATION)
            .on(OrganizationRenamed.class, (nothing, event) -> Set.of(Compared.NAME))
            .on(OrganizationSuspended.class, (nothing, event) -> Set.of(Compared.ENABLED))
            .on(OrganizationReactivated.class, (nothing, event) -> Set.of(Compared.ENABLED))
            .complete();

    private static final Cases<Void, Set<String>> BY_USERS = Cases.<Void, Set<String>>over(UserEvent.getClassSchema())
            .on(UserCreated.class, (nothing, event) -> Compared.ALL_OF_A_USER)
            .on(UserUpdated.class, (nothing, event) -> updated(event))
            .on(UserEnabled.class, (nothing, event) -> Set.of(Compared.ENABLED))
            .on(UserDisabled.class, (nothing, event) -> Set.of(Compared.ENABLED))
            .on(UserEmailVerified.class, (nothing, event) -> Set.of(Compared.EMAIL_VERIFIED))
            .on(UserEmailUnverified.class, (nothing, event) -> Set.of(Compared.EMAIL_VERIFIED))
            .on(UserRolesAssigned.class, (nothing, event) -> Set.of(Compared.ROLES))
            .on(UserLoggedIn.class, (nothing, event) -> Set.of())
            .on(UserDeleted.class, (nothing, event) -> Compared.ALL_OF_A_USER)
            .on(UserErased.class, (nothing, event) -> Compared.ALL_OF_A_USER)
            .complete();

    private Touched() {}

    static Set<String> byOrganization(SpecificRecord event) {
        return BY_ORGANIZATIONS.apply(null, event);
    }

    static Set<String> byUser(SpecificRecord event) {
        return BY_USERS.apply(null, event);
    }

    private static Set<String> updated(UserUpdated updated) {
        var touched = new HashSet<String>();
        add(touched, Compared.USERNAME, updated.getUsername());
        add(touched, Compared.EMAIL, updated.getEmail());
        add(touched, Compared.FIRST_NAME, updated.getFirstName());
        add(touched, Compared.LAST_NAME, updated.getLastName());
        return touched;
    }

    private static void add(Set<String> touched, String field, String value) {
        if (value != null) {
            touched.add(field);
        }
    }
}
