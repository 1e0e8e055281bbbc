package cloud.gyroscops.topology.command;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Whose time is up when, in the order of time. An entry may outlive its reason: whoever takes it looks at the aggregate
 * again.
 */
public final class TimeoutSchedule {

    private static final byte[] NOTHING = {};

    private final KeyValueStore<Bytes, byte[]> store;

    TimeoutSchedule(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    void add(Instant dueAt, String aggregateId) {
        store.put(key(dueAt.toEpochMilli(), aggregateId), NOTHING);
    }

    /** Takes out what is due, oldest first, at most so many. */
    void takeDue(Instant now, int most, Due due) {
        try (var entries = store.range(key(0, ""), key(now.toEpochMilli() + 1, ""))) {
            for (int taken = 0; taken < most && entries.hasNext(); taken++) {
                var key = entries.next().key;
                store.delete(key);
                var bytes = ByteBuffer.wrap(key.get());
                long dueAt = bytes.getLong();
                due.take(dueAt, StandardCharsets.UTF_8.decode(bytes).toString());
            }
        }
    }

    /** The key of an entry, which has no content. */
    public static Bytes key(long millis, String aggregateId) {
        var id = aggregateId.getBytes(StandardCharsets.UTF_8);
        return Bytes.wrap(ByteBuffer.allocate(Long.BYTES + id.length)
                .putLong(millis)
                .put(id)
                .array());
    }

    /** Takes an entry. */
    @FunctionalInterface
    interface Due {
        void take(long dueAtMillis, String aggregateId);
    }
}
