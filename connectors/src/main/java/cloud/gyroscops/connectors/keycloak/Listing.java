package cloud.gyroscops.connectors.keycloak;

import cloud.gyroscops.connectors.keycloak.Calls.Gone;
import cloud.gyroscops.connectors.target.Fact;
import cloud.gyroscops.connectors.target.Listed;
import cloud.gyroscops.connectors.target.Page;
import cloud.gyroscops.connectors.target.TargetException;
import cloud.gyroscops.schemas.Aggregate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.keycloak.admin.client.resource.RealmResource;

/** All objects of the realm: its organizations, then its users. A cursor is {@code organizations/200} or {@code users/0}. */
final class Listing {

    private static final int SIZE = 100;

    /** Each user takes requests of its own: who shows none for long is taken for dead. */
    private static final int USERS_AT_A_TIME = 20;

    private static final String ORGANIZATIONS = "organizations";
    private static final String USERS = "users";

    private final RealmResource realm;
    private final KeycloakSettings settings;
    private final RealmUsers users;
    private final Changes changes;

    Listing(RealmResource realm, KeycloakSettings settings, RealmUsers users) {
        this.realm = realm;
        this.settings = settings;
        this.users = users;
        this.changes = new Changes(realm);
    }

    Page page(Optional<String> cursor) throws TargetException {
        var place = cursor.orElse(ORGANIZATIONS + "/0").split("/");
        int first = Integer.parseInt(place[1]);
        return place[0].equals(ORGANIZATIONS) ? organizations(first) : users(first);
    }

    private Page organizations(int first) throws TargetException {
        var found = Calls.get(() -> realm.organizations().search("", null, first, SIZE, false));
        var listed = found.stream()
                .map(organization -> new Listed(
                        Aggregate.ORGANIZATIONS,
                        "organization",
                        organization.getId(),
                        Ids.in(organization.getAttributes()),
                        Compared.fingerprint(Compared.of(organization)),
                        List.of()))
                .toList();
        var next = found.size() == SIZE ? ORGANIZATIONS + "/" + (first + SIZE) : USERS + "/0";
        return new Page(listed, Optional.of(next), total());
    }

    private Page users(int first) throws TargetException {
        var found = Calls.get(() -> realm.users().list(first, USERS_AT_A_TIME));
        var listed = new ArrayList<Listed>();
        for (var user : found) {
            try {
                listed.add(listed(users.whole(user)));
            } catch (Gone gone) {
                // Deleted since it was listed.
            }
        }
        var next = found.size() == USERS_AT_A_TIME
                ? Optional.of(USERS + "/" + (first + USERS_AT_A_TIME))
                : Optional.<String>empty();
        return new Page(listed, next, total());
    }

    private Listed listed(RealmUser user) throws TargetException {
        var fields = user.compared();
        var login = changes.login(user.id());
        return new Listed(
                Aggregate.USERS,
                "user",
                user.id(),
                user.ourId(),
                userFingerprint(
                        fields,
                        login.map(Instant::toEpochMilli).map(String::valueOf).orElse("")),
                adoption(user, fields));
    }

    /** Of one that somebody made in exactly one organization of ours. */
    private List<Fact> adoption(RealmUser user, Map<String, String> fields) {
        return settings.adopt()
                        && user.ourId().isEmpty()
                        && user.organizations().size() == 1
                ? Facts.adoption(user.id(), fields)
                : List.of();
    }

    /** The hash of a user's fields, and of when Keycloak saw it last, so that logins are looked at too. */
    static String userFingerprint(Map<String, String> fields, String lastLogin) {
        var all = new HashMap<>(fields);
        all.put(Compared.LAST_LOGIN, lastLogin);
        return Compared.fingerprint(all);
    }

    private OptionalLong total() throws TargetException {
        return OptionalLong.of(Calls.get(() -> realm.organizations().count(""))
                + Calls.get(() -> realm.users().count()));
    }
}
