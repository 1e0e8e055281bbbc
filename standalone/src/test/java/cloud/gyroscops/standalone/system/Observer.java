package cloud.gyroscops.standalone.system;

import cloud.gyroscops.contract.CommandHeader;
import cloud.gyroscops.contract.CommandResult;
import cloud.gyroscops.contract.Origin;
import cloud.gyroscops.contract.organization.CreateOrganization;
import cloud.gyroscops.contract.payment.CaptureMethod;
import cloud.gyroscops.contract.payment.CreatePayment;
import cloud.gyroscops.contract.payment.Processor;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.CommandMessage;
import cloud.gyroscops.topology.command.Source;
import cloud.gyroscops.topology.streams.Installation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;

/** Publishes commands with a Kafka client, and holds what is committed against what was published. */
final class Observer implements AutoCloseable {

    private static final String ORGANIZATION = "observed";

    private final Installation installation;
    private final Reading reading;
    private final KafkaProducer<String, byte[]> producer;
    private final Map<Source, String> published = new ConcurrentHashMap<>();
    private boolean organizationCreated;

    Observer(Installation installation) {
        this.installation = installation;
        this.reading = new Reading(installation);
        producer = new KafkaProducer<>(
                installation.kafka().with(Map.of("linger.ms", "5", "delivery.timeout.ms", "180000")),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    /** A well-formed command that creates a payment. */
    static CommandMessage payment(String id) {
        return new CommandMessage(
                new CommandHeader("c-" + id, id, null, "test", Origin.CLIENT, null, Map.of()),
                new CreatePayment(
                        ORGANIZATION, null, 1_000L, "EUR", "", Map.of(), CaptureMethod.AUTOMATIC, Processor.NONE));
    }

    void publish(CommandMessage command) {
        publish(command.header(), installation.wire().command(Aggregate.PAYMENTS, command));
    }

    void publish(CommandHeader header, byte[] bytes) {
        createOrganization();
        var topic = installation.topics().commands(Aggregate.PAYMENTS);
        producer.send(new ProducerRecord<>(topic, header.getAggregateId(), bytes), (metadata, failure) -> {
            if (failure == null) {
                published.put(new Source(topic, metadata.partition(), metadata.offset()), header.getCommandId());
            }
        });
    }

    /** The one that all payments belong to. */
    private void createOrganization() {
        if (organizationCreated) {
            return;
        }
        organizationCreated = true;
        var header = new CommandHeader("c-observed", ORGANIZATION, null, "test", Origin.CLIENT, null, Map.of());
        var bytes = installation
                .wire()
                .command(Aggregate.ORGANIZATIONS, new CommandMessage(header, new CreateOrganization("Observed")));
        producer.send(
                new ProducerRecord<>(installation.topics().commands(Aggregate.ORGANIZATIONS), ORGANIZATION, bytes));
        try (var consumer = reading.consumer(installation.topics().results())) {
            Awaitility.await("the organization")
                    .pollInSameThread()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> StreamSupport.stream(
                                    consumer.poll(Duration.ofMillis(100)).spliterator(), false)
                            .anyMatch(record -> header.getCommandId().equals(record.key())));
        }
    }

    int published() {
        producer.flush();
        return published.size();
    }

    /** How many results each published record has, once every one has at least one. */
    Map<Source, Integer> awaitResults(Duration within) {
        producer.flush();
        var counts = new HashMap<Source, Integer>();
        try (var consumer = reading.consumer(installation.topics().results())) {
            Awaitility.await("a result for each of " + published.size() + " commands")
                    .pollInSameThread()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .atMost(within)
                    .until(() -> {
                        consumer.poll(Duration.ofMillis(100))
                                .forEach(record -> counts.merge(Source.read(record.headers()), 1, Integer::sum));
                        return counts.keySet().containsAll(published.keySet());
                    });
            // Should there be any second ones, they are committed by now: read on to the end.
            reading.all(consumer).forEach(record -> counts.merge(Source.read(record.headers()), 1, Integer::sum));
        }
        counts.keySet().retainAll(published.keySet());
        return counts;
    }

    /** The versions of each payment's events, in the order of the log. */
    Map<String, List<Long>> versions() {
        var versions = new TreeMap<String, List<Long>>();
        read(installation.topics().events(Aggregate.PAYMENTS)).forEach(bytes -> {
            var header = installation.wire().event(Aggregate.PAYMENTS, bytes).header();
            versions.merge(header.getAggregateId(), List.of(header.getVersion()), Observer::joined);
        });
        return versions;
    }

    int deadLetters() {
        return read(installation.topics().deadLetters()).size();
    }

    /** All committed results. */
    List<CommandResult> results() {
        return read(installation.topics().results()).stream()
                .map(installation.wire()::result)
                .toList();
    }

    private static List<Long> joined(List<Long> some, List<Long> more) {
        var all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }

    private List<byte[]> read(String topic) {
        try (var consumer = reading.consumer(topic)) {
            return reading.all(consumer).stream().map(ConsumerRecord::value).toList();
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
