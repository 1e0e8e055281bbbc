package cloud.gyroscops.benchmarks.write;

import cloud.gyroscops.contract.CommandHeader;
import cloud.gyroscops.contract.Origin;
import cloud.gyroscops.contract.organization.CreateOrganization;
import cloud.gyroscops.contract.payment.CaptureMethod;
import cloud.gyroscops.contract.payment.CreatePayment;
import cloud.gyroscops.contract.payment.Processor;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.CommandMessage;
import cloud.gyroscops.schemas.registry.RegistrySettings;
import cloud.gyroscops.schemas.settings.KafkaSettings;
import cloud.gyroscops.schemas.topic.TopicSettings;
import cloud.gyroscops.standalone.kafka.EmbeddedKafka;
import cloud.gyroscops.standalone.registry.EmbeddedSchemaRegistry;
import cloud.gyroscops.topology.streams.Installation;
import cloud.gyroscops.topology.streams.StreamsSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Broker, registry and clients in this JVM, for as long as a benchmark runs. */
public final class Bench implements AutoCloseable {

    /** It belongs to everything that has no organization of its own. */
    static final String ORGANIZATION = "organization-7";

    private static final Duration RETENTION = Duration.ofDays(1);

    private final Path directory;
    private final int partitions;
    private final int threads;
    private final int commitIntervalMs;
    private final EmbeddedKafka broker;
    private final EmbeddedSchemaRegistry registry;
    private final KafkaSettings kafka;
    private final Admin admin;

    /** Starts an empty broker. */
    public Bench(Path directory, int partitions, int threads, int commitIntervalMs) {
        this.directory = directory;
        this.partitions = partitions;
        this.threads = threads;
        this.commitIntervalMs = commitIntervalMs;
        broker = EmbeddedKafka.start(directory.resolve("kafka"), 0);
        registry = new EmbeddedSchemaRegistry(broker.bootstrapServers(), "127.0.0.1", 0);
        kafka = KafkaSettings.at(broker.bootstrapServers());
        admin = Admin.create(kafka.with(Map.of()));
    }

    /** For as long as the broker runs. */
    public Admin admin() {
        return admin;
    }

    /** Topics of their own for each run. */
    public Installation installation(String prefix) {
        var topics = new TopicSettings(prefix, partitions, 1, 1, RETENTION, Duration.ofDays(7));
        var installation =
                Installation.at(kafka, topics, RegistrySettings.of(registry.uri()), directory.resolve(prefix));
        installation.prepare();
        return installation;
    }

    /** Has the topology create the organization of all payments and users; to be called once, while it runs. */
    public void organize(Installation installation) {
        try (var results = new Results(this, installation);
                var producer = producer(0)) {
            producer.send(command(
                    installation, Aggregate.ORGANIZATIONS, ORGANIZATION, new CreateOrganization("Bench's payments")));
            var id = "c-" + ORGANIZATION;
            results.accepted(id, results.await(id, 1, heard -> {}));
        }
    }

    /** The variables by which a process of its own finds the installation without a prefix. */
    public Map<String, String> environment() {
        return Map.of(
                "KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers(),
                "SCHEMA_REGISTRY_URL", registry.uri().toString(),
                "GYROSCOPS_PARTITIONS", Integer.toString(partitions),
                "GYROSCOPS_RETENTION", RETENTION.toString(),
                "GYROSCOPS_THREADS", Integer.toString(threads),
                "GYROSCOPS_COMMIT_INTERVAL_MS", Integer.toString(commitIntervalMs));
    }

    /** The same for the command topology and the skeleton. */
    StreamsSettings streams(String application) {
        return new StreamsSettings(
                kafka, application, directory.resolve("state"), threads, commitIntervalMs, 1, 0, 6_000, "");
    }

    /** Sends batches of up to 128 KiB. */
    public Producer<String, byte[]> producer(int lingerMs) {
        return new KafkaProducer<>(
                kafka.with(
                        Map.of(ProducerConfig.LINGER_MS_CONFIG, lingerMs, ProducerConfig.BATCH_SIZE_CONFIG, 128 << 10)),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    /** Reads what is committed, from the beginning. */
    public Consumer<String, byte[]> committed() {
        return new KafkaConsumer<>(
                kafka.with(Map.of(
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed",
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest")),
                new StringDeserializer(),
                new ByteArrayDeserializer());
    }

    /** A payment like many: two dozen bytes of description, two entries of metadata. */
    static ProducerRecord<String, byte[]> payment(Installation installation, String id) {
        return payment(installation, id, null);
    }

    /**
     * The same for a user.
     *
     * @param user its id; null: nobody's
     */
    static ProducerRecord<String, byte[]> payment(Installation installation, String id, String user) {
        var payload = new CreatePayment(
                ORGANIZATION,
                user,
                1_999L,
                "EUR",
                "Order " + id + ", two tickets",
                Map.of("cart", id, "channel", "web"),
                CaptureMethod.AUTOMATIC,
                Processor.NONE);
        return command(installation, Aggregate.PAYMENTS, id, payload);
    }

    /** A command for an aggregate, under an id made from the aggregate's. */
    static ProducerRecord<String, byte[]> command(
            Installation installation, Aggregate aggregate, String id, SpecificRecord payload) {
        var header = new CommandHeader("c-" + id, id, null, "bench", Origin.CLIENT, null, Map.of());
        return new ProducerRecord<>(
                installation.topics().commands(aggregate),
                id,
                installation.wire().command(aggregate, new CommandMessage(header, payload)));
    }

    @Override
    public void close() {
        admin.close();
        registry.close();
        broker.close();
    }
}
