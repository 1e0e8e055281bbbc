package cloud.gyroscops.standalone.http;

import cloud.gyroscops.contract.EventHeader;
import cloud.gyroscops.contract.Origin;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.EventKey;
import cloud.gyroscops.schemas.EventMessage;
import cloud.gyroscops.topology.command.EventPartitioner;
import cloud.gyroscops.topology.streams.Installation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes events as the command topology does: in transactions, some of which are aborted. */
final class EventWriter implements AutoCloseable {

    private final Installation installation;
    private final KafkaProducer<String, byte[]> producer;
    private final Map<String, Long> versions = new HashMap<>();
    private final List<String> committed = new ArrayList<>();
    private final List<String> open = new ArrayList<>();

    EventWriter(Installation installation) {
        this.installation = installation;
        producer = new KafkaProducer<>(
                installation
                        .kafka()
                        .with(Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "writer-" + UUID.randomUUID())),
                new StringSerializer(),
                new ByteArraySerializer());
        producer.initTransactions();
    }

    EventWriter begin() {
        producer.beginTransaction();
        return this;
    }

    EventWriter write(String id, String organization, SpecificRecord payload) {
        var aggregate = aggregate(id);
        long version = versions.merge(id, 1L, Long::sum);
        var header = new EventHeader(
                aggregate.plural() + "/" + EventKey.of(id, version),
                aggregate.type(),
                id,
                version,
                organization,
                Instant.now(),
                "writer",
                Origin.CLIENT,
                "correlation",
                "cause",
                Map.of());
        send(
                aggregate,
                EventKey.of(id, version),
                id,
                installation.wire().event(aggregate, new EventMessage(header, payload)));
        open.add(EventKey.of(id, version));
        return this;
    }

    /** In the place of an event. */
    EventWriter tombstone(String id, long version) {
        send(aggregate(id), EventKey.of(id, version), id, null);
        return this;
    }

    void commit() {
        producer.commitTransaction();
        committed.addAll(open);
        open.clear();
    }

    void abort() {
        producer.flush();
        producer.abortTransaction();
        open.forEach(key -> versions.merge(EventKey.aggregateId(key), -1L, Long::sum));
        open.clear();
    }

    /** The keys of all events that were. */
    List<String> committed() {
        return committed;
    }

    @Override
    public void close() {
        producer.close();
    }

    private void send(Aggregate aggregate, String key, String id, byte[] value) {
        var topics = installation.topics();
        producer.send(new ProducerRecord<>(
                topics.events(aggregate), EventPartitioner.partition(id, topics.partitions()), key, value));
    }

    private static Aggregate aggregate(String id) {
        return id.startsWith("o") ? Aggregate.ORGANIZATIONS : id.startsWith("u") ? Aggregate.USERS : Aggregate.PAYMENTS;
    }
}
