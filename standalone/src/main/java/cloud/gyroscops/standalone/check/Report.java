package cloud.gyroscops.standalone.check;

import java.util.List;
import java.util.Map;

/**
 * What was read and found.
 *
 * @param records read, by topic
 * @param aggregates seen, by type as in topics
 * @param checks how often each invariant was held against something
 * @param counts how often each one is violated; none that is not
 * @param violations the first ones
 * @param lag what could not be judged yet
 */
public record Report(
        Map<String, Long> records,
        Map<String, Long> aggregates,
        Map<Invariant, Long> checks,
        Map<Invariant, Long> counts,
        List<Violation> violations,
        Lag lag) {

    /**
     * What the command topology has not come to: no violation.
     *
     * @param commands that it has not handled
     * @param waiting parked commands and claims that wait for messages between partitions, or stand in a line that moves
     */
    public record Lag(long commands, long waiting) {}

    /** Whether nothing is wrong. */
    public boolean content() {
        return counts.isEmpty();
    }
}
