package cloud.gyroscops.topology.view.history;

import cloud.gyroscops.schemas.EventMessage;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;

/**
 * Somebody did something with an aggregate.
 *
 * @param version that it made
 * @param type what happened: the event's simple name
 * @param details what the event says
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
}
