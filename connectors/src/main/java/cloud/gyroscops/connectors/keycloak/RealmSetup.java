package cloud.gyroscops.connectors.keycloak;

import cloud.gyroscops.connectors.keycloak.Calls.Conflict;
import cloud.gyroscops.connectors.keycloak.Calls.Gone;
import cloud.gyroscops.connectors.target.TargetException;
import jakarta.ws.rs.NotFoundException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.keycloak.admin.client.Keycloak;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.representations.idm.RealmEventsConfigRepresentation;
import org.keycloak.representations.idm.RealmRepresentation;
import org.keycloak.representations.userprofile.config.UPAttribute;
import org.keycloak.representations.userprofile.config.UPAttributePermissions;
import org.keycloak.representations.userprofile.config.UPConfig;
import org.keycloak.representations.userprofile.config.UPConfig.UnmanagedAttributePolicy;

/** First contact: what a realm needs to mirror the log, and does not have yet. What is there stays as it is. */
final class RealmSetup {

    /** For applications whose users log in. */
    static final String APPLICATION_CLIENT = "gyroscops";

    /** What somebody's own changes, and logins, are told by. */
    private static final Set<String> EVENTS = Set.of("LOGIN", "VERIFY_EMAIL", "UPDATE_EMAIL", "UPDATE_PROFILE");

    /** How long Keycloak keeps the events that are switched on here; whoever has them on already says that himself. */
    private static final Duration KEPT_FOR = Duration.ofDays(30);

    private final Keycloak keycloak;
    private final String name;
    private final RealmResource realm;
    private final List<String> done = new ArrayList<>();

    RealmSetup(Keycloak keycloak, String name) {
        this.keycloak = keycloak;
        this.name = name;
        this.realm = keycloak.realm(name);
    }

    /** What was missing and is there now, for people. */
    List<String> run() throws TargetException {
        try {
            realm();
            profile();
            events();
            client();
            return List.copyOf(done);
        } catch (Gone | Conflict e) {
            throw new TargetException.Failed(
                    "SET_UP", "realm " + name + " cannot be set up: " + e.getMessage(), OptionalInt.empty(), e);
        }
    }

    private void realm() throws TargetException, Gone, Conflict {
        if (!Calls.get(this::exists)) {
            make();
        }
        var present = Calls.find(realm::toRepresentation);
        boolean changed = false;
        if (!Boolean.TRUE.equals(present.isOrganizationsEnabled())) {
            present.setOrganizationsEnabled(true);
            changed = true;
        }
        if (!Boolean.TRUE.equals(present.isEditUsernameAllowed())) {
            // Without it Keycloak refuses other usernames from everybody; profile() keeps it from users.
            usernamesByAdminsOnly();
            present.setEditUsernameAllowed(true);
            changed = true;
        }
        if (changed) {
            Calls.write(() -> realm.update(present));
            done.add("organizations and changes of usernames switched on");
        }
    }

    private boolean exists() {
        try {
            return realm.toRepresentation() != null;
        } catch (NotFoundException missing) {
            return false;
        }
    }

    private void make() throws TargetException, Gone {
        var made = new RealmRepresentation();
        made.setRealm(name);
        made.setEnabled(true);
        made.setOrganizationsEnabled(true);
        try {
            Calls.write(() -> keycloak.realms().create(made));
            done.add("realm " + name);
        } catch (Conflict meanwhile) {
            // Somebody else set it up at the same time.
        }
        // The token at hand may be from before the realm, without rights in it.
        Calls.get(keycloak.tokenManager()::grantToken);
    }

    private void profile() throws TargetException, Gone, Conflict {
        var profile = Calls.find(this::userProfile);
        var policy = profile.getUnmanagedAttributePolicy();
        if (policy == UnmanagedAttributePolicy.ENABLED) {
            // Users edit such attributes themselves, but must not take each other's id.
            if (profile.getAttribute(Ids.ATTRIBUTE) == null) {
                var administrators = new UPAttributePermissions(Set.of("admin"), Set.of("admin"));
                profile.addOrReplaceAttribute(new UPAttribute(Ids.ATTRIBUTE, administrators));
                Calls.write(() -> realm.users().userProfile().update(profile));
                done.add("the attribute " + Ids.ATTRIBUTE + " for administrators only");
            }
        } else if (policy != UnmanagedAttributePolicy.ADMIN_EDIT) {
            profile.setUnmanagedAttributePolicy(UnmanagedAttributePolicy.ADMIN_EDIT);
            Calls.write(() -> realm.users().userProfile().update(profile));
            done.add("unmanaged attributes for administrators");
        }
    }

    private void usernamesByAdminsOnly() throws TargetException, Gone, Conflict {
        var profile = Calls.find(this::userProfile);
        var username = profile.getAttribute("username");
        if (username != null
                && username.getPermissions() != null
                && username.getPermissions().getEdit().contains("user")) {
            username.getPermissions().setEdit(Set.of("admin"));
            Calls.write(() -> realm.users().userProfile().update(profile));
        }
    }

    private UPConfig userProfile() {
        return realm.users().userProfile().getConfiguration();
    }

    private void events() throws TargetException, Gone, Conflict {
        var config = Calls.find(realm::getRealmEventsConfig);
        if (switchedOn(config)) {
            return;
        }
        if (!config.isEventsEnabled() && unset(config.getEventsExpiration())) {
            config.setEventsExpiration(KEPT_FOR.toSeconds());
        }
        boolean byAdministrators = Boolean.TRUE.equals(config.isAdminEventsEnabled());
        config.setEventsEnabled(true);
        // Without details: they would hold names and emails, also of users that are erased.
        config.setAdminEventsEnabled(true);
        var types = config.getEnabledEventTypes();
        if (types != null && !types.isEmpty()) {
            var all = new ArrayList<>(types);
            EVENTS.stream().filter(type -> !all.contains(type)).sorted().forEach(all::add);
            config.setEnabledEventTypes(all);
        }
        Calls.write(() -> realm.updateRealmEventsConfig(config));
        if (!byAdministrators) {
            expireEventsOfAdministrators();
        }
        done.add("events of users and administrators");
    }

    private void expireEventsOfAdministrators() throws TargetException, Gone, Conflict {
        var present = Calls.find(realm::toRepresentation);
        var attributes = new HashMap<>(present.getAttributesOrEmpty());
        if (attributes.putIfAbsent("adminEventsExpiration", Long.toString(KEPT_FOR.toSeconds())) == null) {
            present.setAttributes(attributes);
            Calls.write(() -> realm.update(present));
        }
    }

    private static boolean unset(Long expiration) {
        return expiration == null || expiration == 0;
    }

    private static boolean switchedOn(RealmEventsConfigRepresentation config) {
        var types = config.getEnabledEventTypes();
        return config.isEventsEnabled()
                && Boolean.TRUE.equals(config.isAdminEventsEnabled())
                && (types == null || types.isEmpty() || types.containsAll(EVENTS));
    }

    private void client() throws TargetException, Gone {
        if (!Calls.get(() -> realm.clients().findByClientId(APPLICATION_CLIENT)).isEmpty()) {
            return;
        }
        var client = new ClientRepresentation();
        client.setClientId(APPLICATION_CLIENT);
        client.setName("Applications of Gyroscops Streams");
        client.setProtocol("openid-connect");
        // No address to be sent back to: whoever runs an application adds its own.
        client.setPublicClient(true);
        client.setStandardFlowEnabled(true);
        client.setDirectAccessGrantsEnabled(false);
        client.setAttributes(Map.of("pkce.code.challenge.method", "S256"));
        try {
            Calls.send(() -> realm.clients().create(client));
            done.add("client " + APPLICATION_CLIENT);
        } catch (Conflict meanwhile) {
            // Somebody else set it up at the same time.
        }
    }
}
