package cloud.gyroscops.topology.view;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * Where a partition stood when it was looked at.
 *
 * @param behind records that its view did not show yet, wherever it is worked on
 * @param applied the sum of the offsets that its view has come to
 * @param movedAt the time of the last look at which it had come on, or had nowhere to go; nanoseconds
 * @param copy how far the copy is; empty where the partition is worked on
 */
record Standing(long behind, long applied, long movedAt, Optional<Copy> copy) {

    /** The end of a transaction is no record, and a view that shows all need not have passed the last one. */
    private static final long AN_END = 1;

    /** An end in each of the three topics that feed the views by id. */
    private static final long NOTHING_LEFT = 3 * AN_END;

    /**
     * A copy.
     *
     * @param toLoad of what is in its changelogs
     * @param positions how far it has loaded them
     * @param goal what they held when it was looked at first; once that is loaded, it is complete
     */
    record Copy(long toLoad, Map<TopicPartition, Long> positions, Map<TopicPartition, Long> goal, boolean complete) {

        /** The first look at one that has loaded its changelogs so far. */
        static Copy of(Map<TopicPartition, Long> positions, Map<TopicPartition, Long> ends) {
            var goal = new HashMap<TopicPartition, Long>();
            long toLoad = 0;
            for (var position : positions.entrySet()) {
                long end = ends.get(position.getKey());
                goal.put(position.getKey(), end);
                toLoad += Math.max(0, end - position.getValue());
            }
            return new Copy(toLoad, positions, goal, false);
        }

        /** The next look at it; a copy that was begun anew, or of which not all was there, is another one. */
        Copy next(Copy now) {
            boolean another = goal.isEmpty()
                    || !goal.keySet().equals(now.goal.keySet())
                    || now.positions.entrySet().stream()
                            .anyMatch(position -> position.getValue() < positions.getOrDefault(position.getKey(), 0L));
            if (another) {
                return now;
            }
            boolean reached = goal.entrySet().stream()
                    .allMatch(end -> now.positions.getOrDefault(end.getKey(), 0L) + AN_END >= end.getValue());
            return new Copy(now.toLoad, now.positions, goal, complete || reached);
        }
    }

    /** The next look at the same partition. */
    Standing next(Standing now) {
        boolean moved = now.applied != applied || now.behind <= NOTHING_LEFT;
        return new Standing(now.behind, now.applied, moved ? now.movedAt : movedAt, now.copy.map(latest -> copy.map(
                        before -> before.next(latest))
                .orElse(latest)));
    }
}
