package cloud.gyroscops.query.model;

import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.EventKey;
import cloud.gyroscops.schemas.EventMessage;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/** What all aggregates have that something happened to. */
abstract class Life {

    final Aggregate aggregate;
    final String id;
    Instant createdAt;
    String createdBy;
    EventMessage last;

    Life(Aggregate aggregate, String id) {
        this.aggregate = aggregate;
        this.id = id;
    }

    /** The next event; the first one that is known need not be the first that there was. */
    final void tell(EventMessage event) {
        if (last == null) {
            createdAt = event.header().getOccurredAt();
            createdBy = event.header().getActor();
        }
        last = event;
        happened(event);
    }

    abstract void happened(EventMessage event);

    final Instant updatedAt() {
        return last.header().getOccurredAt();
    }

    final void writeProgress(ObjectNode json) {
        long version = last.header().getVersion();
        json.put("createdAt", createdAt.toString())
                .put("createdBy", createdBy)
                .put("updatedAt", updatedAt().toString())
                .put("updatedBy", last.header().getActor())
                .put("version", version)
                .put("token", aggregate.plural() + "/" + EventKey.of(id, version));
    }

    static void put(ObjectNode json, String name, Object value) {
        if (value != null) {
            json.put(name, value.toString());
        }
    }
}
