package cloud.gyroscops.connectors.worker;

import cloud.gyroscops.contract.mirror.FieldDifference;
import cloud.gyroscops.contract.mirror.MirrorControl;
import cloud.gyroscops.contract.mirror.MirrorError;
import cloud.gyroscops.contract.mirror.MirrorOutcome;
import cloud.gyroscops.contract.mirror.MirrorTarget;
import cloud.gyroscops.contract.mirror.MirroredAggregate;
import cloud.gyroscops.contract.mirror.OutcomeKind;
import cloud.gyroscops.contract.mirror.ParkedBecause;
import cloud.gyroscops.contract.mirror.PendingWork;
import cloud.gyroscops.schemas.Aggregate;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;

/** Outcomes, each the next one of its aggregate. */
final class Outcomes {

    private static final String MIRROR = "mirror";

    private Outcomes() {}

    /** The key of an outcome's record. */
    static String key(MirrorTarget target, Name name, long sequence) {
        return target + "/" + name + '@' + sequence;
    }

    /** The outcome of a piece of work; {@code tookNanos} less than 0: there was no call that it tells of. */
    static MirrorOutcome of(
            MirrorTarget target,
            Name name,
            MirroredAggregate row,
            PendingWork work,
            OutcomeKind kind,
            String operation,
            MirrorError error,
            List<FieldDifference> differences,
            long tookNanos,
            long now) {
        Long version = null;
        String type = null;
        var actor = MIRROR;
        var correlation = "";
        var organization = row.getOrganizationId();
        if (work.getWork() instanceof MirrorControl control) {
            actor = control.getActor();
        } else {
            var event = Aggregate.of(work.getAggregateType()).event((SpecificRecord) work.getWork());
            version = event.header().getVersion();
            type = event.payload().getSchema().getName();
            correlation = event.header().getCorrelationId();
            if (!event.header().getOrganizationId().isEmpty()) {
                organization = event.header().getOrganizationId();
            }
        }
        return new MirrorOutcome(
                target,
                name.aggregate().type(),
                name.id(),
                organization,
                next(row),
                kind,
                operation,
                version,
                type,
                row.getExternalId(),
                work.getAttempts() + (kind == OutcomeKind.PARKED || kind == OutcomeKind.RETRIED ? 0 : 1),
                Instant.ofEpochMilli(now),
                tookNanos < 0 ? null : TimeUnit.NANOSECONDS.toMillis(tookNanos),
                error,
                differences,
                actor,
                correlation);
    }

    /** The outcome of what an operator asked for. */
    static MirrorOutcome ofControl(
            MirrorTarget target,
            Name name,
            MirroredAggregate row,
            MirrorControl control,
            OutcomeKind kind,
            ParkedBecause parked) {
        return new MirrorOutcome(
                target,
                name.aggregate().type(),
                name.id(),
                row.getOrganizationId(),
                next(row),
                kind,
                parked.getOperation(),
                parked.getVersion(),
                parked.getEventType(),
                row.getExternalId(),
                0,
                control.getAt(),
                null,
                null,
                List.of(),
                control.getActor(),
                "");
    }

    private static long next(MirroredAggregate row) {
        row.setSequence(row.getSequence() + 1);
        return row.getSequence();
    }
}
