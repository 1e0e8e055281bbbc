package cloud.gyroscops.topology.view;

import cloud.gyroscops.topology.view.partition.Side;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The partitions that this instance works on, told by their processors: these are opened when all stores are restored, and
 * closed before a partition is given away or its stores are wiped. The states of threads say less: a thread that restores
 * one partition works on its others.
 */
public final class WorkedPartitions {

    private final Map<Place, Work> worked = new ConcurrentHashMap<>();
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
