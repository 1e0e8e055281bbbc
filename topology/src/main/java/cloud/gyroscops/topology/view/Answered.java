package cloud.gyroscops.topology.view;

import java.util.Optional;

/**
 * What one partition answered.
 *
 * @param staleness of the copy that answered; empty: it came from where the partition is worked on
 */
public record Answered<A>(A answer, Optional<Staleness> staleness) {}
