package cloud.gyroscops.standalone.registry;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The compacted topic, of one partition, that all entries are in. One registry at a time writes to it. */
final class RegistryTopic implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration WRITE_PATIENCE = Duration.ofSeconds(10);

    private final Map<String, Object> kafka;
    private final String topic;
    private final KafkaProducer<String, String> producer;

    /** Creates the topic if it is missing, and refuses one that would lose entries. */
    RegistryTopic(Map<String, ?> kafka, String topic) {
        this.kafka = Map.copyOf(kafka);
        this.topic = topic;
        create();
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) WRITE_PATIENCE.toMillis());
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, WRITE_PATIENCE.toMillis());
        this.producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
    }

    /** Hands over everything that is in the topic now, in order. */
    void read(Consumer<Entry> each) {
        TopicPartition partition = new TopicPartition(topic, 0);
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.remove("group.id");
        settings.put("enable.auto.commit", false);
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition), PATIENCE).get(partition);
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (consumer.position(partition, PATIENCE) < end) {
                if (System.nanoTime() - deadline > 0) {
                    throw new IllegalStateException("reading " + topic + " took more than " + PATIENCE);
                }
                consumer.poll(Duration.ofMillis(200)).forEach(record -> each.accept(EntryJson.fromRecord(record)));
            }
        }
    }

    /** Returns when every entry is on all in-sync replicas; throws a {@link RegistryProblem} if one may not be. */
    void append(List<Entry> entries) {
        try {
            List<Future<RecordMetadata>> sent = entries.stream()
                    .map(entry -> producer.send(EntryJson.toRecord(topic, entry)))
                    .toList();
            for (Future<RecordMetadata> one : sent) {
                one.get(WRITE_PATIENCE.toMillis() * 2, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw RegistryProblem.store(e);
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            throw RegistryProblem.store(e);
        }
    }

    private void create() {
        try (Admin admin = Admin.create(kafka)) {
            NewTopic wanted = new NewTopic(topic, 1, (short) 1)
                    .configs(Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT));
            await(admin.createTopics(List.of(wanted)).all());
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new IllegalStateException("cannot create the schema registry's topic " + topic, e.getCause());
            }
            check();
        }
    }

    private void check() {
        try (Admin admin = Admin.create(kafka)) {
            int partitions = await(admin.describeTopics(List.of(topic)).allTopicNames())
                    .get(topic)
                    .partitions()
                    .size();
            ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
            String cleanup = await(admin.describeConfigs(List.of(resource)).all())
                    .get(resource)
                    .get(TopicConfig.CLEANUP_POLICY_CONFIG)
                    .value();
            if (partitions != 1 || !cleanup.equals(TopicConfig.CLEANUP_POLICY_COMPACT)) {
                throw new IllegalStateException("the schema registry's topic " + topic + " has " + partitions
                        + " partitions and the cleanup policy " + cleanup + ": it must have 1, and compact");
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot look at the schema registry's topic " + topic, e.getCause());
        }
    }

    private static <T> T await(Future<T> answer) throws ExecutionException {
        try {
            return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ExecutionException(e);
        } catch (TimeoutException e) {
            throw new ExecutionException(e);
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
    }
}
