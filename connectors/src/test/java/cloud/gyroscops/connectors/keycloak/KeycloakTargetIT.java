package cloud.gyroscops.connectors.keycloak;

import static cloud.gyroscops.connectors.target.TestRequests.unlimited;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.gyroscops.connectors.target.Change;
import cloud.gyroscops.connectors.target.Effect;
import cloud.gyroscops.connectors.target.Finding;
import cloud.gyroscops.connectors.target.Listed;
import cloud.gyroscops.connectors.target.TargetException;
import cloud.gyroscops.contract.mirror.FieldDifference;
import cloud.gyroscops.contract.mirror.MirrorTarget;
import cloud.gyroscops.contract.mirror.OutcomeKind;
import cloud.gyroscops.contract.organization.OrganizationCreated;
import cloud.gyroscops.contract.organization.OrganizationReactivated;
import cloud.gyroscops.contract.organization.OrganizationRenamed;
import cloud.gyroscops.contract.organization.OrganizationState;
import cloud.gyroscops.contract.organization.OrganizationSuspended;
import cloud.gyroscops.contract.user.CreateUser;
import cloud.gyroscops.contract.user.RecordUserLogin;
import cloud.gyroscops.contract.user.UpdateUser;
import cloud.gyroscops.contract.user.UserCreated;
import cloud.gyroscops.contract.user.UserDeleted;
import cloud.gyroscops.contract.user.UserDisabled;
import cloud.gyroscops.contract.user.UserEmailVerified;
import cloud.gyroscops.contract.user.UserErased;
import cloud.gyroscops.contract.user.UserRolesAssigned;
import cloud.gyroscops.contract.user.UserState;
import cloud.gyroscops.contract.user.UserUpdated;
import cloud.gyroscops.contract.user.VerifyUserEmail;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.EventMessage;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keycloak.admin.client.Keycloak;
import org.keycloak.admin.client.KeycloakBuilder;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.representations.idm.CredentialRepresentation;
import org.keycloak.representations.idm.OrganizationRepresentation;
import org.keycloak.representations.idm.RoleRepresentation;
import org.keycloak.representations.idm.UserRepresentation;
import org.keycloak.representations.userprofile.config.UPConfig.UnmanagedAttributePolicy;

/** Against a real Keycloak. Every test has ids and names of its own in one realm. */
class KeycloakTargetIT {

    private static RealKeycloak keycloak;
    private static KeycloakTarget target;
    private static KeycloakTarget adopting;
    private static Keycloak administrator;
    private static RealmResource realm;
    private static int tests;

    private final Log log = new Log();
    private String acme;
    private String ada;

    @BeforeAll
    static void startsKeycloak(@TempDir Path data) throws Exception {
        keycloak = RealKeycloak.in(data);
        target = new KeycloakTarget(keycloak.settings(), unlimited(MirrorTarget.KEYCLOAK));
        adopting = new KeycloakTarget(keycloak.settings().withAdopt(true), unlimited(MirrorTarget.KEYCLOAK));
        target.prepare();
        administrator = keycloak.administrator();
        realm = administrator.realm("gyroscops");
    }

    @AfterAll
    static void stopsKeycloak() {
        adopting.close();
        target.close();
        administrator.close();
        keycloak.close();
    }

    @BeforeEach
    void namesWhatIsMirrored() {
        tests++;
        acme = "org:" + tests;
        ada = "u:ada-" + tests;
    }

    @Test
    void aRealmIsSetUpOnce() throws Exception {
        try (var fresh =
                new KeycloakTarget(keycloak.settings().withRealm("another"), unlimited(MirrorTarget.KEYCLOAK))) {
            fresh.prepare();
            var another = administrator.realm("another");
            var first = another.toRepresentation();
            assertThat(first.isOrganizationsEnabled()).isTrue();
            assertThat(first.isEventsEnabled()).isTrue();
            assertThat(first.isAdminEventsEnabled()).isTrue();
            assertThat(first.isAdminEventsDetailsEnabled()).isFalse();
            assertThat(first.getEventsExpiration()).isEqualTo(2_592_000);
            assertThat(first.getAttributesOrEmpty()).containsEntry("adminEventsExpiration", "2592000");
            assertThat(another.users().userProfile().getConfiguration().getUnmanagedAttributePolicy())
                    .isEqualTo(UnmanagedAttributePolicy.ADMIN_EDIT);
            assertThat(another.clients().findByClientId("gyroscops")).hasSize(1);

            another.clearAdminEvents();
            fresh.prepare();
            assertThat(another.getAdminEvents()).isEmpty();
        }
    }

    @Test
    void whereUsersEditAttributesTheyDoNotEditOurId() throws Exception {
        try (var fresh = new KeycloakTarget(keycloak.settings().withRealm("open"), unlimited(MirrorTarget.KEYCLOAK))) {
            fresh.prepare();
            var profiles = administrator.realm("open").users().userProfile();
            var open = profiles.getConfiguration();
            open.setUnmanagedAttributePolicy(UnmanagedAttributePolicy.ENABLED);
            profiles.update(open);
            fresh.prepare();
            assertThat(profiles.getConfiguration().getUnmanagedAttributePolicy())
                    .isEqualTo(UnmanagedAttributePolicy.ENABLED);
            assertThat(profiles.getConfiguration()
                            .getAttribute("gyroscops-id")
                            .getPermissions()
                            .getEdit())
                    .containsExactly("admin");
            fresh.mirror(
                    log.happened(Aggregate.ORGANIZATIONS, acme, new OrganizationCreated("Acme")),
                    new Change(new EventMessage(null, new OrganizationCreated("Acme")), 1, Optional.empty()));
            var payload = created("ada");
            var made = fresh.mirror(
                    log.happened(Aggregate.USERS, ada, payload),
                    new Change(new EventMessage(null, payload), 1, Optional.empty()));
            log.forget(ada);
            assertThat(fresh.replay(log.subject(ada)).externalId()).isEqualTo(made.externalId());
        }
    }

    @Test
    void organizationsFollowTheirEvents() throws Exception {
        var created = on(acme, new OrganizationCreated("Acme & \"Söhne\" " + tests));
        assertThat(created.kind()).isEqualTo(OutcomeKind.LINKED);
        on(acme, new OrganizationRenamed("Renamed " + tests));
        on(acme, new OrganizationSuspended("late"));
        var suspended =
                realm.organizations().get(created.externalId().orElseThrow()).toRepresentation();
        assertThat(suspended.getName()).isEqualTo("Renamed " + tests);
        assertThat(suspended.isEnabled()).isFalse();
        assertThat(suspended.getAttributes()).containsEntry("gyroscops-id", List.of(acme));

        on(acme, new OrganizationReactivated());
        assertThat(realm.organizations()
                        .get(created.externalId().get())
                        .toRepresentation()
                        .isEnabled())
                .isTrue();
    }

    @Test
    void usersFollowTheirEvents() throws Exception {
        givenAcme();
        var created = on(ada, created("ada", "reader", "a.b:c"));
        var id = created.externalId().orElseThrow();
        assertThat(roles(id)).contains("reader", "a.b:c", "default-roles-gyroscops");
        assertThat(realm.organizations().members().getOrganizations(id)).hasSize(1);

        on(ada, new UserEmailVerified());
        on(ada, new UserUpdated("ada.l-" + tests, null, "Augusta", null));
        on(ada, new UserRolesAssigned(List.of("writer")));
        on(ada, new UserDisabled());
        var user = realm.users().get(id).toRepresentation();
        assertThat(user.getUsername()).isEqualTo("ada.l-" + tests);
        assertThat(user.getEmail()).isEqualTo("ada-" + tests + "@acme.test");
        assertThat(user.getFirstName()).isEqualTo("Augusta");
        assertThat(user.getLastName()).isEqualTo("Lovelace");
        assertThat(user.isEmailVerified()).isTrue();
        assertThat(user.isEnabled()).isFalse();
        assertThat(roles(id)).contains("writer", "default-roles-gyroscops").doesNotContain("reader", "a.b:c");

        var deleted = on(ada, new UserDeleted());
        assertThat(deleted.externalId()).isEmpty();
        assertThat(holders("ada.l-" + tests)).isEmpty();
        assertThat(on(ada, new UserErased()).mirrored()).isEmpty();
    }

    @Test
    void whatIsNotOursInARepresentationStays() throws Exception {
        givenAcme();
        var id = on(ada, created("ada")).externalId().orElseThrow();
        byHand(id, user -> {
            user.setAttributes(new HashMap<>(user.getAttributes()));
            user.getAttributes().put("shoe-size", List.of("38"));
            user.setRequiredActions(List.of("UPDATE_PASSWORD"));
        });
        on(ada, new UserUpdated(null, null, "Augusta", null));
        var user = realm.users().get(id).toRepresentation();
        assertThat(user.getAttributes()).containsEntry("shoe-size", List.of("38"));
        assertThat(user.getRequiredActions()).containsExactly("UPDATE_PASSWORD");
        assertThat(user.getEmail()).isEqualTo("ada-" + tests + "@acme.test");
    }

    @Test
    void aUserWaitsForItsOrganization() {
        assertThatThrownBy(() -> on(ada, created("ada")))
                .isInstanceOfSatisfying(TargetException.NotYet.class, notYet -> assertThat(notYet.code())
                        .isEqualTo("ORGANIZATION_MISSING"));
        assertThat(holders("ada-" + tests)).isEmpty();
    }

    @Test
    void whatWasDoneAlreadyIsNotDoubled() throws Exception {
        givenAcme();
        var first = on(ada, created("ada", "reader"));
        log.forget(ada);
        log.forget(acme);
        var again = log.mirrored(target, log.subject(ada), created("ada", "reader"), Instant.now());
        assertThat(again.externalId()).isEqualTo(first.externalId());
        assertThat(again.findings()).isEmpty();
        assertThat(target.replay(log.subject(acme)).findings()).isEmpty();
        assertThat(target.replay(log.subject(ada)).externalId()).isEqualTo(first.externalId());
    }

    @Test
    void whatIsGoneIsMadeAgain() throws Exception {
        givenAcme();
        var first = on(ada, created("ada", "reader"));
        realm.users().delete(first.externalId().orElseThrow()).close();
        var again = on(ada, new UserUpdated(null, null, "Augusta", null));
        assertThat(again.operation()).isEqualTo("users.create");
        assertThat(again.findings()).extracting(Finding::operation).containsExactly("users.missing");
        assertThat(roles(again.externalId().orElseThrow())).contains("reader");
    }

    @Test
    void anotherUserOfOursIsWaitedForAndNeverTakenOver() throws Exception {
        givenAcme();
        var id = on(ada, created("ada")).externalId();
        var heir = "u:heir-" + tests;
        log.happened(Aggregate.USERS, heir, created("ada"));
        assertThatThrownBy(() -> log.mirrored(adopting, log.subject(heir), created("ada"), Instant.now()))
                .isInstanceOf(TargetException.NotYet.class)
                .hasMessageContaining(ada);
        on(ada, new UserDeleted());
        var made = log.mirrored(target, log.subject(heir), created("ada"), Instant.now());
        assertThat(made.externalId()).isPresent().isNotEqualTo(id);
    }

    @Test
    void aForeignUserIsAdoptedOnlyIfThatIsWanted() throws Exception {
        givenAcme();
        var foreign = handMade("ada-" + tests, true);
        log.happened(Aggregate.USERS, ada, created("ada", "reader"));
        assertThatThrownBy(() -> log.mirrored(target, log.subject(ada), created("ada", "reader"), Instant.now()))
                .isInstanceOf(TargetException.Refused.class)
                .hasMessageContaining(foreign)
                .hasMessageContaining("KEYCLOAK_ADOPT");

        var adopted = log.mirrored(adopting, log.subject(ada), created("ada", "reader"), Instant.now());
        assertThat(adopted.externalId()).contains(foreign);
        assertThat(adopted.kind()).isEqualTo(OutcomeKind.LINKED);
        assertThat(adopted.findings()).extracting(Finding::kind).containsExactly(OutcomeKind.ADOPTED);
        assertThat(realm.users().get(foreign).toRepresentation().getFirstName()).isEqualTo("Ada");
        assertThat(adopted.facts()).extracting(fact -> fact.command().payload()).containsExactly(new VerifyUserEmail());
        adopted.facts().forEach(fact -> assertThat(log.accepted(fact)).isTrue());
        assertThat(log.compared(target, ada).findings()).isEmpty();
    }

    @Test
    void aForeignUserWhoseEmailIsNotVerifiedOrAnotherOneIsNotAdopted() throws Exception {
        givenAcme();
        var foreign = handMade("ada-" + tests, false);
        log.happened(Aggregate.USERS, ada, created("ada"));
        assertThatThrownBy(() -> log.mirrored(adopting, log.subject(ada), created("ada"), Instant.now()))
                .isInstanceOf(TargetException.Refused.class)
                .hasMessageContaining("verified there");
        byHand(foreign, user -> {
            user.setEmail("other-" + tests + "@acme.test");
            user.setEmailVerified(true);
        });
        assertThatThrownBy(() -> log.mirrored(adopting, log.subject(ada), created("ada"), Instant.now()))
                .isInstanceOf(TargetException.Refused.class);
    }

    @Test
    void anIdThatLooksLikeAnAdoptedOneTakesNobodyOver() throws Exception {
        givenAcme();
        var foreign = handMade("victim-" + tests, true);
        var thief = "kc-" + foreign;
        var made = log.mirrored(adopting, Aggregate.USERS, thief, created("thief"));
        assertThat(made.operation()).isEqualTo("users.create");
        log.forget(thief);
        realm.users().delete(made.externalId().orElseThrow()).close();
        assertThat(log.mirrored(adopting, Aggregate.USERS, thief, new UserUpdated(null, null, "Thief", null))
                        .externalId())
                .isPresent()
                .isNotEqualTo(Optional.of(foreign));
        on(thief, new UserDeleted());
        log.forget(thief);
        log.compared(adopting, thief);
        assertThat(realm.users().get(foreign).toRepresentation().getFirstName()).isEqualTo("Hand");
    }

    @Test
    void twoUsersWithOneIdOfOursAreLeftToPeople() throws Exception {
        givenAcme();
        var first = on(ada, created("ada")).externalId().orElseThrow();
        var second = handMade("second-" + tests, true);
        byHand(second, user -> user.setAttributes(Map.of("gyroscops-id", List.of(ada))));
        log.forget(ada);
        assertThatThrownBy(() -> target.replay(log.subject(ada)))
                .isInstanceOfSatisfying(TargetException.Refused.class, refused -> assertThat(refused.code())
                        .isEqualTo("AMBIGUOUS"))
                .hasMessageContaining(first)
                .hasMessageContaining(second);
    }

    @Test
    void aRoleMadeByHandThatBringsOthersAlongIsGivenToNobody() throws Exception {
        givenAcme();
        var role = "composite-" + tests;
        realm.roles().create(new RoleRepresentation(role, "", false));
        realm.roles()
                .get(role)
                .addComposites(List.of(realm.roles().get("offline_access").toRepresentation()));
        on(ada, created("ada", "plain-" + tests));
        assertThatThrownBy(() -> on(ada, new UserRolesAssigned(List.of(role))))
                .isInstanceOfSatisfying(TargetException.Refused.class, refused -> assertThat(refused.code())
                        .isEqualTo("COMPOSITE_ROLE"));
        assertThat(realm.roles().get("plain-" + tests).toRepresentation().getAttributes())
                .containsKey("gyroscops-id");
    }

    @Test
    void rolesThatNoUserOfTheLogCanHaveStay() throws Exception {
        givenAcme();
        var id = on(ada, created("ada")).externalId().orElseThrow();
        var role = "a,b " + tests;
        realm.roles().create(new RoleRepresentation(role, "", false));
        realm.users()
                .get(id)
                .roles()
                .realmLevel()
                .add(List.of(realm.roles().list(role, true).get(0)));
        assertThat(log.compared(target, ada).findings()).isEmpty();
        on(ada, new UserRolesAssigned(List.of("writer")));
        assertThat(roles(id)).contains(role, "writer");
    }

    @Test
    void aForeignOrganizationIsAdoptedOnlyIfThatIsWanted() throws Exception {
        var foreign = new OrganizationRepresentation();
        foreign.setName("Acme " + tests);
        foreign.setAlias("by-hand-" + tests);
        foreign.setEnabled(true);
        realm.organizations().create(foreign).close();
        var payload = new OrganizationCreated("Acme " + tests);
        log.happened(Aggregate.ORGANIZATIONS, acme, payload);
        assertThatThrownBy(() -> log.mirrored(target, log.subject(acme), payload, Instant.now()))
                .isInstanceOf(TargetException.Refused.class);
        var adopted = log.mirrored(adopting, log.subject(acme), payload, Instant.now());
        assertThat(adopted.findings()).extracting(Finding::kind).containsExactly(OutcomeKind.ADOPTED);
        assertThat(log.compared(target, acme).findings()).isEmpty();
    }

    @Test
    void ourFieldsChangedByHandArePushedAgain() throws Exception {
        givenAcme();
        var id = on(ada, created("ada", "reader")).externalId().orElseThrow();
        byHand(id, user -> user.setLastName("Byron"));
        realm.roles().create(new RoleRepresentation("by-hand-" + tests, "", false));
        realm.users()
                .get(id)
                .roles()
                .realmLevel()
                .add(List.of(realm.roles().get("by-hand-" + tests).toRepresentation()));
        var only = target.compare(log.subject(ada), Optional.empty(), true);
        assertThat(only.findings()).extracting(Finding::kind).containsExactly(OutcomeKind.DRIFT_FOUND);
        assertThat(realm.users().get(id).toRepresentation().getLastName()).isEqualTo("Byron");

        var corrected = log.compared(target, ada);
        assertThat(corrected.findings()).extracting(Finding::kind).containsExactly(OutcomeKind.DRIFT_CORRECTED);
        assertThat(corrected.findings().get(0).differences())
                .contains(new FieldDifference("lastName", "Lovelace", "Byron", "Lovelace", "OURS"))
                .extracting(FieldDifference::getField)
                .containsExactly("lastName", "roles");
        assertThat(realm.users().get(id).toRepresentation().getLastName()).isEqualTo("Lovelace");
        assertThat(roles(id)).doesNotContain("by-hand-" + tests);
        assertThat(log.compared(target, ada).findings()).isEmpty();
    }

    @Test
    void theirFieldsChangedByHandComeIn() throws Exception {
        givenAcme();
        var id = on(ada, created("ada")).externalId().orElseThrow();
        byHand(id, user -> user.setEmailVerified(true));
        var found = log.compared(target, ada);
        assertThat(found.findings().get(0).differences())
                .containsExactly(new FieldDifference("emailVerified", "false", "true", "false", "THEIRS"));
        assertThat(found.facts()).extracting(fact -> fact.command().payload()).containsExactly(new VerifyUserEmail());
        // Before the aggregate has decided, another event leaves it alone.
        on(ada, new UserUpdated(null, null, "Augusta", null));
        assertThat(realm.users().get(id).toRepresentation().isEmailVerified()).isTrue();
        found.facts().forEach(fact -> assertThat(log.accepted(fact)).isTrue());
        assertThat(log.compared(target, ada).findings()).isEmpty();
        assertThat(listed(id).fingerprint())
                .isEqualTo(target.fingerprint(log.subject(ada)).orElseThrow());
    }

    @Test
    void anotherEmailVerifiedThereDoesNotVerifyOurs() throws Exception {
        givenAcme();
        var id = on(ada, created("ada")).externalId().orElseThrow();
        byHand(id, user -> {
            user.setEmail("own-" + tests + "@evil.test");
            user.setEmailVerified(true);
        });
        assertThat(log.compared(target, ada).facts()).isEmpty();
        var user = realm.users().get(id).toRepresentation();
        assertThat(user.getEmail()).isEqualTo("ada-" + tests + "@acme.test");
        assertThat(user.isEmailVerified()).isFalse();
    }

    @Test
    void anEmailThatIsTakenIsVerifiedOnceTheLogHasIt() throws Exception {
        givenAcme();
        var id = on(ada, created("ada")).externalId().orElseThrow();
        try (var theirs = new KeycloakTarget(
                keycloak.settings().withTheirFields(Set.of("email", "emailVerified")),
                unlimited(MirrorTarget.KEYCLOAK))) {
            byHand(id, user -> {
                user.setEmail("new-" + tests + "@acme.test");
                user.setEmailVerified(true);
            });
            var taken = log.compared(theirs, ada);
            assertThat(taken.facts())
                    .extracting(fact -> fact.command().payload())
                    .containsExactly(new UpdateUser(null, "new-" + tests + "@acme.test", null, null));
            taken.facts().forEach(fact -> assertThat(log.accepted(fact)).isTrue());
            assertThat(log.compared(theirs, ada).facts())
                    .extracting(fact -> fact.command().payload())
                    .containsExactly(new VerifyUserEmail());
        }
    }

    @Test
    void aFactThatIsRefusedLeadsToOursBeingPushed() throws Exception {
        givenAcme();
        var id = on(ada, created("ada")).externalId().orElseThrow();
        byHand(id, user -> user.setEmailVerified(true));
        log.compared(target, ada);
        // Nobody has accepted it, or refused it yet.
        assertThat(log.compared(target, ada).findings()).isEmpty();
        assertThat(realm.users().get(id).toRepresentation().isEmailVerified()).isTrue();
        log.later(ada);
        log.compared(target, ada);
        assertThat(realm.users().get(id).toRepresentation().isEmailVerified()).isFalse();
        assertThat(log.compared(target, ada).findings()).isEmpty();
    }

    @Test
    void ofTwoChangesTheNewerWins() throws Exception {
        givenAcme();
        var id = on(ada, created("ada")).externalId().orElseThrow();
        byHand(id, user -> user.setLastName("Byron"));
        var payload = new UserUpdated(null, null, null, "King");
        log.happened(Aggregate.USERS, ada, payload);
        var before =
                log.mirrored(target, log.subject(ada), payload, Instant.now().minusSeconds(600));
        assertThat(before.findings())
                .containsExactly(new Finding(
                        OutcomeKind.CONFLICT,
                        "users.update",
                        List.of(new FieldDifference("lastName", "King", "Byron", "Lovelace", "THEIRS"))));
        before.facts().forEach(fact -> assertThat(log.accepted(fact)).isFalse());

        byHand(id, user -> user.setLastName("Noel"));
        var other = new UserUpdated(null, null, null, "Milbanke");
        log.happened(Aggregate.USERS, ada, other);
        var after = log.mirrored(target, log.subject(ada), other, Instant.now().plusSeconds(600));
        assertThat(after.findings().get(0).differences().get(0).getKept()).isEqualTo("OURS");
        assertThat(realm.users().get(id).toRepresentation().getLastName()).isEqualTo("Milbanke");
    }

    @Test
    void aNewPasswordIsNoNewerChange() throws Exception {
        givenAcme();
        var id = on(ada, created("ada")).externalId().orElseThrow();
        byHand(id, user -> user.setLastName("Byron"));
        var between = Instant.now().plusMillis(1);
        var password = new CredentialRepresentation();
        password.setType("password");
        password.setValue("for-a-test");
        realm.users().get(id).resetPassword(password);
        var payload = new UserUpdated(null, null, null, "King");
        log.happened(Aggregate.USERS, ada, payload);
        assertThat(log.mirrored(target, log.subject(ada), payload, between)
                        .findings()
                        .get(0)
                        .differences()
                        .get(0)
                        .getKept())
                .isEqualTo("OURS");
    }

    @Test
    void whatWasDeletedByHandIsMadeAgainAndWhatShouldBeGoneGoes() throws Exception {
        givenAcme();
        var organization = log.subject(acme).externalId().orElseThrow();
        var id = on(ada, created("ada")).externalId().orElseThrow();
        realm.organizations().get(organization).delete().close();
        realm.users().delete(id).close();
        assertThat(log.compared(target, acme).findings())
                .extracting(Finding::operation)
                .containsExactly("organizations.missing");
        assertThat(log.compared(target, ada).findings())
                .extracting(Finding::operation)
                .containsExactly("users.missing");
        assertThat(log.compared(target, acme).findings()).isEmpty();
        assertThat(log.compared(target, ada).findings()).isEmpty();

        log.happened(Aggregate.USERS, ada, new UserDeleted());
        assertThat(log.compared(target, ada).findings())
                .extracting(Finding::operation)
                .containsExactly("users.extra");
        assertThat(holders("ada-" + tests)).isEmpty();
        assertThat(log.compared(target, ada).findings()).isEmpty();
    }

    @Test
    void anIdTakenAwayByHandComesBack() throws Exception {
        givenAcme();
        var id = on(ada, created("ada")).externalId().orElseThrow();
        byHand(id, user -> user.setAttributes(Map.of()));
        assertThat(log.compared(target, ada).findings())
                .extracting(Finding::operation)
                .containsExactly("users.id");
        assertThat(realm.users().get(id).toRepresentation().getAttributes())
                .containsEntry("gyroscops-id", List.of(ada));
    }

    @Test
    void membershipTakenAwayByHandComesBack() throws Exception {
        givenAcme();
        var id = on(ada, created("ada")).externalId().orElseThrow();
        var organization = log.subject(acme).externalId().orElseThrow();
        realm.organizations().get(organization).members().removeMember(id).close();
        assertThat(log.compared(target, ada).findings()).hasSize(1);
        assertThat(realm.organizations().members().getOrganizations(id)).hasSize(1);
    }

    @Test
    void whatIsListedHasTheFingerprintsOfWhatShouldBe() throws Exception {
        givenAcme();
        on(ada, created("ada", "writer", "reader", "offline_access"));
        var bob = "u:bob-" + tests;
        on(bob, created("bob"));
        on(bob, new UserDisabled());
        on(acme, new OrganizationSuspended("late"));
        var foreign = handMade("foreign-" + tests, false);
        var all = all(target);
        for (var id : List.of(acme, ada, bob)) {
            assertThat(all)
                    .filteredOn(listed -> listed.aggregateId().equals(Optional.of(id)))
                    .singleElement()
                    .satisfies(listed -> {
                        assertThat(listed.externalId())
                                .isEqualTo(log.subject(id).externalId().orElseThrow());
                        assertThat(listed.fingerprint())
                                .isEqualTo(target.fingerprint(log.subject(id)).orElseThrow());
                    });
        }
        assertThat(all)
                .filteredOn(listed -> listed.externalId().equals(foreign))
                .singleElement()
                .satisfies(listed -> assertThat(listed.aggregateId()).isEmpty());
    }

    @Test
    void aUserMadeByHandInAnOrganizationOfOursBecomesOneOfTheLog() throws Exception {
        givenAcme();
        var id = handMade("made-" + tests, true);
        realm.organizations()
                .get(log.subject(acme).externalId().orElseThrow())
                .members()
                .addMember(id)
                .close();
        assertThat(listed(target, id).adoption()).isEmpty();
        var adoption = listed(adopting, id).adoption();
        assertThat(adoption).isEqualTo(listed(adopting, id).adoption());
        var create = (CreateUser) adoption.get(0).command().payload();
        assertThat(create.getOrganizationId()).isEqualTo(acme);
        assertThat(adoption.get(1).command().payload()).isEqualTo(new VerifyUserEmail());

        var aggregateId = adoption.get(0).command().header().getAggregateId();
        log.happened(
                Aggregate.USERS,
                aggregateId,
                new UserCreated(
                        create.getUsername(),
                        create.getEmail(),
                        create.getFirstName(),
                        create.getLastName(),
                        acme,
                        List.of()));
        log.happened(Aggregate.USERS, aggregateId, new UserEmailVerified());
        var linked = log.compared(adopting, aggregateId);
        assertThat(linked.externalId()).contains(id);
        assertThat(linked.kind()).isEqualTo(OutcomeKind.LINKED);
        assertThat(linked.findings()).isEmpty();
        assertThat(listed(adopting, id).aggregateId()).contains(aggregateId);
        assertThat(log.compared(adopting, aggregateId).findings()).isEmpty();
    }

    @Test
    void loginsComeIn() throws Exception {
        givenAcme();
        var id = on(ada, created("ada")).externalId().orElseThrow();
        logIn(id);
        assertThat(listed(id).fingerprint())
                .isNotEqualTo(target.fingerprint(log.subject(ada)).orElseThrow());
        var found = log.compared(target, ada);
        assertThat(found.findings()).isEmpty();
        assertThat(found.facts())
                .singleElement()
                .satisfies(fact -> assertThat(fact.command().payload()).isInstanceOf(RecordUserLogin.class));
        assertThat(log.accepted(found.facts().get(0))).isTrue();
        assertThat(((UserState) log.subject(ada).state()).getLastLoginAt()).isNotNull();
        assertThat(log.compared(target, ada).facts()).isEmpty();
        assertThat(listed(id).fingerprint())
                .isEqualTo(target.fingerprint(log.subject(ada)).orElseThrow());
    }

    @Test
    void keycloakMayOwnOtherFields() throws Exception {
        givenAcme();
        var id = on(ada, created("ada")).externalId().orElseThrow();
        on(ada, new UserEmailVerified());
        try (var theirs = new KeycloakTarget(
                keycloak.settings().withTheirFields(Set.of("lastName", "enabled", "roles")),
                unlimited(MirrorTarget.KEYCLOAK))) {
            byHand(id, user -> {
                user.setLastName("Byron");
                user.setEnabled(false);
            });
            var found = log.compared(theirs, ada);
            assertThat(found.facts()).hasSize(2);
            found.facts().forEach(fact -> assertThat(log.accepted(fact)).isTrue());
            assertThat(log.compared(theirs, ada).findings()).isEmpty();
        }
    }

    @Test
    void aRefusalTellsWhatKeycloakSays() throws Exception {
        givenAcme();
        assertThatThrownBy(
                        () -> on(ada, new UserCreated("ada" + tests, "no address", "Ada", "Lovelace", acme, List.of())))
                .isInstanceOfSatisfying(TargetException.Refused.class, refused -> assertThat(refused.status())
                        .hasValue(400))
                .hasMessageContaining("email");
    }

    @Test
    void credentialsThatAreRefusedStopTheTargetWithoutShowingThem() {
        var settings = KeycloakSettings.of(keycloak.settings().url(), "admin", "wrong-one");
        try (var refused = new KeycloakTarget(settings, unlimited(MirrorTarget.KEYCLOAK))) {
            assertThatThrownBy(() -> refused.list(Optional.empty()))
                    .isInstanceOf(TargetException.Unavailable.class)
                    .hasMessageNotContaining("wrong-one");
        }
    }

    @Test
    void theStateOfAKilledKeycloakIsThereAgain() throws Exception {
        givenAcme();
        on(ada, created("ada", "reader"));
        keycloak.kill();
        assertThatThrownBy(() -> on(acme, new OrganizationRenamed("Later " + tests)))
                .isInstanceOf(TargetException.Unavailable.class);
        keycloak.start();
        log.mirrored(target, log.subject(acme), new OrganizationRenamed("Later " + tests), Instant.now());
        assertThat(log.compared(target, acme).findings()).isEmpty();
        assertThat(log.compared(target, ada).findings()).isEmpty();
        assertThat(((OrganizationState) log.subject(acme).state()).getName()).isEqualTo("Later " + tests);
    }

    private void givenAcme() throws Exception {
        on(acme, new OrganizationCreated("Acme " + tests));
    }

    private Effect on(String id, SpecificRecord event) throws Exception {
        var aggregate = id.startsWith("org") ? Aggregate.ORGANIZATIONS : Aggregate.USERS;
        return log.mirrored(target, aggregate, id, event);
    }

    private UserCreated created(String name, String... roles) {
        var username = name + "-" + tests;
        return new UserCreated(username, username + "@acme.test", "Ada", "Lovelace", acme, List.of(roles));
    }

    private static void byHand(String id, Consumer<UserRepresentation> change) {
        var user = realm.users().get(id).toRepresentation();
        change.accept(user);
        realm.users().get(id).update(user);
    }

    private static String handMade(String username, boolean verified) {
        var user = new UserRepresentation();
        user.setUsername(username);
        user.setEmail(username + "@acme.test");
        user.setFirstName("Hand");
        user.setLastName("Made");
        user.setEnabled(true);
        user.setEmailVerified(verified);
        try (var response = realm.users().create(user)) {
            var path = response.getLocation().getPath();
            return path.substring(path.lastIndexOf('/') + 1);
        }
    }

    private static List<UserRepresentation> holders(String username) {
        return realm.users().searchByUsername(username, true);
    }

    private static List<String> roles(String id) {
        return realm.users().get(id).roles().realmLevel().listAll().stream()
                .map(RoleRepresentation::getName)
                .toList();
    }

    private static Listed listed(String externalId) throws TargetException, InterruptedException {
        return listed(target, externalId);
    }

    private static Listed listed(KeycloakTarget by, String externalId) throws TargetException, InterruptedException {
        return all(by).stream()
                .filter(listed -> listed.externalId().equals(externalId))
                .findFirst()
                .orElseThrow();
    }

    private static List<Listed> all(KeycloakTarget by) throws TargetException, InterruptedException {
        var all = new ArrayList<Listed>();
        var cursor = Optional.<String>empty();
        do {
            var page = by.list(cursor);
            all.addAll(page.objects());
            cursor = page.next();
        } while (cursor.isPresent());
        return all;
    }

    private static void logIn(String id) {
        var clientId = "log-in-" + tests;
        var client = new ClientRepresentation();
        client.setClientId(clientId);
        client.setPublicClient(true);
        client.setDirectAccessGrantsEnabled(true);
        realm.clients().create(client).close();
        var password = new CredentialRepresentation();
        password.setType("password");
        password.setValue("for-a-test");
        password.setTemporary(false);
        realm.users().get(id).resetPassword(password);
        try (var user = KeycloakBuilder.builder()
                .serverUrl(keycloak.settings().url().toString())
                .realm("gyroscops")
                .clientId(clientId)
                .username(realm.users().get(id).toRepresentation().getUsername())
                .password("for-a-test")
                .build()) {
            user.tokenManager().getAccessTokenString();
        }
    }
}
