package cloud.gyroscops.connectors.keycloak;

import cloud.gyroscops.connectors.keycloak.Calls.Conflict;
import cloud.gyroscops.connectors.keycloak.Calls.Gone;
import cloud.gyroscops.connectors.target.Subject;
import cloud.gyroscops.connectors.target.TargetException;
import cloud.gyroscops.contract.user.UserState;
import java.util.Optional;
import java.util.OptionalInt;
import org.keycloak.representations.idm.UserRepresentation;

/** Users of the realm that have the username or email which another one is to have. */
final class Holders {

    private final RealmUsers users;
    private final KeycloakSettings settings;

    Holders(RealmUsers users, KeycloakSettings settings) {
        this.users = users;
        this.settings = settings;
    }

    /**
     * The one that becomes ours; empty: nobody is in the way any more.
     *
     * @throws TargetException.NotYet if it is another one of ours, whose change or end is on its way
     * @throws TargetException.Refused if it is none of ours, and is not to be adopted
     */
    Optional<RealmUser> adoptable(Subject subject, UserState state, Look look, Conflict conflict)
            throws TargetException {
        var self = users.find(subject, look);
        var others = users.holders(state.getUsername(), state.getEmail()).stream()
                .filter(user -> self.isEmpty() || !self.get().id().equals(user.getId()))
                .toList();
        for (var other : others) {
            var id = Ids.in(other.getAttributes());
            if (id.isPresent() && !id.get().equals(subject.id())) {
                throw new TargetException.NotYet(
                        "HELD",
                        "the username or email of user " + subject.id() + " is that of user " + id.get()
                                + " in Keycloak, whose change is on its way");
            }
        }
        var foreign = others.stream()
                .filter(other -> Ids.in(other.getAttributes()).isEmpty())
                .toList();
        if (foreign.isEmpty()) {
            return Optional.empty();
        }
        // Only one that has both places alone can become ours, and only if there is none yet; and since it keeps its
        // password, only one that has proved that our email is its own.
        if (!settings.adopt()
                || self.isPresent()
                || foreign.size() > 1
                || !state.getEmail().equalsIgnoreCase(foreign.get(0).getEmail())
                || !Boolean.TRUE.equals(foreign.get(0).isEmailVerified())) {
            throw refused(subject, foreign.get(0), conflict);
        }
        try {
            return Optional.of(users.whole(foreign.get(0)));
        } catch (Gone gone) {
            throw Calls.failed(gone);
        }
    }

    private TargetException.Refused refused(Subject subject, UserRepresentation holder, Conflict conflict) {
        return new TargetException.Refused(
                "HTTP_409",
                "the username or email of user " + subject.id() + " is that of Keycloak's user " + holder.getId()
                        + ", who is none of ours; change or delete it"
                        + (settings.adopt()
                                ? "; only one with the same email, verified there, is adopted"
                                : ", or let it be adopted with KEYCLOAK_ADOPT=true"),
                OptionalInt.of(409),
                conflict);
    }
}
