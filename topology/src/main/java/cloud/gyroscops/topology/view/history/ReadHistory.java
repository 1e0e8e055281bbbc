package cloud.gyroscops.topology.view.history;

import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.EventKey;
import cloud.gyroscops.topology.view.partition.PartitionStores;
import cloud.gyroscops.topology.view.partition.Question;
import cloud.gyroscops.topology.view.partition.Side;
import cloud.gyroscops.topology.view.partition.ViewModel;
import java.util.ArrayList;
import java.util.List;

/**
 * An aggregate's events in order, as they are on the wire; fewer where they are large.
 *
 * @param from the first version wanted
 * @param most how many at most
 */
public record ReadHistory(Aggregate aggregate, String id, long from, int most) implements Question<List<byte[]>> {

    /** A page ends with the event that makes it so large. */
    static final int MOST_BYTES = 1 << 20;

    @Override
    public Side side() {
        return Side.BY_ID;
    }

    @Override
    public List<byte[]> answer(PartitionStores stores) {
        var history = stores.<String, byte[]>keyValue(ViewModel.historyStore(aggregate));
        if (most == 1) {
            // Much cheaper than a range, and what details of users ask.
            var event = history.get(EventKey.ordered(id, from));
            if (event != null) {
                return List.of(HistoryEntry.event(event));
            }
        }
        var events = new ArrayList<byte[]>();
        try (var found = history.range(EventKey.ordered(id, from), EventKey.ordered(id, Long.MAX_VALUE))) {
            for (int bytes = 0; found.hasNext() && events.size() < most && bytes < MOST_BYTES; ) {
                var event = HistoryEntry.event(found.next().value);
                bytes += event.length;
                events.add(event);
            }
        }
        return events;
    }

    /** Whether an answer may have ended before the events did. */
    boolean mayHaveMoreThan(List<byte[]> events) {
        return events.size() == most
                || events.stream().mapToInt(event -> event.length).sum() >= MOST_BYTES;
    }
}
