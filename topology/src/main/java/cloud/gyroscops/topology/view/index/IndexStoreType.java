package cloud.gyroscops.topology.view.index;

import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.state.QueryableStoreType;
import org.apache.kafka.streams.state.internals.StateStoreProvider;

/** The one index store of a partition. */
final class IndexStoreType<V> implements QueryableStoreType<IndexStore<V>> {

    @Override
    public boolean accepts(StateStore store) {
        return store instanceof IndexStore;
    }

    @Override
    public IndexStore<V> create(StateStoreProvider provider, String name) {
        var stores = provider.stores(name, this);
        if (stores.size() != 1) {
            throw new InvalidStateStoreException(
                    "there are " + stores.size() + " indexes " + name + " here; one partition's is asked for");
        }
        return stores.get(0);
    }
}
