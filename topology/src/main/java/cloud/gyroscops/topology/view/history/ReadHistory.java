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
 * An aggregate's events in order, as they are on the wire.
 *
 * @param from the first version wanted
 * @param most how many at most
 */
public record ReadHistory(Aggregate aggregate, String id, long from, int most) implements Question<List<byte[]>> {

    @Override
    public Side side() {
        return Side.BY_ID;
    }

    @Override
    public List<byte[]> answer(PartitionStores stores) {
        var events = new ArrayList<byte[]>();
        try (var found = stores.<String, byte[]>keyValue(ViewModel.historyStore(aggregate))
                .range(EventKey.ordered(id, from), EventKey.ordered(id, Long.MAX_VALUE))) {
            while (found.hasNext() && events.size() < most) {
                events.add(HistoryEntry.event(found.next().value));
            }
        }
        return events;
    }
}
