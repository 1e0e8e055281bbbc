package cloud.gyroscops.topology.command;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Where a producer had put a command record. Results carry it in their headers, so that who sent the record knows which
 * of several results under one commandId is its own.
 *
 * @param topic the commands topic
 * @param partition there
 * @param offset there
 */
public record Source(String topic, int partition, long offset) {

    static final String TOPIC = "command-topic";
    static final String PARTITION = "command-partition";
    static final String OFFSET = "command-offset";

    /**
     * The record itself, or, if it was moved to its proper partition, the one that the producer had sent. Headers that
     * name another topic, or this very partition, are not ours: a producer copied them from somewhere.
     */
    static Source of(Headers headers, RecordMetadata metadata) {
        return of(headers, metadata.topic(), metadata.partition(), metadata.offset());
    }

    /** The key of its dead letter, {@code topic-partition@offset}. */
    String key() {
        return topic + '-' + partition + '@' + offset;
    }

    /** The same, of a record in a partition of commands. */
    public static Source of(Headers headers, String topic, int partition, long offset) {
        var moved = read(headers);
        return moved == null || !moved.topic().equals(topic) || moved.partition() == partition
                ? new Source(topic, partition, offset)
                : moved;
    }

    /** The source that a record's headers name; null if they name none. */
    public static Source read(Headers headers) {
        var offset = headers.lastHeader(OFFSET);
        var partition = headers.lastHeader(PARTITION);
        var topic = headers.lastHeader(TOPIC);
        if (offset == null || partition == null || topic == null) {
            return null;
        }
        try {
            return new Source(
                    text(topic.value()),
                    Integer.parseInt(text(partition.value())),
                    Long.parseLong(text(offset.value())));
        } catch (NumberFormatException notOurs) {
            return null;
        }
    }

    void write(Headers headers) {
        headers.add(TOPIC, bytes(topic));
        headers.add(PARTITION, bytes(Integer.toString(partition)));
        headers.add(OFFSET, bytes(Long.toString(offset)));
    }

    private static String text(byte[] value) {
        return new String(value, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String value) {
        return value.getBytes(StandardCharsets.UTF_8);
    }
}
