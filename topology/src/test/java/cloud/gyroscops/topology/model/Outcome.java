package cloud.gyroscops.topology.model;

import cloud.gyroscops.contract.RefusalReason;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** What the model says to a command: a reason to refuse it, or else events. */
record Outcome(RefusalReason reason, List<SpecificRecord> events) {

    static Outcome refused(RefusalReason reason) {
        return new Outcome(reason, List.of());
    }

    static Outcome accepted(SpecificRecord... events) {
        return new Outcome(null, List.of(events));
    }
}
