package cloud.gyroscops.connectors.keycloak;

import cloud.gyroscops.connectors.target.Change;
import cloud.gyroscops.connectors.target.Effect;
import cloud.gyroscops.connectors.target.Fact;
import cloud.gyroscops.connectors.target.Subject;
import cloud.gyroscops.connectors.target.Target;
import cloud.gyroscops.connectors.target.TargetException;
import cloud.gyroscops.contract.EventHeader;
import cloud.gyroscops.contract.Origin;
import cloud.gyroscops.contract.user.UserState;
import cloud.gyroscops.domain.Command;
import cloud.gyroscops.domain.Decider;
import cloud.gyroscops.domain.Decision;
import cloud.gyroscops.domain.References;
import cloud.gyroscops.domain.organization.OrganizationDecider;
import cloud.gyroscops.domain.user.UserDecider;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.EventMessage;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/** Aggregates and what a target was told of them, as the worker keeps them. */
final class Log {

    private final Map<String, Subject> subjects = new HashMap<>();

    Subject subject(String id) {
        return subjects.get(id);
    }

    /** An event happens, and nobody is told. */
    Subject happened(Aggregate aggregate, String id, SpecificRecord payload) {
        var before = subjects.get(id);
        var state = aggregate == Aggregate.USERS
                ? evolved(new UserDecider(), before, payload)
                : evolved(new OrganizationDecider(), before, payload);
        var organization = state instanceof UserState user ? user.getOrganizationId() : id;
        var after = before == null
                ? new Subject(aggregate, id, organization, 1, state, Optional.empty(), Map.of(), Optional.empty())
                : new Subject(
                        aggregate,
                        id,
                        before.organizationId(),
                        before.version() + 1,
                        state,
                        before.externalId(),
                        before.mirrored(),
                        before.mirroredAt());
        subjects.put(id, after);
        return after;
    }

    @SuppressWarnings("unchecked")
    private static <S extends SpecificRecord> S evolved(
            Decider<Command, S, SpecificRecord, ?> decider, Subject before, SpecificRecord payload) {
        return decider.evolve(before == null ? decider.initial() : (S) before.state(), payload);
    }

    /** An event happens and is mirrored. */
    Effect mirrored(Target target, Aggregate aggregate, String id, SpecificRecord payload)
            throws TargetException, InterruptedException {
        return mirrored(target, happened(aggregate, id, payload), payload, Instant.now());
    }

    /** The event that has left the subject as it is, is mirrored. */
    Effect mirrored(Target target, Subject subject, SpecificRecord payload, Instant at)
            throws TargetException, InterruptedException {
        var header = new EventHeader(
                subject.aggregate().plural() + "/" + subject.id() + "@" + subject.version(),
                subject.aggregate().type(),
                subject.id(),
                subject.version(),
                subject.organizationId(),
                at,
                "tests",
                Origin.CLIENT,
                "c-1",
                "c-1",
                Map.of());
        var effect = target.mirror(subject, new Change(new EventMessage(header, payload), 1, Optional.empty()));
        done(subject.id(), effect);
        return effect;
    }

    Effect compared(Target target, String id) throws TargetException, InterruptedException {
        var effect = target.compare(subjects.get(id), Optional.empty(), false);
        done(id, effect);
        return effect;
    }

    /** What a target has told of an aggregate is decided, and not mirrored back. */
    boolean accepted(Fact fact) {
        var subject = subjects.get(fact.command().header().getAggregateId());
        var command = new Command(
                subject.id(), fact.command().payload(), Instant.now(), Origin.KEYCLOAK, References.NOT_ASKED);
        var decision = new UserDecider().decide((UserState) subject.state(), command);
        if (decision instanceof Decision.Accepted<SpecificRecord, ?> accepted) {
            accepted.events().forEach(event -> happened(subject.aggregate(), subject.id(), event));
            return true;
        }
        return false;
    }

    /** Nobody knows any more what was mirrored, as after a loss of the worker's state. */
    void forget(String id) {
        var subject = subjects.get(id);
        subjects.put(
                id,
                new Subject(
                        subject.aggregate(),
                        id,
                        subject.organizationId(),
                        subject.version(),
                        subject.state(),
                        Optional.empty(),
                        Map.of(),
                        Optional.empty()));
    }

    /** So long ago that whoever was told of something has answered. */
    void later(String id) {
        var subject = subjects.get(id);
        var mirrored = new HashMap<>(subject.mirrored());
        mirrored.replaceAll((field, value) -> field.startsWith(Told.PREFIX) ? "0" : value);
        subjects.put(
                id,
                new Subject(
                        subject.aggregate(),
                        id,
                        subject.organizationId(),
                        subject.version(),
                        subject.state(),
                        subject.externalId(),
                        mirrored,
                        subject.mirroredAt()));
    }

    private void done(String id, Effect effect) {
        var subject = subjects.get(id);
        subjects.put(
                id,
                new Subject(
                        subject.aggregate(),
                        id,
                        subject.organizationId(),
                        subject.version(),
                        subject.state(),
                        effect.externalId(),
                        effect.mirrored(),
                        Optional.of(Instant.now())));
    }
}
