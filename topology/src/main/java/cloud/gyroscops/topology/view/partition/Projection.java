package cloud.gyroscops.topology.view.partition;

import cloud.gyroscops.contract.view.ViewChange;
import java.util.Set;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * Something that is kept of the changes of a partition's views: lists, figures. It sees every change exactly once, and of an
 * aggregate in order. Kept by organization, where a change arrives in the partition of its organization, or over
 * everything, in the partition of the aggregate.
 */
public interface Projection {

    /** The stores that it writes. */
    Set<StoreBuilder<?>> stores();

    /** Begins to write a partition's stores. */
    Updates open(Stores stores);

    /** A partition's stores by name. */
    interface Stores {
        <S extends StateStore> S store(String name);
    }

    /** What a partition's changes do. */
    @FunctionalInterface
    interface Updates {
        void apply(ViewChange change);
    }
}
