package cloud.gyroscops.connectors.worker;

import cloud.gyroscops.connectors.target.Target;
import cloud.gyroscops.contract.EventHeader;
import cloud.gyroscops.contract.Origin;
import cloud.gyroscops.contract.mirror.MirrorControl;
import cloud.gyroscops.contract.mirror.MirrorOutcome;
import cloud.gyroscops.contract.mirror.MirrorStatus;
import cloud.gyroscops.contract.mirror.MirrorTarget;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.CommandMessage;
import cloud.gyroscops.schemas.EventMessage;
import cloud.gyroscops.schemas.registry.InMemorySchemaRegistry;
import cloud.gyroscops.schemas.serde.Wire;
import cloud.gyroscops.schemas.settings.KafkaSettings;
import cloud.gyroscops.schemas.topic.TopicCatalogue;
import cloud.gyroscops.schemas.topic.TopicSettings;
import cloud.gyroscops.topology.streams.RegistryOutage;
import cloud.gyroscops.topology.streams.StreamsSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/** A worker without a broker; its calls are made at once, its clock stands still but for {@link #advance}. */
final class WorkerSpecification implements AutoCloseable {

    static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

    final TopicCatalogue topics = new TopicCatalogue(TopicSettings.single(1));
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    private final Wire wire = new Wire(topics, new InMemorySchemaRegistry());
    private final TopologyTestDriver driver;
    private final TestOutputTopic<byte[], byte[]> outcomes;
    private final TestOutputTopic<byte[], byte[]> statuses;
    private final Map<String, Long> versions = new HashMap<>();

    final List<String> forgotten = new ArrayList<>();
    final Map<String, MirrorStatus> status = new HashMap<>();

    WorkerSpecification(Path directory, Target target, WorkerSettings settings) {
        wire.register();
        var topology = MirrorTopology.of(topics, wire, new RegistryOutage(), target, settings, Runnable::run, meters);
        var streams =
                new StreamsSettings(KafkaSettings.at("not-asked:9092"), "mirror", directory, 1, 100, 1, 0, 6_000, "");
        driver = new TopologyTestDriver(topology, streams.properties(), START);
        var bytes = new ByteArrayDeserializer();
        outcomes = driver.createOutputTopic(topics.mirrorOutcomes(), bytes, bytes);
        statuses = driver.createOutputTopic(topics.mirrorStatus(), bytes, bytes);
    }

    /** Events of an aggregate, each its next version. */
    WorkerSpecification events(Aggregate aggregate, String id, SpecificRecord... payloads) {
        return events(Origin.CLIENT, aggregate, id, payloads);
    }

    WorkerSpecification events(Origin origin, Aggregate aggregate, String id, SpecificRecord... payloads) {
        for (var payload : payloads) {
            event(origin, aggregate, id, versions.merge(id, 1L, Long::sum), payload);
        }
        return this;
    }

    WorkerSpecification event(Origin origin, Aggregate aggregate, String id, long version, SpecificRecord payload) {
        var header = new EventHeader(
                aggregate.plural() + '/' + id + '@' + version,
                aggregate.type(),
                id,
                version,
                "o-1",
                START,
                "tester",
                origin,
                "correlation-" + id,
                "c-" + version,
                Map.of());
        pipe(topics.events(aggregate), id + '@' + version, wire.event(aggregate, new EventMessage(header, payload)));
        return this;
    }

    WorkerSpecification control(Aggregate aggregate, String id, SpecificRecord payload) {
        var control = new MirrorControl(MirrorTarget.KEYCLOAK, aggregate.type(), id, "operator", START, payload);
        pipe(topics.mirrorControl(), id, wire.control(control));
        return this;
    }

    private void pipe(String topic, String key, byte[] value) {
        var bytes = new ByteArraySerializer();
        driver.createInputTopic(topic, bytes, bytes)
                .pipeInput(new TestRecord<>(
                        key.getBytes(StandardCharsets.UTF_8), value, new RecordHeaders(), START.toEpochMilli()));
    }

    /** Lets time go by, in the steps in which the worker looks after its work. */
    WorkerSpecification advance(Duration time) {
        for (long passed = 0; passed < time.toMillis(); passed += MirrorProcessor.EVERY.toMillis()) {
            driver.advanceWallClockTime(MirrorProcessor.EVERY);
        }
        return this;
    }

    /** What was recorded since the last look. */
    List<MirrorOutcome> outcomes() {
        var found = new ArrayList<MirrorOutcome>();
        for (var record : outcomes.readRecordsToList()) {
            if (record.value() == null) {
                forgotten.add(new String(record.key(), StandardCharsets.UTF_8));
            } else {
                found.add(wire.outcome(record.value()));
            }
        }
        return found;
    }

    /** The same, short: {@code MIRRORED u-1@2}. */
    List<String> told() {
        return outcomes().stream()
                .map(outcome -> outcome.getKind() + " " + outcome.getAggregateId() + '@' + outcome.getVersion())
                .toList();
    }

    /** How something is, as it was told last. */
    Optional<SpecificRecord> status(String key) {
        for (var record : statuses.readRecordsToList()) {
            var name = new String(record.key(), StandardCharsets.UTF_8);
            if (record.value() == null) {
                status.remove(name);
            } else {
                status.put(name, wire.status(record.value()));
            }
        }
        return Optional.ofNullable(status.get(key)).map(found -> (SpecificRecord) found.getPayload());
    }

    List<CommandMessage> commands(Aggregate aggregate) {
        var bytes = new ByteArrayDeserializer();
        return driver.createOutputTopic(topics.commands(aggregate), bytes, bytes).readValuesToList().stream()
                .map(value -> wire.command(aggregate, value))
                .toList();
    }

    @Override
    public void close() {
        driver.close();
    }
}
