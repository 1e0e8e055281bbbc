package cloud.gyroscops.schemas;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * The key of an event's record, {@code aggregateId@version}: every event has a key of its own, so that compaction
 * removes none.
 */
public final class EventKey {

    private static final String ZEROS = "0".repeat(19);

    private EventKey() {}

    /** The key of an aggregate's event. */
    public static String of(String aggregateId, long version) {
        return aggregateId + '@' + version;
    }

    /** The key as stores order it: the version has 19 digits, so that 9 comes before 10. */
    public static String ordered(String aggregateId, long version) {
        return aggregateId + '@' + ZEROS.substring(Long.toString(version).length()) + version;
    }

    /** The aggregate's id in a key. Ids hold no {@code @}. */
    public static String aggregateId(String key) {
        int at = key.lastIndexOf('@');
        if (at < 0) {
            throw new IllegalArgumentException("event key \"" + key + "\" is not aggregateId@version");
        }
        return key.substring(0, at);
    }

    /** The version in a key, with or without the zeros of an ordered one. */
    public static long version(String key) {
        return Long.parseLong(key.substring(key.lastIndexOf('@') + 1));
    }

    /**
     * Reads an event's key as the aggregate's id. The topology that reads events this way has its stores, and the
     * answers about where a key lives, by aggregate, without repartitioning.
     */
    public static final class AggregateIdDeserializer implements Deserializer<String> {

        @Override
        public void configure(Map<String, ?> configs, boolean isKey) {}

        @Override
        public String deserialize(String topic, byte[] data) {
            return data == null ? null : aggregateId(new String(data, StandardCharsets.UTF_8));
        }
    }
}
