package cloud.gyroscops.standalone.mirror;

import static cloud.gyroscops.standalone.mirror.MirroredSystem.MIRRORED_WITHIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cloud.gyroscops.connectors.keycloak.RealKeycloak;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.ws.rs.NotFoundException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.representations.idm.RoleRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/** Whatever happens to organizations and users, to the sidecar and to Keycloak: the realm ends up as the log is. */
final class KeycloakMirrorIT {

    private static final int COMMANDS = Integer.getInteger("mirror.commands", 500);
    private static final int ORGANIZATIONS = 4;
    private static final int USERS = 30;

    @TempDir
    private Path directory;

    private final Random random = new Random(11);
    private final List<String> kinds = new ArrayList<>();
    private final FutureTask<RealKeycloak> starting =
            new FutureTask<>(() -> RealKeycloak.in(directory.resolve("keycloak")));
    private RealKeycloak keycloak;
    private MirroredSystem system;
    private int sent;

    /** Keycloak beside the system: each takes its time. */
    @BeforeEach
    void start() throws Exception {
        new Thread(starting, "keycloak-start").start();
        system = new MirroredSystem(directory);
        keycloak = starting.get();
        system.with(Map.of(
                        "KEYCLOAK_URL",
                        keycloak.settings().url().toString(),
                        "KEYCLOAK_USERNAME",
                        "admin",
                        "KEYCLOAK_PASSWORD",
                        "for-tests-only"))
                .startSidecar()
                .awaitSidecar();
    }

    @AfterEach
    void stop() throws Exception {
        try {
            if (system != null) {
                system.close();
            }
        } finally {
            // Also one that was still about to start when the system failed to.
            starting.get().close();
        }
    }

    @Test
    void theRealmEqualsTheLogThroughKillsOfTheSidecarAndOfKeycloak() throws Exception {
        commands(COMMANDS / 2);
        endsUpEqual();

        commands(COMMANDS / 8);
        system.killSidecar();
        commands(COMMANDS / 8);
        system.startSidecar();
        commands(COMMANDS / 8);
        system.killSidecar();
        system.startSidecar();
        keycloak.kill();
        commands(COMMANDS / 8);
        keycloak.start();
        endsUpEqual();
        assertThat(kinds).contains("CreateUser", "UpdateUser", "DisableUser", "AssignUserRoles", "DeleteUser");

        bothAtOnce();
        drift();
        replay();
    }

    /** A realm that is gone is filled again, once. */
    private void replay() {
        try (var administrator = keycloak.administrator()) {
            administrator.realm(keycloak.settings().realm()).remove();
        }
        system.replay("keycloak");
        endsUpEqual();
    }

    /** Where both sides change a field, the newer change wins; that there were two is on record, with both values. */
    private void bothAtOnce() throws Exception {
        var live = live();
        var theirs = live.keySet().stream().findFirst().orElseThrow();
        var ours = live.keySet().stream().skip(1).findFirst().orElseThrow();
        for (var id : List.of(theirs, ours)) {
            // Refused where they are what they should be.
            send("ReactivateOrganization", live.get(id).get("organization").toString(), "{}")
                    .join();
            send("EnableUser", id, "{}").join();
            send("VerifyUserEmail", id, "{}").join();
        }
        endsUpEqual();
        system.killSidecar();
        rename(theirs, "Fromlog");
        try (var administrator = keycloak.administrator()) {
            var realm = administrator.realm(keycloak.settings().realm());
            for (var id : List.of(theirs, ours)) {
                var renamed = representation(realm, id);
                renamed.setFirstName("Fromrealm");
                realm.users().get(renamed.getId()).update(renamed);
            }
        }
        rename(ours, "Fromlog");
        system.startSidecar().awaitSidecar();

        await().untilAsserted(() -> {
            assertThat(view(theirs).path("firstName").asText()).isEqualTo("Fromrealm");
            for (var id : List.of(theirs, ours)) {
                assertThat(system.view("/users/" + id + "/mirrors").toString())
                        .contains("CONFLICT", "Fromrealm", "Fromlog");
            }
        });
        endsUpEqual();
        assertThat(view(ours).path("firstName").asText()).isEqualTo("Fromlog");
    }

    private void rename(String id, String firstName) {
        var result =
                send("UpdateUser", id, "{\"firstName\":\"" + firstName + "\"}").join();
        assertThat(result.path("status").asText()).as(result.toString()).isEqualTo("ACCEPTED");
    }

    /** What somebody did by hand is found, and put right; then there is nothing to find. */
    private void drift() {
        try (var administrator = keycloak.administrator()) {
            var realm = administrator.realm(keycloak.settings().realm());
            var live = live().keySet().stream().toList();
            var renamed = representation(realm, live.get(0));
            renamed.setFirstName("Byhand");
            realm.users().get(renamed.getId()).update(renamed);
            realm.users().delete(representation(realm, live.get(1)).getId()).close();
            var verified = representation(realm, live.get(2));
            verified.setEmailVerified(!verified.isEmailVerified());
            realm.users().get(verified.getId()).update(verified);

            var added = new UserRepresentation();
            added.setUsername("byhand");
            added.setEmail("byhand@example.com");
            realm.users().create(added).close();

            await().atMost(MIRRORED_WITHIN).untilAsserted(() -> {
                var look = system.look("keycloak");
                assertThat(look.path("unknown").asLong()).as(look.toString()).isEqualTo(1);
                assertThat(look.path("differing").asLong()).as(look.toString()).isEqualTo(2);
                assertThat(look.path("missing").asLong()).as(look.toString()).isEqualTo(1);
            });
            var repaired = system.reconcile("keycloak");
            assertThat(repaired.path("corrected").asLong())
                    .as(repaired.toString())
                    .isEqualTo(3);
            await().untilAsserted(() -> assertThat(
                            view(live.get(2)).path("emailVerified").asBoolean())
                    .isEqualTo(verified.isEmailVerified()));
            // Nobody of ours: left alone.
            var byHand = realm.users().searchByUsername("byhand", true);
            assertThat(byHand).hasSize(1);
            realm.users().delete(byHand.get(0).getId()).close();
        }
        endsUpEqual();
        system.awaitNothingToFind("keycloak");
    }

    private void commands(int count) {
        var asked = new ArrayList<CompletableFuture<JsonNode>>();
        for (int number = 0; number < count; number++) {
            asked.add(random());
            if (asked.size() == 20) {
                asked.forEach(CompletableFuture::join);
                asked.clear();
            }
        }
        asked.forEach(CompletableFuture::join);
    }

    /** Some of these are refused: then nothing is to be mirrored. */
    private CompletableFuture<JsonNode> random() {
        var organization = "o-" + random.nextInt(ORGANIZATIONS);
        var user = "u-" + random.nextInt(USERS);
        int kind = sent < ORGANIZATIONS ? 0 : random.nextInt(100);
        if (kind == 0) {
            return send("CreateOrganization", "o-" + sent % ORGANIZATIONS, "{\"name\":\"Company " + sent + "\"}");
        }
        if (kind < 4) {
            return send("RenameOrganization", organization, "{\"name\":\"Renamed " + sent + "\"}");
        }
        if (kind < 6) {
            return send("SuspendOrganization", organization, "{\"reason\":\"unpaid\"}");
        }
        if (kind < 12) {
            return send("ReactivateOrganization", organization, "{}");
        }
        if (kind < 40) {
            return send(
                    "CreateUser",
                    user,
                    "{\"username\":\"name-" + random.nextInt(USERS) + "\",\"email\":\"mail-" + sent
                            + "@example.com\",\"firstName\":\"First" + sent + "\",\"lastName\":\"Last\","
                            + "\"organizationId\":\"" + organization + "\",\"roles\":[\"reader\"]}");
        }
        if (kind < 55) {
            return send(
                    "UpdateUser",
                    user,
                    "{\"firstName\":\"Changed" + sent + "\",\"email\":\"new-" + sent + "@example.com\"}");
        }
        if (kind < 60) {
            return send("UpdateUser", user, "{\"username\":\"name-" + random.nextInt(USERS) + "\"}");
        }
        if (kind < 70) {
            return send("DisableUser", user, "{}");
        }
        if (kind < 75) {
            return send("EnableUser", user, "{}");
        }
        if (kind < 82) {
            return send(random.nextBoolean() ? "VerifyUserEmail" : "UnverifyUserEmail", user, "{}");
        }
        if (kind < 92) {
            return send(
                    "AssignUserRoles",
                    user,
                    random.nextBoolean() ? "{\"roles\":[\"admin\",\"writer\"]}" : "{\"roles\":[]}");
        }
        return send(kind < 97 ? "DeleteUser" : "EraseUser", user, "{}");
    }

    private CompletableFuture<JsonNode> send(String type, String id, String payload) {
        kinds.add(type);
        return system.command(type, id, "c-" + sent++, payload);
    }

    private void endsUpEqual() {
        system.awaitMirrored("keycloak");
        try (var administrator = keycloak.administrator()) {
            var realm = administrator.realm(keycloak.settings().realm());
            // What is looked at one by one may go away meanwhile.
            await().atMost(MIRRORED_WITHIN)
                    .ignoreExceptionsInstanceOf(NotFoundException.class)
                    .untilAsserted(() -> {
                        assertThat(system.mirror("/mirrors/keycloak")
                                        .path("parked")
                                        .asLong(-1))
                                .as(system.mirror("/mirrors/keycloak/parked").toString())
                                .isZero();
                        assertThat(mirrored(realm)).isEqualTo(live());
                        assertThat(organizations(realm)).isEqualTo(liveOrganizations());
                    });
        }
    }

    /** What the log has, field by field, of each user that is neither deleted nor erased. */
    private Map<String, Map<String, Object>> live() {
        var live = new TreeMap<String, Map<String, Object>>();
        for (int number = 0; number < USERS; number++) {
            var id = "u-" + number;
            var view = view(id);
            if (view.has("username")) {
                live.put(
                        id,
                        new TreeMap<>(Map.of(
                                "username", view.path("username").asText(),
                                "email", view.path("email").asText(),
                                "firstName", view.path("firstName").asText(),
                                "lastName", view.path("lastName").asText(),
                                "enabled", view.path("enabled").asBoolean(),
                                "emailVerified", view.path("emailVerified").asBoolean(),
                                "roles", texts(view.path("roles")),
                                "organization", view.path("organizationId").asText())));
            }
        }
        return live;
    }

    private JsonNode view(String id) {
        return system.view("/users/" + id);
    }

    private static TreeSet<String> texts(JsonNode list) {
        var texts = new TreeSet<String>();
        list.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static Map<String, Map<String, Object>> mirrored(RealmResource realm) {
        var names = new TreeMap<String, String>();
        realm.organizations().list(0, 1_000).forEach(each -> {
            var full = realm.organizations().get(each.getId()).toRepresentation();
            names.put(full.getId(), full.getAttributes().get("gyroscops-id").get(0));
        });
        var mirrored = new TreeMap<String, Map<String, Object>>();
        for (var user : realm.users().list(0, 1_000)) {
            var organization = realm.organizations().members().getOrganizations(user.getId()).stream()
                    .map(each -> names.get(each.getId()))
                    .findFirst()
                    .orElse("none");
            mirrored.put(
                    user.getAttributes().get("gyroscops-id").get(0),
                    new TreeMap<>(Map.of(
                            "username", user.getUsername(),
                            "email", user.getEmail(),
                            "firstName", user.getFirstName(),
                            "lastName", user.getLastName(),
                            "enabled", user.isEnabled(),
                            "emailVerified", user.isEmailVerified(),
                            "roles", roles(realm, user),
                            "organization", organization)));
        }
        return mirrored;
    }

    private static TreeSet<String> roles(RealmResource realm, UserRepresentation user) {
        var roles = new TreeSet<String>();
        realm.users().get(user.getId()).roles().realmLevel().listAll().stream()
                .map(RoleRepresentation::getName)
                .filter(name -> !name.startsWith("default-roles-"))
                .forEach(roles::add);
        return roles;
    }

    private Map<String, String> liveOrganizations() {
        var live = new TreeMap<String, String>();
        for (int number = 0; number < ORGANIZATIONS; number++) {
            var view = system.view("/organizations/o-" + number);
            live.put(
                    "o-" + number,
                    view.path("name").asText()
                            + ' '
                            + view.path("status").asText().equals("ACTIVE"));
        }
        return live;
    }

    private static Map<String, String> organizations(RealmResource realm) {
        var found = new TreeMap<String, String>();
        realm.organizations().list(0, 1_000).forEach(each -> {
            var full = realm.organizations().get(each.getId()).toRepresentation();
            found.put(full.getAttributes().get("gyroscops-id").get(0), full.getName() + ' ' + full.isEnabled());
        });
        return found;
    }

    private static UserRepresentation representation(RealmResource realm, String id) {
        return realm.users().searchByAttributes("gyroscops-id:" + id).get(0);
    }
}
