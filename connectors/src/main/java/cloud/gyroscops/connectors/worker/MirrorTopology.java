package cloud.gyroscops.connectors.worker;

import cloud.gyroscops.connectors.target.Target;
import cloud.gyroscops.contract.mirror.MirrorTarget;
import cloud.gyroscops.contract.mirror.MirroredAggregate;
import cloud.gyroscops.contract.mirror.PendingWork;
import cloud.gyroscops.contract.mirror.RunStatus;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.EventKey;
import cloud.gyroscops.schemas.SchemaHistory;
import cloud.gyroscops.schemas.serde.StateSerde;
import cloud.gyroscops.schemas.serde.Wire;
import cloud.gyroscops.schemas.topic.TopicCatalogue;
import cloud.gyroscops.topology.command.EventPartitioner;
import cloud.gyroscops.topology.streams.RegistryOutage;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.state.Stores;

/**
 * The topology of one mirror: events and controls come in; outcomes, statuses, and facts for aggregates go out. What waits is
 * in its stores, so that a call may take its time while others are made.
 */
public final class MirrorTopology {

    /** What the names of the applications that run mirrors begin with. */
    public static final String FAMILY = "gyroscops-mirror";

    /** The store of aggregates as their target has them, by type and id. */
    public static final String AGGREGATES = "mirrored-aggregates";

    /** The store of work that waits, by its place in line. */
    public static final String PENDING = "pending-work";

    /** The store of work that is parked, by type and id, and its place in line. */
    public static final String PARKED = "parked-work";

    static final String OUTCOMES = "outcomes";
    static final String STATUS = "status";

    private static final String WORKER = "worker";
    private static final String CONTROLS = "controls";

    private final TopicCatalogue topics;
    private final Wire wire;
    private final RegistryOutage outage;
    private final Target target;
    private final WorkerSettings settings;
    private final Gate gate;
    private final Executor executor;
    private final MeterRegistry meters;
    private final SchemaHistory history = SchemaHistory.load();

    MirrorTopology(
            TopicCatalogue topics,
            Wire wire,
            RegistryOutage outage,
            Target target,
            WorkerSettings settings,
            Gate gate,
            Executor executor,
            MeterRegistry meters) {
        this.topics = topics;
        this.wire = wire;
        this.outage = outage;
        this.target = target;
        this.settings = settings;
        this.gate = gate;
        this.executor = executor;
        this.meters = meters;
    }

    /**
     * The mirror's topology, for descriptions and tests.
     *
     * @param executor where calls are made
     */
    public static Topology of(
            TopicCatalogue topics,
            Wire wire,
            RegistryOutage outage,
            Target target,
            WorkerSettings settings,
            Executor executor,
            MeterRegistry meters) {
        var gate = new Gate(target.name(), settings);
        return new MirrorTopology(topics, wire, outage, target, settings, gate, executor, meters).build();
    }

    static String commands(Aggregate aggregate) {
        return aggregate.plural() + "-commands";
    }

    Topology build() {
        var topology = new Topology();
        var bytesIn = new ByteArrayDeserializer();
        var bytesOut = new ByteArraySerializer();
        var parents = new ArrayList<String>();
        for (var aggregate : Aggregate.values()) {
            if (target.aggregates().contains(aggregate)) {
                var source = aggregate.plural() + "-events";
                var intake = aggregate.plural() + "-intake";
                topology.addSource(source, new EventKey.AggregateIdDeserializer(), bytesIn, topics.events(aggregate))
                        .addProcessor(intake, () -> Intake.events(aggregate, wire, outage), source);
                parents.add(intake);
            }
        }
        topology.addSource(CONTROLS, new StringDeserializer(), bytesIn, topics.mirrorControl())
                .addProcessor("controls-intake", () -> Intake.controls(target.name(), wire, outage), CONTROLS);
        parents.add("controls-intake");
        topology.addProcessor(
                WORKER,
                () -> new MirrorProcessor(target, settings, gate, executor, wire, meters),
                parents.toArray(String[]::new));
        store(topology, AGGREGATES, MirroredAggregate.class);
        store(topology, PENDING, PendingWork.class);
        store(topology, PARKED, PendingWork.class);
        store(topology, Ledger.RUNS, RunStatus.class);
        topology.addSink(OUTCOMES, topics.mirrorOutcomes(), bytesOut, bytesOut, byAggregate(), WORKER)
                .addSink(STATUS, topics.mirrorStatus(), bytesOut, bytesOut, WORKER);
        for (var aggregate : Aggregate.values()) {
            topology.addSink(commands(aggregate), topics.commands(aggregate), bytesOut, bytesOut, WORKER);
        }
        return topology;
    }

    private <T extends SpecificRecord> void store(Topology topology, String name, Class<T> type) {
        topology.addStateStore(
                Stores.keyValueStoreBuilder(
                                Stores.persistentKeyValueStore(name),
                                Serdes.String(),
                                new StateSerde<>(type, history.of(type.getName())))
                        .withLoggingEnabled(topics.changelog()),
                WORKER);
    }

    /** Outcomes are where the events of their aggregates are. */
    private static StreamPartitioner<byte[], byte[]> byAggregate() {
        return (topic, key, value, partitions) -> {
            var text = new String(key, StandardCharsets.UTF_8);
            var id = EventKey.aggregateId(text.substring(text.indexOf('/', text.indexOf('/') + 1) + 1));
            return Optional.of(Set.of(EventPartitioner.partition(id, partitions)));
        };
    }

    /** What the application of a target is called in the cluster, behind the prefix of topics. */
    public static String application(MirrorTarget target) {
        return FAMILY + '-' + target.name().toLowerCase(Locale.ROOT);
    }
}
