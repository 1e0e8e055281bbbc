package cloud.gyroscops.topology.view;

import cloud.gyroscops.contract.AggregateType;
import cloud.gyroscops.contract.mirror.FieldDifference;
import cloud.gyroscops.contract.mirror.MirrorError;
import cloud.gyroscops.contract.mirror.MirrorOutcome;
import cloud.gyroscops.contract.mirror.MirrorTarget;
import cloud.gyroscops.contract.mirror.OutcomeKind;
import java.time.Instant;
import java.util.List;

/** What mirrors may make of aggregates. */
public final class SomeOutcomes {

    private SomeOutcomes() {}

    /** An event is mirrored. */
    public static MirrorOutcome mirrored(
            MirrorTarget target, AggregateType type, String id, long sequence, long version, Instant at) {
        return outcome(target, type, id, sequence, OutcomeKind.MIRRORED, version, at);
    }

    /** The target refused an event for good. */
    public static MirrorOutcome parked(
            MirrorTarget target, AggregateType type, String id, long sequence, long version, Instant at) {
        var outcome = outcome(target, type, id, sequence, OutcomeKind.PARKED, version, at);
        outcome.setError(new MirrorError("HTTP_409", "the email belongs to somebody else", 409));
        return outcome;
    }

    /** A look at the target found something else there than what the log says. */
    public static MirrorOutcome drift(
            MirrorTarget target, AggregateType type, String id, long sequence, Instant at, FieldDifference difference) {
        var outcome = outcome(target, type, id, sequence, OutcomeKind.DRIFT_FOUND, null, at);
        outcome.setDifferences(List.of(difference));
        return outcome;
    }

    private static MirrorOutcome outcome(
            MirrorTarget target,
            AggregateType type,
            String id,
            long sequence,
            OutcomeKind kind,
            Long version,
            Instant at) {
        return new MirrorOutcome(
                target,
                type,
                id,
                "o-1",
                sequence,
                kind,
                "users.update",
                version,
                version == null ? null : "UserUpdated",
                "kc-" + id,
                1,
                at,
                12L,
                null,
                List.of(),
                "mirror",
                "correlation");
    }
}
