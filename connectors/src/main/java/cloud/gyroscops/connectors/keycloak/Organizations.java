package cloud.gyroscops.connectors.keycloak;

import cloud.gyroscops.connectors.keycloak.Calls.Conflict;
import cloud.gyroscops.connectors.keycloak.Calls.Gone;
import cloud.gyroscops.connectors.target.Effect;
import cloud.gyroscops.connectors.target.Finding;
import cloud.gyroscops.connectors.target.Subject;
import cloud.gyroscops.connectors.target.TargetException;
import cloud.gyroscops.contract.mirror.OutcomeKind;
import cloud.gyroscops.contract.organization.OrganizationState;
import cloud.gyroscops.contract.organization.OrganizationStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.representations.idm.OrganizationRepresentation;

/** Our organizations as organizations of the realm: name and enabled, the latter while they are not suspended. */
final class Organizations {

    static final String CREATE = "organizations.create";
    static final String UPDATE = "organizations.update";
    static final String DELETE = "organizations.delete";
    static final String COMPARE = "organizations.compare";
    static final String MISSING = "organizations.missing";
    static final String ADOPT = "organizations.adopt";

    /** What Keycloak takes as an alias, which is unique in a realm and never changes. */
    private static final String ALIAS = "[A-Za-z0-9._-]+";

    private static final int TRIES = 3;

    private final RealmResource realm;
    private final KeycloakSettings settings;
    private final Changes changes;

    /** Keycloak's ids by ours. */
    private final Map<String, String> known = new ConcurrentHashMap<>();

    Organizations(RealmResource realm, KeycloakSettings settings) {
        this.realm = realm;
        this.settings = settings;
        this.changes = new Changes(realm);
    }

    Effect bring(Subject subject, Look look, Optional<String> seen) throws TargetException, InterruptedException {
        var state = (OrganizationState) subject.state();
        for (int tries = 1; ; tries++) {
            try {
                var present = find(subject, seen);
                if (state == null || state.getStatus() == OrganizationStatus.NONE) {
                    return remove(subject, look, present);
                }
                return present.isPresent()
                        ? update(subject, state, look, present.get(), false)
                        : create(subject, state, look);
            } catch (Gone gone) {
                known.remove(subject.id());
                if (tries == TRIES) {
                    throw Calls.failed(gone);
                }
            } catch (Conflict conflict) {
                var holder = holder(subject, state, conflict);
                if (holder.isPresent()) {
                    return adopt(subject, state, look, holder.get());
                }
                if (tries == TRIES) {
                    throw Calls.failed(conflict);
                }
            }
        }
    }

    /** Keycloak's id of an organization of ours. */
    Optional<String> externalId(String id) throws TargetException {
        var cached = known.get(id);
        if (cached != null) {
            return Optional.of(cached);
        }
        var found = search(id).map(OrganizationRepresentation::getId);
        found.ifPresent(externalId -> known.put(id, externalId));
        return found;
    }

    /** It is not there any more under the id that is known. */
    void forget(String id) {
        known.remove(id);
    }

    /** The organizations of ours that a user is a member of: our ids, and Keycloak's. */
    Map<String, String> of(String user) throws TargetException, Gone {
        var ours = new TreeMap<String, String>();
        Calls.find(() -> realm.organizations().members().getOrganizations(user, false))
                .forEach(organization ->
                        Ids.in(organization.getAttributes()).ifPresent(id -> ours.put(id, organization.getId())));
        return ours;
    }

    private Optional<OrganizationRepresentation> find(Subject subject, Optional<String> seen) throws TargetException {
        for (var externalId : Stream.concat(subject.externalId().stream(), seen.stream())
                .distinct()
                .toList()) {
            try {
                var hinted =
                        Calls.find(() -> realm.organizations().get(externalId).toRepresentation());
                var bears = Ids.in(hinted.getAttributes());
                // One that we know, and that has lost our id, gets it back.
                boolean linked = subject.externalId().filter(externalId::equals).isPresent();
                if (bears.map(subject.id()::equals).orElse(linked)) {
                    return Optional.of(hinted);
                }
            } catch (Gone gone) {
                // Perhaps there is another one that bears our id.
            }
        }
        return search(subject.id());
    }

    private Optional<OrganizationRepresentation> search(String id) throws TargetException {
        var found = Calls.get(() -> realm.organizations().searchByAttribute(Ids.query(id)));
        for (var brief : found) {
            try {
                var full = Calls.find(
                        () -> realm.organizations().get(brief.getId()).toRepresentation());
                if (Ids.in(full.getAttributes()).filter(id::equals).isPresent()) {
                    return Optional.of(full);
                }
            } catch (Gone gone) {
                // Deleted since it was found.
            }
        }
        return Optional.empty();
    }

    private Effect remove(Subject subject, Look look, Optional<OrganizationRepresentation> present)
            throws TargetException, Conflict {
        known.remove(subject.id());
        if (present.isEmpty()) {
            return gone(look.compares() ? COMPARE : DELETE, List.of());
        }
        var findings = look.compares() ? List.of(Findings.whole(look, "organizations.extra")) : List.<Finding>of();
        if (look.dryRun()) {
            return new Effect(
                    OutcomeKind.MIRRORED, COMPARE, subject.externalId(), subject.mirrored(), List.of(), findings);
        }
        try {
            Calls.send(() -> realm.organizations().get(present.get().getId()).delete());
        } catch (Gone already) {
            // That is what was wanted.
        }
        return gone(DELETE, findings);
    }

    private static Effect gone(String operation, List<Finding> findings) {
        return new Effect(OutcomeKind.MIRRORED, operation, Optional.empty(), Map.of(), List.of(), findings);
    }

    private Effect create(Subject subject, OrganizationState state, Look look) throws TargetException, Gone, Conflict {
        // It was there once, so somebody deleted it.
        boolean missing = look.compares() || subject.externalId().isPresent();
        var findings = missing ? List.of(Findings.whole(look, MISSING)) : List.<Finding>of();
        if (look.dryRun()) {
            return new Effect(
                    OutcomeKind.MIRRORED, COMPARE, subject.externalId(), subject.mirrored(), List.of(), findings);
        }
        var ours = Compared.of(state);
        var made = new OrganizationRepresentation();
        made.setAlias(alias(subject.id()));
        made.setAttributes(Ids.with(subject.id(), Map.of()));
        fill(made, ours);
        var externalId = Calls.send(() -> realm.organizations().create(made));
        externalId.ifPresent(id -> known.put(subject.id(), id));
        return new Effect(OutcomeKind.LINKED, CREATE, externalId, ours, List.of(), findings);
    }

    /** @param adopted it bears no id of ours yet, and becomes ours */
    private Effect update(
            Subject subject, OrganizationState state, Look look, OrganizationRepresentation present, boolean adopted)
            throws TargetException, Gone, Conflict, InterruptedException {
        var ours = Compared.of(state);
        var representation = present;
        var merge = merge(subject, look, ours, representation, adopted);
        if (merge.drifted() && Settling.needed(subject)) {
            // A cache may not know yet what was written a moment ago.
            Settling.pause();
            representation =
                    Calls.find(() -> realm.organizations().get(present.getId()).toRepresentation());
            merge = merge(subject, look, ours, representation, adopted);
        }
        var externalId = Optional.of(representation.getId());
        boolean bearsId = Ids.in(representation.getAttributes()).isPresent();
        var findings = new ArrayList<Finding>();
        if (adopted) {
            findings.add(Findings.adopted(merge, ADOPT));
        } else {
            findings.addAll(Findings.of(merge, look, UPDATE));
            if (!bearsId) {
                findings.add(Findings.whole(look, "organizations.id"));
            }
        }
        if (look.dryRun()) {
            return new Effect(
                    OutcomeKind.MIRRORED, COMPARE, subject.externalId(), subject.mirrored(), List.of(), findings);
        }
        known.put(subject.id(), representation.getId());
        var theirs = Compared.of(representation);
        var wanted = merge.wanted(theirs);
        boolean writes = !bearsId || !wanted.equals(theirs);
        if (writes) {
            representation.setAttributes(Ids.with(subject.id(), representation.getAttributes()));
            fill(representation, wanted);
            var full = representation;
            Calls.send(() -> realm.organizations().get(full.getId()).update(full));
        }
        return new Effect(
                subject.externalId().equals(externalId) ? OutcomeKind.MIRRORED : OutcomeKind.LINKED,
                look.compares() && !writes ? COMPARE : UPDATE,
                externalId,
                Told.noted(subject, merge, wanted),
                Facts.ofOrganization(subject, representation.getId(), merge.taken()),
                findings);
    }

    private Effect adopt(Subject subject, OrganizationState state, Look look, OrganizationRepresentation holder)
            throws TargetException, InterruptedException {
        try {
            return update(subject, state, look, holder, true);
        } catch (Gone gone) {
            throw Calls.failed(gone);
        } catch (Conflict conflict) {
            throw Calls.failed(conflict);
        }
    }

    private Merge merge(
            Subject subject,
            Look look,
            Map<String, String> ours,
            OrganizationRepresentation representation,
            boolean adopted)
            throws TargetException {
        return Merge.of(
                adopted ? Map.of() : subject.mirrored(),
                ours,
                Compared.of(representation),
                adopted ? Optional.empty() : Told.touched(look, subject, ours.keySet()),
                Facts.OF_ORGANIZATIONS,
                field -> settings.theirFields().contains("organization." + field),
                Changes.newer(look, subject, (after, field) -> changes.ofOrganization(representation.getId(), after)));
    }

    /** Who has the name: empty, if nobody has any more. */
    private Optional<OrganizationRepresentation> holder(Subject subject, OrganizationState state, Conflict conflict)
            throws TargetException {
        var named = Calls.get(() -> realm.organizations().search(state.getName(), true, 0, 2, false)).stream()
                .filter(other -> Ids.in(other.getAttributes())
                        .filter(subject.id()::equals)
                        .isEmpty())
                .filter(other ->
                        subject.externalId().filter(other.getId()::equals).isEmpty())
                .findFirst();
        if (named.isEmpty()) {
            return Optional.empty();
        }
        var holder = named.get();
        var other = Ids.in(holder.getAttributes());
        if (other.isPresent()) {
            throw new TargetException.NotYet(
                    "HELD",
                    "the name of organization " + subject.id() + " is that of organization " + other.get()
                            + " in Keycloak, whose change is on its way");
        }
        if (!settings.adopt() || find(subject, Optional.empty()).isPresent()) {
            throw new TargetException.Refused(
                    "HTTP_409",
                    "the name of organization " + subject.id() + " is that of Keycloak's organization "
                            + holder.getId() + ", which is none of ours; rename or delete it, or let it be adopted"
                            + " with KEYCLOAK_ADOPT=true",
                    OptionalInt.of(409),
                    conflict);
        }
        return named;
    }

    private static void fill(OrganizationRepresentation representation, Map<String, String> fields) {
        representation.setName(fields.get(Compared.NAME));
        representation.setEnabled(Boolean.parseBoolean(fields.get(Compared.ENABLED)));
    }

    /** Our id, or where Keycloak does not take that, its hash. */
    private static String alias(String id) {
        return id.matches(ALIAS) ? id : Compared.fingerprint(Map.of("id", id)).substring(0, 40);
    }
}
