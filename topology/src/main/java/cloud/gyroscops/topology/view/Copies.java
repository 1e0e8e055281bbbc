package cloud.gyroscops.topology.view;

import java.util.Optional;

/** What an instance has of partitions that are worked on elsewhere, or nowhere at the moment. */
@FunctionalInterface
interface Copies {

    Copies NONE = place -> Optional.empty();

    /** How far behind its copy is; empty if it has none that was complete since it was made. */
    Optional<Staleness> staleness(Place place);

    /**
     * Whether all stores of its copy have what was committed before a time, in nanoseconds: each is loaded on its own, and
     * that one shows a change does not mean that the others do.
     */
    default boolean holds(Place place, long time) {
        return false;
    }

    /**
     * How far behind a partition may be that is worked on here, if nobody knows: an instance that does not reach the cluster
     * is not told that others work on its partitions.
     */
    default Optional<Staleness> doubt(Place place) {
        return Optional.empty();
    }
}
