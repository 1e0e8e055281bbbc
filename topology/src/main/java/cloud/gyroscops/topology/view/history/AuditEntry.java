package cloud.gyroscops.topology.view.history;

import cloud.gyroscops.contract.mirror.MirrorOutcome;
import cloud.gyroscops.schemas.EventMessage;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;

/**
 * Somebody did something with an aggregate, or a mirror made something of it.
 *
 * @param version that it made, or that the mirror's work was about; 0: none
 * @param type what happened: the event's simple name, or, like {@code KEYCLOAK_MIRRORED}, target and kind of an outcome
 * @param details what the event says, or the {@link MirrorOutcome}
 */
public record AuditEntry(long version, String type, Instant time, String actor, SpecificRecord details) {

    static AuditEntry of(EventMessage event) {
        return new AuditEntry(
                event.header().getVersion(),
                event.payload().getSchema().getName(),
                event.header().getOccurredAt(),
                event.header().getActor(),
                event.payload());
    }

    static AuditEntry of(MirrorOutcome outcome) {
        return new AuditEntry(
                outcome.getVersion() == null ? 0 : outcome.getVersion(),
                outcome.getTarget() + "_" + outcome.getKind(),
                outcome.getAt(),
                outcome.getActor(),
                outcome);
    }
}
