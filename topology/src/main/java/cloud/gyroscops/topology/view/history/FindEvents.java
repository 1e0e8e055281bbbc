package cloud.gyroscops.topology.view.history;

import cloud.gyroscops.contract.user.UserStatus;
import cloud.gyroscops.contract.view.UserView;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.EventKey;
import cloud.gyroscops.topology.view.history.FoundEvents.Found;
import cloud.gyroscops.topology.view.partition.PartitionStores;
import cloud.gyroscops.topology.view.partition.Question;
import cloud.gyroscops.topology.view.partition.Side;
import cloud.gyroscops.topology.view.partition.ViewModel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.KeyValueIterator;

/**
 * A partition's events by type and time, in order. Looks at a bounded number of events, wanted or not, returns a bounded
 * number of bytes, and tells where it stopped.
 *
 * @param types simple names; at least one
 * @param from the earliest time
 * @param to the time before which
 * @param after behind which place, in the wanted order
 * @param most how many at most
 */
record FindEvents(
        List<String> types,
        Instant from,
        Instant to,
        Optional<String> organizationId,
        Optional<String> actor,
        boolean newestFirst,
        Optional<EventPlace> after,
        int most)
        implements Question<FoundEvents> {

    /** What a filter lets pass may be rare. */
    static final int MOST_LOOKED_AT = 20_000;

    /** A page ends with the event that makes it so large. */
    static final int MOST_BYTES = 1 << 20;

    @Override
    public Side side() {
        return Side.BY_ID;
    }

    /** What a filter lets pass may be rare. */
    @Override
    public Duration takes() {
        return Duration.ofSeconds(10);
    }

    @Override
    public FoundEvents answer(PartitionStores stores) {
        var opened = new ArrayList<Range>();
        try {
            var ahead = new PriorityQueue<Range>(Comparator.comparing(range -> range.place, order(newestFirst)));
            for (var type : types) {
                var range = new Range(stores, type);
                opened.add(range);
                if (range.advance()) {
                    ahead.add(range);
                }
            }
            return merged(stores, ahead);
        } finally {
            opened.forEach(range -> range.entries.close());
        }
    }

    static Comparator<EventPlace> order(boolean newestFirst) {
        return newestFirst ? Comparator.reverseOrder() : Comparator.naturalOrder();
    }

    private FoundEvents merged(PartitionStores stores, PriorityQueue<Range> ahead) {
        var found = new ArrayList<Found>();
        int bytes = 0;
        for (int looked = 1; !ahead.isEmpty(); looked++) {
            var range = ahead.poll();
            var place = range.place;
            if (wanted(range.value)) {
                byte[] entry = stores.<String, byte[]>keyValue(ViewModel.historyStore(range.aggregate))
                        .get(place.key());
                if (entry != null) {
                    found.add(new Found(place, HistoryEntry.event(entry)));
                    bytes += entry.length;
                } else if (!erased(stores, range.aggregate, place)) {
                    throw new InvalidStateStoreException("the history of " + range.aggregate.plural()
                            + " is behind the index of its events in this copy: it lacks " + place.key());
                }
            }
            if (range.advance()) {
                ahead.add(range);
            }
            if (!ahead.isEmpty() && (found.size() == most || bytes >= MOST_BYTES || looked == MOST_LOOKED_AT)) {
                return new FoundEvents(found, Optional.of(place));
            }
        }
        return new FoundEvents(found, Optional.empty());
    }

    /** Whether it is of a user that is being erased; that shows in the view before anything is taken away. */
    private static boolean erased(PartitionStores stores, Aggregate aggregate, EventPlace place) {
        var view = stores.<String, SpecificRecord>keyValue(ViewModel.viewStore(aggregate))
                .get(EventKey.aggregateId(place.key()));
        return view instanceof UserView user && user.getState().getStatus() == UserStatus.ERASED;
    }

    private boolean wanted(String value) {
        return organizationId.map(EventIndex.organization(value)::equals).orElse(true)
                && actor.map(EventIndex.actor(value)::equals).orElse(true);
    }

    /** The events of one type. */
    private final class Range {

        final Aggregate aggregate;
        final KeyValueIterator<String, String> entries;
        EventPlace place;
        String value;

        Range(PartitionStores stores, String type) {
            aggregate = EventTypes.aggregateOf(type).orElseThrow();
            var index = stores.<String, String>keyValue(EventIndex.store(aggregate));
            var lower = EventIndex.from(type, newestFirst ? from : later(from));
            var upper = EventIndex.from(type, newestFirst ? earlier(to) : to);
            entries = newestFirst ? index.reverseRange(lower, upper) : index.range(lower, upper);
        }

        private Instant later(Instant start) {
            return after.map(EventPlace::time).filter(start::isBefore).orElse(start);
        }

        /** The events of the place's own millisecond are behind it, too. */
        private Instant earlier(Instant end) {
            return after.map(place -> place.time().plusMillis(1))
                    .filter(end::isAfter)
                    .orElse(end);
        }

        boolean advance() {
            while (entries.hasNext()) {
                var entry = entries.next();
                value = entry.value;
                place = new EventPlace(EventIndex.time(entry.key), EventIndex.event(entry.key), aggregate);
                if (after.isEmpty() || order(newestFirst).compare(place, after.get()) > 0) {
                    return true;
                }
            }
            return false;
        }
    }
}
