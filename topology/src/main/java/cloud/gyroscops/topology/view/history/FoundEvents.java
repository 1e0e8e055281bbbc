package cloud.gyroscops.topology.view.history;

import java.util.List;
import java.util.Optional;

/**
 * What a partition has found.
 *
 * @param events in the order that was wanted
 * @param reached where it stopped looking; none if there is no more
 */
record FoundEvents(List<Found> events, Optional<EventPlace> reached) {

    /** An event as it is on the wire. */
    record Found(EventPlace place, byte[] event) {}
}
