package cloud.gyroscops.topology.view.partition;

import org.apache.kafka.streams.state.QueryableStoreType;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** The stores of one partition, to be read while they are written. */
public interface PartitionStores {

    /** A store of any type. */
    <T> T store(String name, QueryableStoreType<T> type);

    /** A store of keys and values. */
    default <K, V> ReadOnlyKeyValueStore<K, V> keyValue(String name) {
        return store(name, QueryableStoreTypes.<K, V>keyValueStore());
    }
}
