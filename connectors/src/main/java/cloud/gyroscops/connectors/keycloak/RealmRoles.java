package cloud.gyroscops.connectors.keycloak;

import cloud.gyroscops.connectors.keycloak.Calls.Conflict;
import cloud.gyroscops.connectors.keycloak.Calls.Gone;
import cloud.gyroscops.connectors.target.TargetException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.admin.client.resource.RoleScopeResource;
import org.keycloak.representations.idm.RoleRepresentation;

/** Roles of the realm, made when somebody is to have them. */
final class RealmRoles {

    private final RealmResource realm;
    private final Map<String, RoleRepresentation> known = new ConcurrentHashMap<>();

    RealmRoles(RealmResource realm) {
        this.realm = realm;
    }

    /** The names of the roles that a user has directly. */
    List<String> of(String user) throws TargetException, Gone {
        return Calls.find(() -> scope(user).listAll()).stream()
                .map(RoleRepresentation::getName)
                .toList();
    }

    /** Gives a user the roles that are wanted and not there, and takes the others away. */
    void assign(String user, Collection<String> present, Collection<String> wanted)
            throws TargetException, Gone, Conflict {
        var missing = new HashSet<>(wanted);
        missing.removeAll(present);
        if (!missing.isEmpty()) {
            try {
                var roles = roles(missing);
                Calls.write(() -> scope(user).add(roles));
            } catch (Gone goneSince) {
                // A role that we know was deleted there, and may be made again; or the user was.
                known.keySet().removeAll(missing);
                var roles = roles(missing);
                Calls.write(() -> scope(user).add(roles));
            }
        }
        var surplus = new HashSet<>(present);
        surplus.removeAll(wanted);
        if (!surplus.isEmpty()) {
            var roles = Calls.find(() -> scope(user).listAll()).stream()
                    .filter(role -> surplus.contains(role.getName()))
                    .toList();
            if (!roles.isEmpty()) {
                Calls.write(() -> scope(user).remove(roles));
            }
        }
    }

    private RoleScopeResource scope(String user) {
        return realm.users().get(user).roles().realmLevel();
    }

    private List<RoleRepresentation> roles(Collection<String> names) throws TargetException {
        var roles = new ArrayList<RoleRepresentation>();
        for (var name : names) {
            var role = known.get(name);
            if (role == null) {
                role = role(name);
                if (role.isComposite() && Ids.in(role.getAttributes()).isEmpty()) {
                    throw new TargetException.Refused(
                            "COMPOSITE_ROLE",
                            "role " + name
                                    + " of Keycloak was not made by us and brings other roles along, which the log"
                                    + " knows nothing of; rename one of the two, or give it the attribute "
                                    + Ids.ATTRIBUTE,
                            OptionalInt.empty(),
                            null);
                }
                known.put(name, role);
            }
            roles.add(role);
        }
        return roles;
    }

    private RoleRepresentation role(String name) throws TargetException {
        try {
            return Calls.find(() -> realm.roles().get(name).toRepresentation());
        } catch (Gone missing) {
            make(name);
            return Calls.get(() -> realm.roles().get(name).toRepresentation());
        }
    }

    private void make(String name) throws TargetException {
        var role = new RoleRepresentation();
        role.setName(name);
        role.setAttributes(Ids.with(name, Map.of()));
        try {
            Calls.write(() -> realm.roles().create(role));
        } catch (Conflict meanwhile) {
            // Another user got it at the same time.
        } catch (Gone gone) {
            throw Calls.failed(gone);
        }
    }
}
