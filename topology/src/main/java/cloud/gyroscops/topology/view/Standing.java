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
 * @param lookedAt the time of the look; nanoseconds
 * @param movedAt the time of the last look at which it had come on, or had nowhere to go; nanoseconds
 * @param copy how far the copy is; empty where the partition is worked on
 */
record Standing(long behind, long applied, long lookedAt, long movedAt, Optional<Copy> copy) {

    /** The end of a transaction, which is no record, in each of the three topics that feed the views by id. */
    private static final long NOTHING_LEFT = 3;

    /** The first look at it. */
    Standing(long behind, long applied, long lookedAt, Optional<Copy> copy) {
        this(behind, applied, lookedAt, lookedAt, copy);
    }

    /**
     * A copy. Each of its stores is loaded at its own pace; so what one shows says nothing of the others, but whoever has all
     * that the changelogs held at some time has, in all stores, what was committed until then.
     *
     * @param toLoad of what is in its changelogs
     * @param positions how far it has loaded them
     * @param goal what they held at a look; once that is loaded, there is another goal
     * @param setAt the time at which that look began; nanoseconds
     * @param has the time of which the goal was that it reached last; empty: it is not complete yet
     */
    record Copy(
            long toLoad,
            Map<TopicPartition, Long> positions,
            Map<TopicPartition, Long> goal,
            long setAt,
            Optional<Long> has) {

        /** The first look, begun at that time, at one that has loaded its changelogs so far. */
        static Copy of(Map<TopicPartition, Long> positions, Map<TopicPartition, Ends.End> ends, long now) {
            var goal = new HashMap<TopicPartition, Long>();
            long toLoad = 0;
            for (var position : positions.entrySet()) {
                var end = ends.get(position.getKey());
                goal.put(position.getKey(), end.reach(now));
                toLoad += Math.max(0, end.decided() - position.getValue());
            }
            return new Copy(toLoad, positions, goal, now, Optional.empty());
        }

        /** Whether it had, once, all that there was at one time. */
        boolean complete() {
            return has.isPresent();
        }

        /** Whether it has, in all its stores, what was committed before a time. */
        boolean holds(long time) {
            return has.isPresent() && has.get() - time > 0;
        }

        /** The next look at it; a copy that was begun anew, or of which not all was there, is another one. */
        Copy next(Copy now) {
            if (now.positions.isEmpty()) {
                // It is about to be worked on, or nobody could tell: whoever closes it has it forgotten.
                return this;
            }
            boolean another = goal.isEmpty()
                    || !goal.keySet().equals(now.goal.keySet())
                    || now.positions.entrySet().stream()
                            .anyMatch(position -> position.getValue() < positions.getOrDefault(position.getKey(), 0L));
            if (another) {
                return now;
            }
            return now.reached(goal)
                    ? new Copy(now.toLoad, now.positions, now.goal, now.setAt, Optional.of(setAt))
                    : new Copy(now.toLoad, now.positions, goal, setAt, has);
        }

        /** What was written and then taken back is never loaded: where all is here that is there now, no goal is left. */
        private boolean reached(Map<TopicPartition, Long> former) {
            return positions.entrySet().stream()
                    .allMatch(position -> position.getValue() >= former.get(position.getKey())
                            || position.getValue() >= goal.get(position.getKey()));
        }
    }

    /** The next look at the same partition. */
    Standing next(Standing now) {
        boolean moved = now.applied != applied || now.behind <= NOTHING_LEFT;
        return new Standing(
                now.behind, now.applied, now.lookedAt, moved ? now.movedAt : movedAt, now.copy.map(latest -> copy.map(
                                before -> before.next(latest))
                        .orElse(latest)));
    }
}
