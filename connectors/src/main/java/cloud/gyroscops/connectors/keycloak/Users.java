package cloud.gyroscops.connectors.keycloak;

import cloud.gyroscops.connectors.keycloak.Calls.Conflict;
import cloud.gyroscops.connectors.keycloak.Calls.Gone;
import cloud.gyroscops.connectors.target.Effect;
import cloud.gyroscops.connectors.target.Fact;
import cloud.gyroscops.connectors.target.Finding;
import cloud.gyroscops.connectors.target.Subject;
import cloud.gyroscops.connectors.target.TargetException;
import cloud.gyroscops.contract.mirror.OutcomeKind;
import cloud.gyroscops.contract.user.UserState;
import cloud.gyroscops.domain.user.UserRules;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.representations.idm.MembershipType;

/** Our users as users of the realm, members of their organization, with roles of the realm. */
final class Users {

    static final String CREATE = "users.create";
    static final String UPDATE = "users.update";
    static final String DELETE = "users.delete";
    static final String COMPARE = "users.compare";
    static final String MISSING = "users.missing";
    static final String ADOPT = "users.adopt";

    private static final int TRIES = 3;

    private final RealmResource realm;
    private final KeycloakSettings settings;
    private final RealmUsers users;
    private final Organizations organizations;
    private final RealmRoles roles;
    private final Changes changes;

    Users(RealmResource realm, KeycloakSettings settings, Organizations organizations) {
        this.realm = realm;
        this.settings = settings;
        this.organizations = organizations;
        this.roles = new RealmRoles(realm);
        this.users = new RealmUsers(realm, settings, roles, organizations);
        this.changes = new Changes(realm);
    }

    /** What the realm's users are like. */
    RealmUsers found() {
        return users;
    }

    Effect bring(Subject subject, Look look) throws TargetException, InterruptedException {
        var state = (UserState) subject.state();
        for (int tries = 1; ; tries++) {
            try {
                var present = users.find(subject, look);
                if (state == null || !UserRules.exists(state)) {
                    return remove(subject, look, present);
                }
                return present.isPresent()
                        ? update(subject, state, look, present.get(), false)
                        : create(subject, state, look);
            } catch (Gone gone) {
                if (tries == TRIES) {
                    throw Calls.failed(gone);
                }
            } catch (Conflict conflict) {
                var holder = new Holders(users, settings).adoptable(subject, state, look, conflict);
                if (holder.isPresent()) {
                    return adopt(subject, state, look, holder.get());
                }
                if (tries == TRIES) {
                    throw Calls.failed(conflict);
                }
            }
        }
    }

    private Effect remove(Subject subject, Look look, Optional<RealmUser> present) throws TargetException, Conflict {
        if (present.isEmpty()) {
            return gone(look.compares() ? COMPARE : DELETE, List.of());
        }
        var findings = look.compares() ? List.of(Findings.whole(look, "users.extra")) : List.<Finding>of();
        if (look.dryRun()) {
            return looked(subject, findings);
        }
        try {
            Calls.send(() -> realm.users().delete(present.get().id()));
        } catch (Gone already) {
            // That is what was wanted.
        }
        return gone(DELETE, findings);
    }

    private static Effect gone(String operation, List<Finding> findings) {
        return new Effect(OutcomeKind.MIRRORED, operation, Optional.empty(), Map.of(), List.of(), findings);
    }

    private static Effect looked(Subject subject, List<Finding> findings) {
        return new Effect(OutcomeKind.MIRRORED, COMPARE, subject.externalId(), subject.mirrored(), List.of(), findings);
    }

    private Effect create(Subject subject, UserState state, Look look) throws TargetException, Gone, Conflict {
        // It was there once, so somebody deleted it.
        boolean missing = look.compares() || subject.externalId().isPresent();
        var findings = missing ? List.of(Findings.whole(look, MISSING)) : List.<Finding>of();
        if (look.dryRun()) {
            return looked(subject, findings);
        }
        var ours = Compared.of(state);
        var organization = organization(state.getOrganizationId());
        var made = RealmUser.fresh(subject.id(), ours);
        var externalId = Calls.send(() -> realm.users().create(made.representation()))
                .orElseThrow(() -> new IllegalStateException("Keycloak tells no id of a user that it made"));
        roles.assign(externalId, List.of(), Compared.split(ours.get(Compared.ROLES)));
        join(externalId, state.getOrganizationId(), organization);
        return new Effect(OutcomeKind.LINKED, CREATE, Optional.of(externalId), ours, List.of(), findings);
    }

    /** @param adopted it bears no id of ours yet, and becomes ours */
    private Effect update(Subject subject, UserState state, Look look, RealmUser found, boolean adopted)
            throws TargetException, Gone, Conflict, InterruptedException {
        var ours = Compared.of(state);
        var present = found;
        // One that was made a user of the log by Facts.adoption gets its id on the first occasion.
        boolean becomesOurs =
                adopted || present.ourId().isEmpty() && subject.externalId().isEmpty();
        var merge = merge(subject, look, ours, present, becomesOurs);
        if (merge.drifted() && Settling.needed(subject)) {
            // A cache may not know yet what was written a moment ago.
            Settling.pause();
            present = users.get(present.id());
            merge = merge(subject, look, ours, present, becomesOurs);
        }
        var findings = new ArrayList<Finding>();
        if (adopted) {
            findings.add(Findings.adopted(merge, ADOPT));
        } else {
            // That it becomes ours is no news: it is what the user of the log was made from.
            findings.addAll(Findings.of(merge, look, UPDATE));
            if (present.ourId().isEmpty() && !becomesOurs) {
                findings.add(Findings.whole(look, "users.id"));
            }
        }
        if (look.dryRun()) {
            return looked(subject, findings);
        }
        var theirs = present.compared();
        var wanted = merge.wanted(theirs);
        boolean writes = write(subject, present, theirs, wanted);
        var facts = new ArrayList<>(Facts.ofUser(subject, present.id(), merge.taken()));
        var mirrored = Told.noted(subject, merge, wanted);
        if (!wanted.get(Compared.EMAIL).equalsIgnoreCase(ours.get(Compared.EMAIL))) {
            // As it will be in the log, once that has the email: what is verified in Keycloak then comes in by itself.
            mirrored.put(Compared.EMAIL_VERIFIED, "false");
        }
        mirrored.put(Compared.LAST_LOGIN, login(subject, state, look, present.id(), facts));
        return new Effect(
                subject.externalId().filter(present.id()::equals).isPresent()
                        ? OutcomeKind.MIRRORED
                        : OutcomeKind.LINKED,
                look.compares() && !writes ? COMPARE : UPDATE,
                Optional.of(present.id()),
                mirrored,
                facts,
                findings);
    }

    private Effect adopt(Subject subject, UserState state, Look look, RealmUser holder)
            throws TargetException, InterruptedException {
        try {
            return update(subject, state, look, holder, true);
        } catch (Gone gone) {
            throw Calls.failed(gone);
        } catch (Conflict conflict) {
            throw Calls.failed(conflict);
        }
    }

    private Merge merge(Subject subject, Look look, Map<String, String> ours, RealmUser present, boolean becomesOurs)
            throws TargetException {
        return Merge.of(
                        becomesOurs ? Map.of() : subject.mirrored(),
                        ours,
                        present.compared(),
                        becomesOurs ? Optional.empty() : Told.touched(look, subject, ours.keySet()),
                        Facts.OF_USERS,
                        settings.theirFields()::contains,
                        Changes.newer(look, subject, (after, field) -> changes.ofUser(present.id(), field, after)))
                .verifiedWithEmail();
    }

    /** Whether there was anything to write. */
    private boolean write(Subject subject, RealmUser present, Map<String, String> theirs, Map<String, String> wanted)
            throws TargetException, Gone, Conflict {
        boolean writes = false;
        if (present.ourId().isEmpty()
                || Compared.PROFILE.stream()
                        .anyMatch(field -> !wanted.get(field).equals(theirs.get(field)))) {
            present.fill(subject.id(), wanted);
            Calls.write(() -> realm.users().get(present.id()).update(present.representation()));
            writes = true;
        }
        if (!wanted.get(Compared.ROLES).equals(theirs.get(Compared.ROLES))) {
            roles.assign(
                    present.id(),
                    Compared.split(theirs.get(Compared.ROLES)),
                    Compared.split(wanted.get(Compared.ROLES)));
            writes = true;
        }
        if (!wanted.get(Compared.ORGANIZATION).equals(theirs.get(Compared.ORGANIZATION))) {
            move(present, wanted.get(Compared.ORGANIZATION));
            writes = true;
        }
        return writes;
    }

    private void move(RealmUser present, String wanted) throws TargetException, Gone, Conflict {
        if (!present.organizations().containsKey(wanted)) {
            join(present.id(), wanted, organization(wanted));
        }
        for (var other : present.organizations().entrySet()) {
            if (!other.getKey().equals(wanted)) {
                leave(present, other.getKey(), other.getValue());
            }
        }
    }

    /** Keycloak deletes a user that its organization's identity provider has brought when it leaves that organization. */
    private void leave(RealmUser present, String id, String externalId) throws TargetException, Conflict {
        var members = realm.organizations().get(externalId).members();
        try {
            var member = Calls.find(() -> members.member(present.id()).toRepresentation());
            if (member.getMembershipType() == MembershipType.MANAGED) {
                throw new TargetException.Refused(
                        "MANAGED_MEMBER",
                        "Keycloak's user " + present.id() + " belongs to organization " + id
                                + " by its identity provider: taken out of it, Keycloak would delete the user",
                        OptionalInt.empty(),
                        null);
            }
            Calls.send(() -> members.removeMember(present.id()));
        } catch (Gone already) {
            // That is what was wanted.
        }
    }

    private String organization(String id) throws TargetException {
        return organizations
                .externalId(id)
                .orElseThrow(() -> new TargetException.NotYet(
                        "ORGANIZATION_MISSING", "organization " + id + " is not in Keycloak yet"));
    }

    private void join(String user, String id, String externalId) throws TargetException {
        try {
            Calls.send(() -> realm.organizations().get(externalId).members().addMember(user));
        } catch (Conflict already) {
            // That is what was wanted.
        } catch (Gone gone) {
            organizations.forget(id);
            throw Calls.failed(gone);
        }
    }

    /**
     * When Keycloak saw the user last, in milliseconds, as far as the log knows it too. What is newer becomes a fact, until the
     * log has it.
     */
    private String login(Subject subject, UserState state, Look look, String externalId, List<Fact> facts)
            throws TargetException {
        var known = subject.mirrored().getOrDefault(Compared.LAST_LOGIN, "");
        if (!look.compares()) {
            return known;
        }
        var login = changes.login(externalId);
        if (login.isPresent()
                && (state.getLastLoginAt() == null || state.getLastLoginAt().isBefore(login.get()))) {
            // Keycloak's clock may be ahead of ours, and the log takes nothing from the future: then another time.
            if (!login.get().isAfter(Instant.now())) {
                facts.add(Facts.login(subject, externalId, login.get()));
            }
            return known;
        }
        return login.map(Instant::toEpochMilli).map(String::valueOf).orElse("");
    }
}
