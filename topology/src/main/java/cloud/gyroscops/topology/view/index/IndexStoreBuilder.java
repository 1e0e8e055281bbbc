package cloud.gyroscops.topology.view.index;

import java.util.Map;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Builds a store with a changelog for each partition.
 *
 * @param <V> the rows
 */
public final class IndexStoreBuilder<V> implements StoreBuilder<IndexStore<V>> {

    private final String name;
    private final Serde<V> rows;
    private final Documents<V> documents;
    private final Map<String, String> changelog;

    /**
     * For stores of that name.
     *
     * @param rows how rows are stored; may be used by several threads
     * @param changelog settings of the changelog
     */
    public IndexStoreBuilder(String name, Serde<V> rows, Documents<V> documents, Map<String, String> changelog) {
        this.name = name;
        this.rows = rows;
        this.documents = documents;
        this.changelog = Map.copyOf(changelog);
    }

    @Override
    public IndexStore<V> build() {
        var indexed = new IndexedRows<>(name, documents, rows.deserializer());
        return new IndexStore<>(
                indexed,
                Stores.keyValueStoreBuilder(supplier(indexed), Serdes.String(), rows)
                        .withCachingDisabled()
                        .withLoggingEnabled(changelog)
                        .build());
    }

    private static KeyValueBytesStoreSupplier supplier(IndexedRows<?> rows) {
        return new KeyValueBytesStoreSupplier() {
            @Override
            public String name() {
                return rows.name();
            }

            @Override
            public KeyValueStore<Bytes, byte[]> get() {
                return rows;
            }

            @Override
            public String metricsScope() {
                return "lucene";
            }
        };
    }

    @Override
    public Map<String, String> logConfig() {
        return changelog;
    }

    @Override
    public boolean loggingEnabled() {
        return true;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public StoreBuilder<IndexStore<V>> withCachingEnabled() {
        throw new UnsupportedOperationException("index " + name + " cannot be cached: searches would not see all");
    }

    @Override
    public StoreBuilder<IndexStore<V>> withCachingDisabled() {
        return this;
    }

    @Override
    public StoreBuilder<IndexStore<V>> withLoggingEnabled(Map<String, String> config) {
        return new IndexStoreBuilder<>(name, rows, documents, config);
    }

    @Override
    public StoreBuilder<IndexStore<V>> withLoggingDisabled() {
        throw new UnsupportedOperationException("index " + name + " would be lost without its changelog");
    }
}
