package cloud.gyroscops.topology.view.history;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/**
 * What a partition remembers of an aggregate at one moment of its past.
 *
 * @param outcome what the other parts mean
 * @param snapshot the latest one that is not later; none if there are few events
 * @param events those since the snapshot, as they are on the wire
 * @param version the one that was wanted, if it was found; else the one that tells why not
 * @param time of that version; none where nothing is known
 */
record Recollection(
        Outcome outcome, Optional<SpecificRecord> snapshot, List<byte[]> events, long version, Optional<Instant> time) {

    enum Outcome {
        FOUND,
        UNKNOWN,
        NOT_YET_THERE,
        STILL_TO_COME,
        ERASED
    }

    static Recollection none(Outcome outcome, long version, Instant time) {
        return new Recollection(outcome, Optional.empty(), List.of(), version, Optional.ofNullable(time));
    }
}
