package cloud.gyroscops.topology.view;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * A store of views that many answers need, and change rarely: those that were read lately are kept decoded. What is read is
 * what the store has: whoever writes it {@linkplain #forget forgets} right then what was there, and nothing is read once the
 * store is closed. Views that are kept are read by many threads, and changed by none.
 */
final class RememberedViews<V> implements ReadOnlyKeyValueStore<String, V> {

    private final KeyValueStore<String, V> store;
    private final int most;
    private final Map<String, V> remembered = new ConcurrentHashMap<>();

    /**
     * Nothing is kept yet.
     *
     * @param most about as many are kept; then all are forgotten
     */
    RememberedViews(KeyValueStore<String, V> store, int most) {
        this.store = store;
        this.most = most;
    }

    /**
     * To be called by the one thread that writes, after each write. Who reads meanwhile holds the key's place in the map: what
     * it has found before the write is forgotten after it, and what it finds later is what was written.
     */
    void forget(String key) {
        remembered.remove(key);
    }

    @Override
    public V get(String key) {
        if (!store.isOpen()) {
            throw new InvalidStateStoreException("the store " + store.name() + " is closed");
        }
        var known = remembered.get(key);
        if (known != null) {
            return known;
        }
        if (remembered.size() >= most) {
            remembered.clear();
        }
        return remembered.computeIfAbsent(key, store::get);
    }

    @Override
    public KeyValueIterator<String, V> range(String from, String to) {
        return store.range(from, to);
    }

    @Override
    public KeyValueIterator<String, V> all() {
        return store.all();
    }

    @Override
    public long approximateNumEntries() {
        return store.approximateNumEntries();
    }
}
