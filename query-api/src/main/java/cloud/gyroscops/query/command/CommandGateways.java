package cloud.gyroscops.query.command;

import cloud.gyroscops.schemas.serde.Wire;
import cloud.gyroscops.schemas.settings.KafkaSettings;
import cloud.gyroscops.schemas.topic.TopicCatalogue;
import cloud.gyroscops.topology.view.Views;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Opens gateways on real Kafka clients. */
public final class CommandGateways {

    private CommandGateways() {}

    /** A gateway with clients of its own, which it closes. */
    public static CommandGateway open(
            KafkaSettings kafka,
            TopicCatalogue topics,
            Wire wire,
            String commandGroup,
            Supplier<String> viewGroup,
            Views views) {
        var producer = new KafkaProducer<>(
                kafka.with(Map.of(
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.LINGER_MS_CONFIG,
                        "0",
                        // Longer than that, and the client should rather hear that it did not work.
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                        "60000",
                        ProducerConfig.MAX_BLOCK_MS_CONFIG,
                        "10000")),
                new StringSerializer(),
                new ByteArraySerializer());
        Function<IsolationLevel, Consumer<String, byte[]>> consumers = isolation -> new KafkaConsumer<>(
                kafka.with(Map.of(
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        isolation.toString(),
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        "false",
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest")),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        var results = new ResultsFollower(consumers.apply(IsolationLevel.READ_COMMITTED), wire, topics.results());
        var pending = new PendingCommands(
                Admin.create(kafka.with(Map.of())), consumers, topics, wire, commandGroup, viewGroup, results);
        return new CommandGateway(producer, wire, topics, results, pending, views);
    }
}
