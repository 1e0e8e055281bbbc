package cloud.gyroscops.topology.view.index;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.query.Position;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.QueryableStoreType;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.Query;

/**
 * Rows by key, with an index to search them by. Searches may come from any thread, and see all that was put before they
 * began; they throw {@code InvalidStateStoreException} once the store is closed.
 *
 * @param <V> the rows
 */
public final class IndexStore<V> implements StateStore {

    private final IndexedRows<V> rows;
    /** What Kafka Streams puts around the rows: it writes the changelog. */
    private final KeyValueStore<String, V> logged;

    IndexStore(IndexedRows<V> rows, KeyValueStore<String, V> logged) {
        this.rows = rows;
        this.logged = logged;
    }

    /** How such a store is asked for. */
    public static <V> QueryableStoreType<IndexStore<V>> type() {
        return new IndexStoreType<>();
    }

    /** Replaces a row; null: removes it. */
    public void put(String key, V row) {
        rows.about(row);
        try {
            logged.put(key, row);
        } finally {
            // Also where a changelog refuses it: the same store may be restored after that.
            rows.about(null);
        }
    }

    /**
     * Has what was replaced or removed removed from the disk, too, beside the calling thread. Else it stays until the
     * index is tidied for another reason.
     */
    public void purge() {
        rows.purge();
    }

    /**
     * Rows that match, in order.
     *
     * @param after the place to go on after; empty: from the beginning
     * @param skip how many to leave out
     * @param most how many at most
     */
    public Hits<V> find(Query query, Ordering ordering, Optional<Place> after, int skip, int most) {
        return search(searcher -> {
            int total = searcher.count(query);
            int documents = searcher.getIndexReader().maxDoc();
            int wanted = Math.min(skip + most, documents);
            if (total == 0 || wanted == 0) {
                return new Hits<>(total, List.of());
            }
            var best = new Nearest(searcher, query, ordering, wanted, after).find(total);
            var hits = new ArrayList<Hit<V>>();
            for (int i = skip; i < best.scoreDocs.length; i++) {
                hits.add(rows.hit(searcher, ordering, (FieldDoc) best.scoreDocs[i]));
            }
            return new Hits<>(total, hits);
        });
    }

    /** Searches in another way. */
    public <A> A search(Search<A> search) {
        return rows.search(search);
    }

    @Override
    public String name() {
        return rows.name();
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        logged.init(context, root);
    }

    @Override
    @Deprecated
    public boolean managesOffsets() {
        return rows.managesOffsets();
    }

    @Override
    public void commit(Map<TopicPartition, Long> offsets) {
        logged.commit(offsets);
    }

    @Override
    public Long committedOffset(TopicPartition partition) {
        return rows.committedOffset(partition);
    }

    @Override
    public void close() {
        logged.close();
    }

    @Override
    public boolean persistent() {
        return true;
    }

    @Override
    public boolean isOpen() {
        return rows.isOpen();
    }

    @Override
    public Position getPosition() {
        return rows.getPosition();
    }
}
