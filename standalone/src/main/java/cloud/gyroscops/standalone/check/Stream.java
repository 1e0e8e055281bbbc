package cloud.gyroscops.standalone.check;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** One aggregate, as far as its events have been read. */
final class Stream {

    final String id;
    long version;
    /** The version that was there before any end was fixed. */
    long settledVersion;
    /** The last event. */
    Place last;

    Instant occurredAt;
    /** Null: not known, since events are missing. */
    SpecificRecord state;

    boolean erased;
    /** The highest version that is a tombstone. */
    long tombstone;

    Place tombstoned;
    /** What else the command of the last event must have made, in order. */
    List<SpecificRecord> rest = List.of();

    String causationId;
    /** What is wrong unless the aggregate turns out to be erased. */
    List<Violation> unlessErased = List.of();

    Stream(String id, SpecificRecord initial) {
        this.id = id;
        this.state = initial;
    }

    void unlessErased(Invariant invariant, Place place, String sentence) {
        if (unlessErased.isEmpty()) {
            unlessErased = new ArrayList<>(1);
        }
        unlessErased.add(new Violation(invariant, place, sentence));
    }
}
