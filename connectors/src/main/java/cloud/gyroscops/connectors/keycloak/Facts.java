package cloud.gyroscops.connectors.keycloak;

import cloud.gyroscops.connectors.target.Fact;
import cloud.gyroscops.connectors.target.Subject;
import cloud.gyroscops.contract.CommandHeader;
import cloud.gyroscops.contract.Origin;
import cloud.gyroscops.contract.organization.ReactivateOrganization;
import cloud.gyroscops.contract.organization.RenameOrganization;
import cloud.gyroscops.contract.organization.SuspendOrganization;
import cloud.gyroscops.contract.user.AssignUserRoles;
import cloud.gyroscops.contract.user.CreateUser;
import cloud.gyroscops.contract.user.DisableUser;
import cloud.gyroscops.contract.user.EnableUser;
import cloud.gyroscops.contract.user.RecordUserLogin;
import cloud.gyroscops.contract.user.UnverifyUserEmail;
import cloud.gyroscops.contract.user.UpdateUser;
import cloud.gyroscops.contract.user.VerifyUserEmail;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.CommandMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;

/** What happened in Keycloak, as commands of the origin {@code KEYCLOAK}. */
final class Facts {

    /** The fields of users whose values in Keycloak can be taken over. */
    static final Set<String> OF_USERS = Set.of(
            Compared.USERNAME,
            Compared.EMAIL,
            Compared.FIRST_NAME,
            Compared.LAST_NAME,
            Compared.ENABLED,
            Compared.EMAIL_VERIFIED,
            Compared.ROLES);

    /** The fields of organizations whose values in Keycloak can be taken over. */
    static final Set<String> OF_ORGANIZATIONS = Set.of(Compared.NAME, Compared.ENABLED);

    private static final String ACTOR = "keycloak";
    private static final String ADOPTED = "kc-";

    private Facts() {}

    /** @param taken fields, as Keycloak has them */
    static List<Fact> ofOrganization(Subject subject, String externalId, Map<String, String> taken) {
        var happened = new Happened(Aggregate.ORGANIZATIONS, subject, externalId);
        var facts = new ArrayList<Fact>();
        if (taken.containsKey(Compared.NAME)) {
            var name = taken.get(Compared.NAME);
            facts.add(happened.fact(Compared.NAME, name, new RenameOrganization(name)));
        }
        if (taken.containsKey(Compared.ENABLED)) {
            boolean enabled = Boolean.parseBoolean(taken.get(Compared.ENABLED));
            facts.add(happened.fact(
                    Compared.ENABLED,
                    taken.get(Compared.ENABLED),
                    enabled ? new ReactivateOrganization() : new SuspendOrganization("disabled in Keycloak")));
        }
        return facts;
    }

    /**
     * In an order that aggregates accept: enabled before updated.
     *
     * @param taken fields, as Keycloak has them
     */
    static List<Fact> ofUser(Subject subject, String externalId, Map<String, String> taken) {
        var happened = new Happened(Aggregate.USERS, subject, externalId);
        var facts = new ArrayList<Fact>();
        var enabled = taken.get(Compared.ENABLED);
        if ("true".equals(enabled)) {
            facts.add(happened.fact(Compared.ENABLED, enabled, new EnableUser()));
        }
        var update = new UpdateUser(
                taken.get(Compared.USERNAME),
                taken.get(Compared.EMAIL),
                taken.get(Compared.FIRST_NAME),
                taken.get(Compared.LAST_NAME));
        if (!update.equals(new UpdateUser(null, null, null, null))) {
            var profile = new TreeMap<>(taken);
            profile.keySet()
                    .retainAll(Set.of(Compared.USERNAME, Compared.EMAIL, Compared.FIRST_NAME, Compared.LAST_NAME));
            facts.add(happened.fact("profile", profile.toString(), update));
        }
        if (taken.containsKey(Compared.EMAIL_VERIFIED)) {
            var verified = taken.get(Compared.EMAIL_VERIFIED);
            facts.add(happened.fact(
                    Compared.EMAIL_VERIFIED,
                    verified,
                    Boolean.parseBoolean(verified) ? new VerifyUserEmail() : new UnverifyUserEmail()));
        }
        if (taken.containsKey(Compared.ROLES)) {
            var roles = taken.get(Compared.ROLES);
            facts.add(happened.fact(Compared.ROLES, roles, new AssignUserRoles(Compared.split(roles))));
        }
        if ("false".equals(enabled)) {
            facts.add(happened.fact(Compared.ENABLED, enabled, new DisableUser()));
        }
        return facts;
    }

    /** Somebody logged in. */
    static Fact login(Subject subject, String externalId, Instant at) {
        var payload = new RecordUserLogin(at);
        return new Fact(
                Aggregate.USERS,
                command(
                        subject.id(),
                        id("login", externalId, subject.id(), Long.toString(at.toEpochMilli())),
                        payload));
    }

    /** The id of a user that somebody made in Keycloak. */
    static String adoptedId(String externalId) {
        return ADOPTED + externalId;
    }

    /** The Keycloak id of a user with an id of {@link #adoptedId}; empty: it has another one. */
    static Optional<String> adoptedFrom(String id) {
        return id.startsWith(ADOPTED) && id.length() > ADOPTED.length()
                ? Optional.of(id.substring(ADOPTED.length()))
                : Optional.empty();
    }

    /** A user that somebody made in Keycloak, in an organization of ours. */
    static List<Fact> adoption(String externalId, Map<String, String> theirs) {
        var aggregateId = adoptedId(externalId);
        var facts = new ArrayList<SpecificRecord>();
        facts.add(new CreateUser(
                theirs.get(Compared.USERNAME),
                theirs.get(Compared.EMAIL),
                theirs.get(Compared.FIRST_NAME),
                theirs.get(Compared.LAST_NAME),
                theirs.get(Compared.ORGANIZATION),
                Compared.split(theirs.get(Compared.ROLES))));
        if ("true".equals(theirs.get(Compared.EMAIL_VERIFIED))) {
            facts.add(new VerifyUserEmail());
        }
        if ("false".equals(theirs.get(Compared.ENABLED))) {
            facts.add(new DisableUser());
        }
        // With what it looks like: mended there after a refusal, it is another command.
        var like = Compared.fingerprint(theirs);
        return facts.stream()
                .map(payload -> new Fact(
                        Aggregate.USERS,
                        command(
                                aggregateId,
                                id("adoption", externalId, payload.getSchema().getName(), like),
                                payload)))
                .toList();
    }

    private static CommandMessage command(String aggregateId, String commandId, SpecificRecord payload) {
        return new CommandMessage(
                new CommandHeader(commandId, aggregateId, null, ACTOR, Origin.KEYCLOAK, null, Map.of()), payload);
    }

    private static String id(String... what) {
        var parts = new TreeMap<String, String>();
        for (int i = 0; i < what.length; i++) {
            parts.put(Integer.toString(i), what[i]);
        }
        return ADOPTED + Compared.fingerprint(parts).substring(0, 40);
    }

    /** Something about one object, seen at a version of its aggregate: once the aggregate has moved on, it is another thing. */
    private record Happened(Aggregate aggregate, Subject subject, String externalId) {

        Fact fact(String field, String value, SpecificRecord payload) {
            var commandId = id("field", externalId, subject.id(), Long.toString(subject.version()), field, value);
            return new Fact(aggregate, command(subject.id(), commandId, payload));
        }
    }
}
