package cloud.gyroscops.topology.view.history;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;

/**
 * An event in a history: when it occurred, in 8 bytes of milliseconds since 1970, then the event as it is on the wire. So a
 * history can be searched by time where nothing decodes events.
 */
public final class HistoryEntry {

    private HistoryEntry() {}

    /** The entry of an event. */
    public static byte[] of(Instant occurredAt, byte[] event) {
        return ByteBuffer.allocate(Long.BYTES + event.length)
                .putLong(occurredAt.toEpochMilli())
                .put(event)
                .array();
    }

    /** When an entry's event occurred. */
    public static Instant time(byte[] entry) {
        return Instant.ofEpochMilli(ByteBuffer.wrap(entry).getLong());
    }

    /** An entry's event, as it is on the wire. */
    public static byte[] event(byte[] entry) {
        return Arrays.copyOfRange(entry, Long.BYTES, entry.length);
    }
}
