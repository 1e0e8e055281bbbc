package cloud.gyroscops.topology.rebuild;

import cloud.gyroscops.schemas.Aggregate;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.BiConsumer;

/**
 * All that is told of aggregates, put together by aggregate: its commands, its events, its results, each in order. And
 * the claims that follow from it.
 */
final class Pile implements AutoCloseable {

    /** In the order in which they are met. */
    enum Kind {
        COMMAND,
        EVENT,
        RESULT
    }

    private static final byte AGGREGATES = 1;
    private static final byte CLAIMS = 2;
    private static final byte[] ALL_CLAIMS = {CLAIMS};
    private static final int PREFIX_LENGTH = 7;

    private final Spill spill;

    Pile(Path directory) {
        spill = new Spill(directory);
    }

    /** Something about one aggregate: in the order of place and number. */
    void put(Aggregate aggregate, int partition, String id, Kind kind, int place, long number, byte[] value) {
        spill.put(key(aggregate, partition, id, kind, place, number), value);
    }

    /** An event was removed. */
    void removeEvent(Aggregate aggregate, int partition, String id, long version) {
        spill.delete(key(aggregate, partition, id, Kind.EVENT, 0, version));
    }

    /** Everything about the aggregates of one type and partition, aggregate by aggregate. */
    void each(Aggregate aggregate, int partition, Reader reader) {
        spill.each(prefix(aggregate, partition), (key, value) -> {
            // Behind the id: a zero, the kind, the place and the number.
            int idEnd = key.length - 2 - Integer.BYTES - Long.BYTES;
            var id = new String(key, PREFIX_LENGTH, idEnd - PREFIX_LENGTH, StandardCharsets.UTF_8);
            var rest = ByteBuffer.wrap(key, idEnd + 1, key.length - idEnd - 1);
            reader.take(id, Kind.values()[rest.get()], rest.getInt(), rest.getLong(), value);
        });
    }

    /** Takes one thing about one aggregate. */
    @FunctionalInterface
    interface Reader {
        void take(String id, Kind kind, int place, long number, byte[] value);
    }

    /** Who holds a value, as stored; null: nobody yet. */
    byte[] claim(String key) {
        return spill.get(claimKey(key));
    }

    void putClaim(String key, byte[] stored) {
        spill.put(claimKey(key), stored);
    }

    /** All claims, as stored. */
    void eachClaim(BiConsumer<String, byte[]> reader) {
        spill.each(
                ALL_CLAIMS,
                (key, value) -> reader.accept(new String(key, 1, key.length - 1, StandardCharsets.UTF_8), value));
    }

    private static byte[] claimKey(String key) {
        var text = key.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(1 + text.length).put(CLAIMS).put(text).array();
    }

    private static byte[] prefix(Aggregate aggregate, int partition) {
        return ByteBuffer.allocate(PREFIX_LENGTH)
                .put(AGGREGATES)
                .put((byte) aggregate.ordinal())
                .putInt(partition)
                .put((byte) 0)
                .array();
    }

    /** Ids hold no zero. */
    private static byte[] key(Aggregate aggregate, int partition, String id, Kind kind, int place, long number) {
        var text = id.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(PREFIX_LENGTH + text.length + 2 + Integer.BYTES + Long.BYTES)
                .put(prefix(aggregate, partition))
                .put(text)
                .put((byte) 0)
                .put((byte) kind.ordinal())
                .putInt(place)
                .putLong(number)
                .array();
    }

    @Override
    public void close() {
        spill.close();
    }
}
