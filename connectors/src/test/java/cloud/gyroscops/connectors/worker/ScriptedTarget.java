package cloud.gyroscops.connectors.worker;

import cloud.gyroscops.connectors.target.Change;
import cloud.gyroscops.connectors.target.Effect;
import cloud.gyroscops.connectors.target.Fact;
import cloud.gyroscops.connectors.target.Finding;
import cloud.gyroscops.connectors.target.Page;
import cloud.gyroscops.connectors.target.Subject;
import cloud.gyroscops.connectors.target.Target;
import cloud.gyroscops.connectors.target.TargetException;
import cloud.gyroscops.contract.Origin;
import cloud.gyroscops.contract.mirror.MirrorTarget;
import cloud.gyroscops.contract.mirror.OutcomeKind;
import cloud.gyroscops.contract.user.UserLoggedIn;
import cloud.gyroscops.contract.user.UserState;
import cloud.gyroscops.contract.user.UserStatus;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.EventMessage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;

/** Does as it is told, and remembers what it was asked for: a target for tests of what surrounds it. */
final class ScriptedTarget implements Target {

    /** What it did, in order: {@code mirror u-1@2}. */
    final List<String> done = new ArrayList<>();

    private final Map<String, Queue<TargetException>> failures = new HashMap<>();
    private final Map<String, Fact> facts = new HashMap<>();
    private final Map<String, Finding> findings = new HashMap<>();
    private TargetException always;

    /** The next calls for an aggregate fail. */
    void fails(String id, TargetException... with) {
        failures.computeIfAbsent(id, none -> new ArrayDeque<>()).addAll(List.of(with));
    }

    /** From now on all calls fail; null: none does. */
    void failsAlways(TargetException with) {
        always = with;
    }

    void tells(String id, Fact fact) {
        facts.put(id, fact);
    }

    void finds(String id, Finding finding) {
        findings.put(id, finding);
    }

    private void fail(String id) throws TargetException {
        if (always != null) {
            throw always;
        }
        var queue = failures.get(id);
        if (queue != null && !queue.isEmpty()) {
            throw queue.poll();
        }
    }

    @Override
    public MirrorTarget name() {
        return MirrorTarget.KEYCLOAK;
    }

    @Override
    public Set<Aggregate> aggregates() {
        return Set.of(Aggregate.ORGANIZATIONS, Aggregate.USERS);
    }

    @Override
    public Origin origin() {
        return Origin.KEYCLOAK;
    }

    @Override
    public boolean concerns(Subject subject, EventMessage event) {
        return !(event.payload() instanceof UserLoggedIn);
    }

    @Override
    public Effect mirror(Subject subject, Change change) throws TargetException {
        fail(subject.id());
        done.add("mirror " + subject.id() + '@' + subject.version());
        return effect(subject, "users.update");
    }

    @Override
    public boolean followsStateAlone() {
        return true;
    }

    @Override
    public Effect replay(Subject subject) throws TargetException {
        fail(subject.id());
        done.add("replay " + subject.id() + '@' + subject.version());
        return effect(subject, "users.replay");
    }

    @Override
    public Optional<String> fingerprint(Subject subject) {
        return subject.state() instanceof UserState user && user.getStatus() == UserStatus.ENABLED
                ? Optional.of(user.getUsername())
                : Optional.empty();
    }

    @Override
    public Effect compare(Subject subject, Optional<String> externalId, boolean dryRun) throws TargetException {
        fail(subject.id());
        done.add("compare " + subject.id() + (externalId.isPresent() ? " seen" : " missing"));
        return effect(subject, "users.compare");
    }

    private Effect effect(Subject subject, String operation) {
        var fact = facts.remove(subject.id());
        var finding = findings.remove(subject.id());
        return new Effect(
                OutcomeKind.MIRRORED,
                operation,
                Optional.of("kc-" + subject.id()),
                Map.of("version", Long.toString(subject.version())),
                fact == null ? List.of() : List.of(fact),
                finding == null ? List.of() : List.of(finding));
    }

    @Override
    public Page list(Optional<String> cursor) {
        throw new UnsupportedOperationException("the worker does not list");
    }

    @Override
    public void prepare() {}

    @Override
    public void close() {}
}
