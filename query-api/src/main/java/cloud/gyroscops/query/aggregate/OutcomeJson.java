package cloud.gyroscops.query.aggregate;

import cloud.gyroscops.contract.mirror.MirrorOutcome;
import cloud.gyroscops.schemas.json.AvroToJson;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What a mirror made of an aggregate, as JSON. */
final class OutcomeJson {

    /** Whose it is, which is known where it is shown. */
    private static final List<String> OWNER = List.of("aggregateType", "aggregateId", "organizationId");

    /** What entries of audit trails tell themselves. */
    private static final List<String> ENTRY = List.of("kind", "version", "at", "actor");

    private OutcomeJson() {}

    /** All there is to say of it. */
    static ObjectNode of(MirrorOutcome outcome) {
        return AvroToJson.record(outcome).remove(OWNER);
    }

    /** The same without what stands in its entry of an audit trail. */
    static ObjectNode details(MirrorOutcome outcome) {
        return of(outcome).remove(ENTRY);
    }
}
