package cloud.gyroscops.topology.command;

import cloud.gyroscops.contract.channel.Parked;
import cloud.gyroscops.schemas.EventKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * What waits for answers: per aggregate in the order of arrival, so that nothing overtakes a command that waits. Who
 * waits is kept in memory, too: most commands meet nobody, and must not pay for looking.
 */
final class Parking {

    /** Answers come within a second or so; one that does not was lost with a topic, or waits for somebody else. */
    static final long ASK_AGAIN_AFTER_MS = 10_000;
    /** Under a backlog, questions that are asked again and again would make it longer. */
    private static final long ASK_AGAIN_AT_LEAST_EVERY_MS = 300_000;

    private final KeyValueStore<String, Parked> store;
    private final Map<String, Line> lines = new HashMap<>();
    private long next;

    /** One aggregate's line: the places of what waits, and when to ask again for the first. */
    private static final class Line {
        private final Deque<Long> places = new ArrayDeque<>();
        private long askAgainAt;
        private long pauseMs = ASK_AGAIN_AFTER_MS;

        private void asked(long now) {
            askAgainAt = now + pauseMs;
        }
    }

    /** Takes up what waits in the store; all of it counts as never asked. */
    Parking(KeyValueStore<String, Parked> store) {
        this.store = store;
        try (var all = store.all()) {
            while (all.hasNext()) {
                var key = all.next().key;
                long place = EventKey.version(key);
                lines.computeIfAbsent(EventKey.aggregateId(key), id -> new Line())
                        .places
                        .add(place);
                next = Math.max(next, place + 1);
            }
        }
    }

    /** Whether something of the aggregate waits. */
    boolean holds(String aggregateId) {
        return !lines.isEmpty() && lines.containsKey(aggregateId);
    }

    /** How many aggregates wait. */
    int size() {
        return lines.size();
    }

    /** Puts something at the end of the aggregate's line. */
    void add(String aggregateId, Parked parked, long now) {
        var line = lines.computeIfAbsent(aggregateId, id -> new Line());
        if (line.places.isEmpty()) {
            line.asked(now);
        }
        line.places.add(next);
        store.put(EventKey.ordered(aggregateId, next), parked);
        next++;
    }

    /** What is first in the aggregate's line; null if nothing waits. */
    Parked first(String aggregateId) {
        var line = lines.get(aggregateId);
        return line == null ? null : store.get(EventKey.ordered(aggregateId, line.places.getFirst()));
    }

    /** What is first has learned something, or has just become the first, or was asked for again. */
    void replaceFirst(String aggregateId, Parked parked, long now) {
        var line = lines.get(aggregateId);
        line.asked(now);
        store.put(EventKey.ordered(aggregateId, line.places.getFirst()), parked);
    }

    /** What was first is done. */
    void removeFirst(String aggregateId) {
        var line = lines.get(aggregateId);
        store.delete(EventKey.ordered(aggregateId, line.places.removeFirst()));
        line.pauseMs = ASK_AGAIN_AFTER_MS;
        if (line.places.isEmpty()) {
            lines.remove(aggregateId);
        }
    }

    /** The aggregates for whose first command it is time to ask again; the next time comes twice as late. */
    List<String> toAskAgain(long now) {
        var ids = new ArrayList<String>();
        lines.forEach((id, line) -> {
            if (line.askAgainAt <= now) {
                line.pauseMs = Math.min(2 * line.pauseMs, ASK_AGAIN_AT_LEAST_EVERY_MS);
                line.asked(now);
                ids.add(id);
            }
        });
        return ids;
    }
}
