package cloud.gyroscops.topology.view;

import java.util.List;
import java.util.Set;

/**
 * What all partitions answered, or all but some.
 *
 * @param answers in the order of the partitions
 * @param missing the partitions that nobody could answer for; empty unless that was allowed
 */
public record Answers<A>(List<A> answers, Set<Integer> missing) {

    /** Whether some are missing. */
    public boolean partial() {
        return !missing.isEmpty();
    }
}
