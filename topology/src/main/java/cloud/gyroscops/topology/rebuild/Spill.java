package cloud.gyroscops.topology.rebuild;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import org.rocksdb.CompressionType;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.WriteOptions;

/** A sorted pile of bytes on disk, gone when it is closed: more than memory holds, put together by key. */
public final class Spill implements AutoCloseable {

    private static final long BUFFER_BYTES = 32L << 20;

    private final Path directory;
    private final Options options;
    private final WriteOptions writing;
    private final RocksDB db;

    /** Begins an empty one, in a directory that is its own. */
    public Spill(Path directory) {
        this.directory = directory;
        RocksDB.loadLibrary();
        options = new Options()
                .setCreateIfMissing(true)
                .setCompressionType(CompressionType.LZ4_COMPRESSION)
                .setWriteBufferSize(BUFFER_BYTES)
                .setMaxWriteBufferNumber(3);
        // It need not survive anything.
        writing = new WriteOptions().setDisableWAL(true);
        try {
            // One that was killed has left its own.
            delete(directory);
            Files.createDirectories(directory);
            db = RocksDB.open(options, directory.toString());
        } catch (IOException e) {
            throw new UncheckedIOException("no room to work in at " + directory, e);
        } catch (RocksDBException e) {
            throw new IllegalStateException("no room to work in at " + directory, e);
        }
    }

    /** Puts a value, instead of the one that was there. */
    public void put(byte[] key, byte[] value) {
        try {
            db.put(writing, key, value);
        } catch (RocksDBException e) {
            throw failed(e);
        }
    }

    /** Takes a value away. */
    public void delete(byte[] key) {
        try {
            db.delete(writing, key);
        } catch (RocksDBException e) {
            throw failed(e);
        }
    }

    /** The value; null: none. */
    public byte[] get(byte[] key) {
        try {
            return db.get(key);
        } catch (RocksDBException e) {
            throw failed(e);
        }
    }

    /** Everything whose key begins so, in the order of keys. */
    public void each(byte[] prefix, Entry reader) {
        var end = Arrays.copyOf(prefix, prefix.length);
        end[end.length - 1]++;
        try (var bound = new Slice(end);
                var reading = new ReadOptions().setIterateUpperBound(bound).setReadaheadSize(2 << 20);
                RocksIterator entries = db.newIterator(reading)) {
            for (entries.seek(prefix); entries.isValid(); entries.next()) {
                reader.take(entries.key(), entries.value());
            }
            entries.status();
        } catch (RocksDBException e) {
            throw failed(e);
        }
    }

    /** Takes an entry. */
    @FunctionalInterface
    public interface Entry {
        void take(byte[] key, byte[] value);
    }

    private IllegalStateException failed(RocksDBException e) {
        return new IllegalStateException(directory + " cannot be used: " + e.getMessage(), e);
    }

    @Override
    public void close() {
        db.close();
        writing.close();
        options.close();
        delete(directory);
    }

    static void delete(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(directory + " cannot be deleted", e);
        }
    }
}
