package cloud.gyroscops.topology.view;

import cloud.gyroscops.topology.view.partition.Side;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How far a partition of the views is.
 *
 * @param role what this instance does with it
 * @param lag records that the view did not show yet, at the last look; ends of transactions count, too; empty if there was
 *     no look, or none lately
 * @param toLoad records of the changelogs that this instance's stores lack; 0 where it works on the partition; empty likewise
 * @param lastApplied when this instance applied a record last; empty if it did not since it began to work on it
 * @param lookedAt when the last look was; empty if there was none yet
 */
public record ViewProgress(
        Side side,
        int partition,
        Role role,
        OptionalLong lag,
        OptionalLong toLoad,
        Optional<Instant> lastApplied,
        Optional<Instant> lookedAt) {

    /** What an instance does with a partition. */
    public enum Role {
        /** It applies events. */
        WORKING,
        /** It is to work on it, and loads its stores. */
        RESTORING,
        /** It keeps a copy, should another instance fail. */
        STANDBY
    }
}
