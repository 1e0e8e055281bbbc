package cloud.gyroscops.topology.view;

import cloud.gyroscops.topology.view.partition.Side;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.QueryableStoreType;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.internals.StateStoreProvider;

/**
 * The partitions that this instance works on, told by their processors: these are opened when all stores are restored, and
 * closed before a partition is given away or its stores are wiped. The states of threads say less: a thread that restores
 * one partition works on its others.
 */
public final class WorkedPartitions {

    private final Map<Place, Work> worked = new ConcurrentHashMap<>();
    private final Map<Lent, Object> stores = new ConcurrentHashMap<>();
    private volatile Consumer<Place> onEnd = place -> {};

    /** To be told, before stores close, of partitions that are no longer worked on. */
    void onEnd(Consumer<Place> reaction) {
        onEnd = reaction;
    }

    /** A partition's work begins, until it is closed. */
    Work begin(Side side, int partition) {
        var work = new Work(new Place(side, partition));
        worked.put(work.place, work);
        return work;
    }

    /** Tells of a record that a processor applied beside the one whose work it is. */
    void applied(Side side, int partition, long now) {
        Optional.ofNullable(worked.get(new Place(side, partition))).ifPresent(work -> work.applied(now));
    }

    boolean contains(Place place) {
        return worked.containsKey(place);
    }

    /** When a record was applied last; empty if none was since the work began. */
    Optional<Instant> lastApplied(Place place) {
        return Optional.ofNullable(worked.get(place))
                .map(work -> work.lastApplied)
                .filter(time -> time > 0)
                .map(Instant::ofEpochMilli);
    }

    /**
     * A processor's stores, to be read by queries until what is returned is closed. Kafka Streams would look for them
     * through all tasks of all threads, under their locks, with every read.
     */
    Loan lend(Side side, ProcessorContext<?, ?> context, List<String> names) {
        return lend(side, context, names, Map.of());
    }

    /** The same, where queries are to read some of them as what is given by their names. */
    Loan lend(
            Side side,
            ProcessorContext<?, ?> context,
            List<String> names,
            Map<String, ReadOnlyKeyValueStore<?, ?>> readAs) {
        var lent = new HashMap<Lent, Object>();
        var place = new Place(side, context.taskId().partition());
        names.forEach(name -> {
            var read = readAs.get(name);
            lent.put(new Lent(place, name), read == null ? context.getStateStore(name) : read);
        });
        stores.putAll(lent);
        return () -> lent.forEach(stores::remove);
    }

    /** A store of a partition, if a processor lends it; throws {@code InvalidStateStoreException} once it is closed. */
    <T> Optional<T> store(Place place, String name, QueryableStoreType<T> type) {
        return Optional.ofNullable(stores.get(new Lent(place, name))).map(store -> type.create(only(store), name));
    }

    private static StateStoreProvider only(Object store) {
        return new StateStoreProvider() {
            @Override
            @SuppressWarnings("unchecked")
            public <T> List<T> stores(String name, QueryableStoreType<T> type) {
                // As the type that is asked for accepts it: queries know what they ask for.
                return List.of((T) store);
            }
        };
    }

    private record Lent(Place place, String store) {}

    /** Stores that are lent. */
    @FunctionalInterface
    interface Loan extends AutoCloseable {
        @Override
        void close();
    }

    /** The work on one partition. */
    final class Work implements AutoCloseable {

        private final Place place;
        private volatile long lastApplied;

        private Work(Place place) {
            this.place = place;
        }

        void applied(long now) {
            lastApplied = now;
        }

        @Override
        public void close() {
            worked.remove(place, this);
            onEnd.accept(place);
        }
    }
}
