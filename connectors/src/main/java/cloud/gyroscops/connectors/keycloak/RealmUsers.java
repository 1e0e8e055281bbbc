package cloud.gyroscops.connectors.keycloak;

import cloud.gyroscops.connectors.keycloak.Calls.Gone;
import cloud.gyroscops.connectors.target.Subject;
import cloud.gyroscops.connectors.target.TargetException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.representations.idm.UserRepresentation;

/** Finds users of the realm. */
final class RealmUsers {

    private final RealmResource realm;
    private final RealmRoles roles;
    private final Organizations organizations;

    RealmUsers(RealmResource realm, RealmRoles roles, Organizations organizations) {
        this.realm = realm;
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
     * The user of an aggregate: the one that it is known by or was seen as, or the one that was made the aggregate, or the
     * one that bears its id.
     */
    Optional<RealmUser> find(Subject subject, Optional<String> seen) throws TargetException {
        var hints = new LinkedHashSet<String>();
        subject.externalId().ifPresent(hints::add);
        Facts.adoptedFrom(subject.id()).ifPresent(hints::add);
        // That it has lost our id matters for these only; one that was merely seen must bear it.
        var ours = List.copyOf(hints);
        seen.ifPresent(hints::add);
        for (var hint : hints) {
            try {
                var user = get(hint);
                if (user.ourId().map(subject.id()::equals).orElse(ours.contains(hint))) {
                    return Optional.of(user);
                }
            } catch (Gone gone) {
                // Perhaps there is another one that bears our id.
            }
        }
        for (var user : Calls.get(() -> realm.users().searchByAttributes(Ids.query(subject.id())))) {
            if (Ids.in(user.getAttributes()).filter(subject.id()::equals).isPresent()) {
                try {
                    return Optional.of(whole(user));
                } catch (Gone gone) {
                    // Deleted since it was found.
                }
            }
        }
        return Optional.empty();
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
