package cloud.gyroscops.topology.command;

import cloud.gyroscops.contract.channel.Parked;
import cloud.gyroscops.schemas.EventKey;
import java.util.ArrayDeque;
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

    private final KeyValueStore<String, Parked> store;
    private final Map<String, Line> lines = new HashMap<>();
    private long next;

    /** One aggregate's line: the places of what waits, and when something was last asked for the first. */
    private static final class Line {
        private final Deque<Long> places = new ArrayDeque<>();
        private long askedAt;
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
            line.askedAt = now;
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

    /** What is first has learned something, or was asked for again. */
    void replaceFirst(String aggregateId, Parked parked, long now) {
        var line = lines.get(aggregateId);
        line.askedAt = now;
        store.put(EventKey.ordered(aggregateId, line.places.getFirst()), parked);
    }

    /** What was first is done. */
    void removeFirst(String aggregateId) {
        var line = lines.get(aggregateId);
        store.delete(EventKey.ordered(aggregateId, line.places.removeFirst()));
        if (line.places.isEmpty()) {
            lines.remove(aggregateId);
        }
    }

    /** The aggregates for whose first command nothing was asked since. */
    List<String> askedBefore(long time) {
        return lines.entrySet().stream()
                .filter(line -> line.getValue().askedAt < time)
                .map(Map.Entry::getKey)
                .toList();
    }
}
