package cloud.gyroscops.topology.view.index;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.TaskCorruptedException;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.query.Position;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.store.AlreadyClosedException;

/**
 * The innermost of an {@link IndexStore}, in the shape that Kafka Streams' own layer around it, which writes the changelog,
 * knows. The changelog's offsets are committed together with the documents.
 *
 * @param <V> the rows
 */
final class IndexedRows<V> implements KeyValueStore<Bytes, byte[]> {

    /** Restored and standby stores are asked to commit all the time; each commit waits for the disk. */
    private static final Duration COMMIT_EVERY = Duration.ofSeconds(10);

    /** One purge, which may write all of an index again, is for all that is to go until then. */
    private static final Duration PURGE_AFTER = Duration.ofSeconds(10);

    /** A copy is told what is gone, not why: most of it was deleted, which is in no such hurry as an erasure. */
    private static final Duration PURGE_COPY_AFTER = Duration.ofMinutes(5);

    private final String name;
    private final Documents<V> documents;
    private final Deserializer<V> rows;
    private final Position position = Position.emptyPosition();
    private volatile LuceneIndex index;
    /** What the bytes that are put next were made of; null while it is restored. Known to the writing thread alone. */
    private V about;

    IndexedRows(String name, Documents<V> documents, Deserializer<V> rows) {
        this.name = name;
        this.documents = documents;
        this.rows = rows;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        try {
            index = new LuceneIndex(
                    context.stateDir().toPath().resolve("lucene").resolve(name), COMMIT_EVERY);
        } catch (CorruptIndexException | EOFException | FileNotFoundException | NoSuchFileException e) {
            // Something of it is gone: wiped and restored.
            throw new TaskCorruptedException(Set.of(context.taskId()), new ProcessorStateException(e));
        } catch (IOException e) {
            throw new ProcessorStateException("index " + name + " cannot be opened", e);
        }
        context.register(root, this::restore);
    }

    private void restore(byte[] key, byte[] row) {
        write(text(key), row);
        if (row == null) {
            // The changelog may still have had what is deleted here.
            index.purge(PURGE_COPY_AFTER);
        }
    }

    /** Tells what the bytes that are put next are made of, so that they need not be read again; null: they must. */
    void about(V row) {
        about = row;
    }

    @Override
    public void put(Bytes key, byte[] row) {
        write(text(key.get()), row);
    }

    private void write(String key, byte[] row) {
        try {
            if (row == null) {
                index.delete(RowFields.term(key));
            } else {
                var document = documents.of(key, about == null ? rows.deserialize(name, row) : about);
                index.put(RowFields.term(key), RowFields.add(document, key, row));
            }
        } catch (IOException e) {
            throw new ProcessorStateException("index " + name + " cannot be written", e);
        }
    }

    void purge() {
        index.purge(PURGE_AFTER);
    }

    /** Throws {@code InvalidStateStoreException} where the store is closed. */
    <A> A search(Search<A> search) {
        var open = index;
        if (open == null) {
            throw closed(null);
        }
        try {
            return open.search(search);
        } catch (AlreadyClosedException e) {
            throw closed(e);
        } catch (IOException e) {
            throw new ProcessorStateException("index " + name + " cannot be read", e);
        }
    }

    private InvalidStateStoreException closed(AlreadyClosedException cause) {
        return new InvalidStateStoreException("index " + name + " is closed; it may have moved", cause);
    }

    Hit<V> hit(IndexSearcher searcher, Ordering ordering, FieldDoc found) throws IOException {
        Document stored = searcher.storedFields().document(found.doc, RowFields.STORED);
        return new Hit<>(ordering.place(found), rows.deserialize(name, RowFields.row(stored)));
    }

    @Override
    @Deprecated
    public boolean managesOffsets() {
        return true;
    }

    @Override
    public void commit(Map<TopicPartition, Long> offsets) {
        try {
            if (offsets.isEmpty()) {
                index.unmark();
            } else {
                var marks = new HashMap<String, String>();
                offsets.forEach((partition, offset) ->
                        marks.put(partition.toString(), offset == null ? null : offset.toString()));
                index.mark(marks);
            }
        } catch (IOException e) {
            throw new ProcessorStateException("index " + name + " cannot be committed", e);
        }
    }

    @Override
    public Long committedOffset(TopicPartition partition) {
        var offset = index.mark(partition.toString());
        return offset == null ? null : Long.valueOf(offset);
    }

    @Override
    public void close() {
        var open = index;
        index = null;
        if (open == null) {
            return;
        }
        try {
            open.close();
        } catch (IOException e) {
            throw new ProcessorStateException("index " + name + " cannot be closed", e);
        }
    }

    @Override
    public boolean persistent() {
        return true;
    }

    @Override
    public boolean isOpen() {
        return index != null;
    }

    /** Positions of queries are not followed: tokens do that. */
    @Override
    public Position getPosition() {
        return position;
    }

    @Override
    public byte[] putIfAbsent(Bytes key, byte[] row) {
        throw onlyPut();
    }

    @Override
    public void putAll(List<KeyValue<Bytes, byte[]>> entries) {
        entries.forEach(entry -> put(entry.key, entry.value));
    }

    @Override
    public byte[] delete(Bytes key) {
        throw onlyPut();
    }

    @Override
    public byte[] get(Bytes key) {
        throw onlyPut();
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> range(Bytes from, Bytes to) {
        throw onlyPut();
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> all() {
        throw onlyPut();
    }

    @Override
    public long approximateNumEntries() {
        throw onlyPut();
    }

    private static UnsupportedOperationException onlyPut() {
        return new UnsupportedOperationException("an index is put into and searched; it is no map");
    }

    private static String text(byte[] key) {
        return new String(key, StandardCharsets.UTF_8);
    }
}
