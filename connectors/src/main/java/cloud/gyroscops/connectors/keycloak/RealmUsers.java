package cloud.gyroscops.connectors.keycloak;

import cloud.gyroscops.connectors.keycloak.Calls.Gone;
import cloud.gyroscops.connectors.target.Subject;
import cloud.gyroscops.connectors.target.TargetException;
import cloud.gyroscops.contract.user.UserCreated;
import cloud.gyroscops.contract.user.UserState;
import cloud.gyroscops.domain.user.UserRules;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.representations.idm.UserRepresentation;

/** Finds users of the realm. */
final class RealmUsers {

    private final RealmResource realm;
    private final KeycloakSettings settings;
    private final RealmRoles roles;
    private final Organizations organizations;

    RealmUsers(RealmResource realm, KeycloakSettings settings, RealmRoles roles, Organizations organizations) {
        this.realm = realm;
        this.settings = settings;
        this.roles = roles;
        this.organizations = organizations;
    }

    /** By Keycloak's id. */
    RealmUser get(String externalId) throws TargetException, Gone {
        return whole(Calls.find(() -> realm.users().get(externalId).toRepresentation()));
    }

    /** With roles and organizations. */
    RealmUser whole(UserRepresentation user) throws TargetException, Gone {
        return new RealmUser(user, roles.of(user.getId()), organizations.of(user.getId()));
    }

    /**
     * The user of an aggregate: the one that it is known by, or the one that bears its id, or the one that it was made from.
     *
     * @throws TargetException.Refused if several bear its id
     */
    Optional<RealmUser> find(Subject subject, Look look) throws TargetException {
        if (subject.externalId().isPresent()) {
            var known = present(subject.externalId().get());
            // One that has lost our id gets it back.
            if (known.filter(user -> user.ourId().map(subject.id()::equals).orElse(true))
                    .isPresent()) {
                return known;
            }
        }
        var bearers = new ArrayList<RealmUser>();
        for (var user : Calls.get(() -> realm.users().searchByAttributes(Ids.query(subject.id())))) {
            if (Ids.in(user.getAttributes()).filter(subject.id()::equals).isPresent()) {
                present(user.getId()).ifPresent(bearers::add);
            }
        }
        if (bearers.size() > 1) {
            throw new TargetException.Refused(
                    "AMBIGUOUS",
                    "Keycloak's users "
                            + bearers.stream().map(RealmUser::id).sorted().collect(Collectors.joining(", "))
                            + " all bear the id of user " + subject.id() + "; take it away from all but one",
                    OptionalInt.empty(),
                    null);
        }
        return bearers.isEmpty() ? origin(subject, look) : Optional.of(bearers.get(0));
    }

    /**
     * The one that somebody made in Keycloak, and that the user of the log was made from. Anybody may give a user of the log an
     * id that looks like that: the two must be alike, and nobody is deleted by such an id.
     */
    private Optional<RealmUser> origin(Subject subject, Look look) throws TargetException {
        var made = Facts.adoptedFrom(subject.id());
        if (!settings.adopt()
                || made.isEmpty()
                || !(subject.state() instanceof UserState state)
                || !UserRules.exists(state)
                || look.event()
                        .filter(event -> event.payload() instanceof UserCreated)
                        .isPresent()) {
            return Optional.empty();
        }
        return present(made.get())
                .filter(user -> user.ourId().isEmpty()
                        && state.getUsername()
                                .equalsIgnoreCase(user.representation().getUsername())
                        && state.getEmail()
                                .equalsIgnoreCase(user.representation().getEmail())
                        && user.organizations().containsKey(state.getOrganizationId()));
    }

    private Optional<RealmUser> present(String externalId) throws TargetException {
        try {
            return Optional.of(get(externalId));
        } catch (Gone gone) {
            return Optional.empty();
        }
    }

    /** Who has this username or email, in either place: Keycloak compares each with both. */
    List<UserRepresentation> holders(String username, String email) throws TargetException {
        var holders = new LinkedHashMap<String, UserRepresentation>();
        for (var value : List.of(username, email)) {
            Calls.get(() -> realm.users().searchByUsername(value, true))
                    .forEach(user -> holders.put(user.getId(), user));
            Calls.get(() -> realm.users().searchByEmail(value, true)).forEach(user -> holders.put(user.getId(), user));
        }
        return new ArrayList<>(holders.values());
    }
}
