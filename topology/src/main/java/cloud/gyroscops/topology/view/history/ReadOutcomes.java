package cloud.gyroscops.topology.view.history;

import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.topology.view.partition.PartitionStores;
import cloud.gyroscops.topology.view.partition.Question;
import cloud.gyroscops.topology.view.partition.Side;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * What mirrors made of an aggregate, in the order of time. Each target has its own sequence, so all of the aggregate's are
 * looked at.
 *
 * @param from the first place wanted; none: the beginning
 * @param until the time before which; none: the end
 * @param most how many at most
 */
record ReadOutcomes(Aggregate aggregate, String id, Optional<OutcomePlace> from, Optional<Instant> until, int most)
        implements Question<List<ReadOutcomes.Found>> {

    /** An outcome as it is on the wire. */
    record Found(OutcomePlace place, byte[] outcome) {}

    @Override
    public Side side() {
        return Side.BY_ID;
    }

    @Override
    public List<Found> answer(PartitionStores stores) {
        var first = new TreeMap<OutcomePlace, byte[]>();
        try (var all = stores.<String, byte[]>keyValue(OutcomeEntry.STORE)
                .prefixScan(OutcomeEntry.prefix(aggregate, id), new StringSerializer())) {
            while (all.hasNext()) {
                var entry = all.next();
                var place = OutcomeEntry.place(entry.key, entry.value);
                if (isWanted(place)) {
                    first.put(place, entry.value);
                    if (first.size() > most) {
                        first.pollLastEntry();
                    }
                }
            }
        }
        return first.entrySet().stream()
                .map(entry -> new Found(entry.getKey(), HistoryEntry.event(entry.getValue())))
                .toList();
    }

    private boolean isWanted(OutcomePlace place) {
        return from.map(first -> place.compareTo(first) >= 0).orElse(true)
                && until.map(place.time()::isBefore).orElse(true);
    }
}
