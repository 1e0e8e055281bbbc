package cloud.gyroscops.query.feed;

import cloud.gyroscops.schemas.settings.KafkaSettings;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Opens consumers of committed events that are modest. */
final class FeedConsumers {

    private static final int RECORDS_AT_ONCE = 500;
    private static final int BYTES_AT_ONCE = 1 << 20;
    private static final int BYTES_OF_A_PARTITION = 256 << 10;
    private static final int FETCH_WAIT_MS = 100;
    private static final int GIVE_UP_AFTER_MS = 10_000;

    private FeedConsumers() {}

    static Supplier<Consumer<String, byte[]>> of(KafkaSettings kafka) {
        return () -> new KafkaConsumer<>(
                kafka.with(Map.of(
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        "false",
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest",
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        Integer.toString(RECORDS_AT_ONCE),
                        ConsumerConfig.FETCH_MAX_BYTES_CONFIG,
                        Integer.toString(BYTES_AT_ONCE),
                        ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                        Integer.toString(BYTES_OF_A_PARTITION),
                        ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                        Integer.toString(FETCH_WAIT_MS),
                        ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                        Integer.toString(GIVE_UP_AFTER_MS))),
                new StringDeserializer(),
                new ByteArrayDeserializer());
    }
}
