package cloud.gyroscops.topology.view.history;

import cloud.gyroscops.contract.user.UserState;
import cloud.gyroscops.contract.user.UserStatus;
import cloud.gyroscops.contract.view.Applied;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.EventKey;
import cloud.gyroscops.topology.view.history.Recollection.Outcome;
import cloud.gyroscops.topology.view.partition.PartitionStores;
import cloud.gyroscops.topology.view.partition.Question;
import cloud.gyroscops.topology.view.partition.Side;
import cloud.gyroscops.topology.view.partition.ViewModel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * An aggregate at a moment of its past: the nearest snapshot before it, and the events since, which are fewer than a
 * hundred. Either a version or a time is wanted; at a time, that is what the last event until then has left.
 *
 * @param version from 1
 */
record Recall(Aggregate aggregate, String id, Optional<Long> version, Optional<Instant> time)
        implements Question<Recollection> {

    @Override
    public Side side() {
        return Side.BY_ID;
    }

    @Override
    public Recollection answer(PartitionStores stores) {
        var recollection = recollect(stores);
        // An erasure shows in the view before it takes anything away: what was read before the view is whole.
        var view = view(stores);
        boolean erased = view != null
                && view.get(1) instanceof UserState user
                && user.getStatus() == UserStatus.ERASED
                && recollection
                        .filter(found -> found.outcome() == Outcome.STILL_TO_COME)
                        .isEmpty();
        return erased
                ? Recollection.none(
                        Outcome.ERASED,
                        applied(view).getVersion(),
                        applied(view).getUpdatedAt())
                : recollection.orElseThrow(() -> new InvalidStateStoreException(
                        "the history of " + aggregate.plural() + "/" + id + " is behind its view in this copy"));
    }

    /** Empty if the history lacks what the view shows: in a copy, each store is loaded on its own. */
    private Optional<Recollection> recollect(PartitionStores stores) {
        var view = view(stores);
        if (view == null) {
            return Optional.of(Recollection.none(Outcome.UNKNOWN, 0, null));
        }
        ReadOnlyKeyValueStore<String, byte[]> history = stores.keyValue(ViewModel.historyStore(aggregate));
        var first = first(history.range(key(0), key(Long.MAX_VALUE)));
        if (first.isEmpty()) {
            return Optional.empty();
        }
        long firstVersion = EventKey.version(first.get().key);
        var firstTime = HistoryEntry.time(first.get().value);
        long latest = applied(view).getVersion();
        if (version.isPresent() && version.get() > latest) {
            return Optional.of(Recollection.none(
                    Outcome.STILL_TO_COME, latest, applied(view).getUpdatedAt()));
        }
        if (version.isPresent() ? version.get() < firstVersion : firstTime.isAfter(time.orElseThrow())) {
            return Optional.of(Recollection.none(Outcome.NOT_YET_THERE, firstVersion, firstTime));
        }
        long wanted = version.orElseGet(() -> lastUntil(time.orElseThrow(), history, firstVersion, latest));
        boolean nextIsMissing = version.isEmpty()
                && wanted < latest
                && first(history.range(key(wanted + 1), key(latest))).isEmpty();
        return nextIsMissing
                ? Optional.empty()
                : until(wanted, history, stores.keyValue(ViewModel.snapshotStore(aggregate)));
    }

    /** The version that the last event until a time has made: between these two, the first of which is early enough. */
    private long lastUntil(Instant until, ReadOnlyKeyValueStore<String, byte[]> history, long first, long last) {
        long early = first;
        long high = last;
        while (early < high) {
            long middle = early + (high - early + 1) / 2;
            // Versions may be missing while those of a user that will turn out to be erased are removed.
            var found = first(history.range(key(middle), key(high)));
            if (found.isEmpty() || HistoryEntry.time(found.get().value).isAfter(until)) {
                high = middle - 1;
            } else {
                early = EventKey.version(found.get().key);
            }
        }
        return early;
    }

    private Optional<Recollection> until(
            long wanted,
            ReadOnlyKeyValueStore<String, byte[]> history,
            ReadOnlyKeyValueStore<String, SpecificRecord> snapshots) {
        var snapshot = first(snapshots.reverseRange(key(0), key(wanted)));
        long from = snapshot.map(found -> EventKey.version(found.key) + 1).orElse(0L);
        long folded = from - 1;
        List<byte[]> events = new ArrayList<>();
        try (var found = history.range(key(from), key(wanted))) {
            while (found.hasNext()) {
                var entry = found.next();
                folded = EventKey.version(entry.key);
                events.add(HistoryEntry.event(entry.value));
            }
        }
        return folded < wanted
                ? Optional.empty()
                : Optional.of(new Recollection(
                        Outcome.FOUND, snapshot.map(found -> found.value), events, wanted, Optional.empty()));
    }

    private SpecificRecord view(PartitionStores stores) {
        return stores.<String, SpecificRecord>keyValue(ViewModel.viewStore(aggregate))
                .get(id);
    }

    private static Applied applied(SpecificRecord view) {
        return (Applied) view.get(0);
    }

    private static <V> Optional<KeyValue<String, V>> first(KeyValueIterator<String, V> entries) {
        try (entries) {
            return entries.hasNext() ? Optional.of(entries.next()) : Optional.empty();
        }
    }

    private String key(long ofVersion) {
        return EventKey.ordered(id, ofVersion);
    }
}
