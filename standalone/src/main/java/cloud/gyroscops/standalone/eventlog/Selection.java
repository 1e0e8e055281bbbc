package cloud.gyroscops.standalone.eventlog;

import cloud.gyroscops.schemas.Aggregate;
import java.util.Optional;
import java.util.Set;

/**
 * Which events are wanted.
 *
 * @param aggregates of which types
 * @param id of one aggregate only; empty: of all
 * @param reading from where to where
 */
public record Selection(Set<Aggregate> aggregates, Optional<String> id, Reading reading) {

    /** From where to where. */
    public enum Reading {
        /** The last few that there are now. */
        LATEST,
        /** All that there are now. */
        ALL,
        /** All, and those to come. */
        ALL_AND_COMING,
        /** Those to come. */
        COMING
    }

    boolean fromBeginning() {
        return reading == Reading.ALL || reading == Reading.ALL_AND_COMING;
    }

    boolean endless() {
        return reading == Reading.COMING || reading == Reading.ALL_AND_COMING;
    }
}
