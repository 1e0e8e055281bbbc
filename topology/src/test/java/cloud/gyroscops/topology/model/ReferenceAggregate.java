package cloud.gyroscops.topology.model;

import cloud.gyroscops.contract.Origin;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;

/** One aggregate in the model: plain fields that are changed in place. */
interface ReferenceAggregate {

    /** Does what is asked, or says why not. */
    Outcome handle(SpecificRecord payload, Origin origin, Instant time);

    /** The fields, as the contract has them. */
    SpecificRecord state();
}
