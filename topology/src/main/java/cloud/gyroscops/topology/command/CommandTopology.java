package cloud.gyroscops.topology.command;

import cloud.gyroscops.contract.channel.Parked;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.EventKey;
import cloud.gyroscops.schemas.SchemaHistory;
import cloud.gyroscops.schemas.serde.StateSerde;
import cloud.gyroscops.schemas.serde.Wire;
import cloud.gyroscops.schemas.topic.TopicCatalogue;
import cloud.gyroscops.topology.claim.ClaimSubtopology;
import cloud.gyroscops.topology.streams.RegistryOutage;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.Stores;

/**
 * The command topology: per aggregate type, commands are taken in, decided on the aggregate's own state, and answered;
 * events, state and result are one transaction.
 */
public final class CommandTopology {

    /** Read from the beginning once more, old commands would be handled again. */
    private static final AutoOffsetReset NEVER_AGAIN = AutoOffsetReset.none();

    private final TopicCatalogue topics;
    private final Wire wire;
    private final RegistryOutage outage;
    private final CommandSettings settings;
    private final MeterRegistry meters;
    private final InterceptorChain interceptors;
    private final SchemaHistory history = SchemaHistory.load();
    private final List<AggregateModel<?>> models;
    private final Set<String> advised = ConcurrentHashMap.newKeySet();

    /**
     * Prepares the topology.
     *
     * @param custom interceptors that stand between the built-in ones (logging, metrics, validation) and the decider
     */
    public CommandTopology(
            TopicCatalogue topics,
            Wire wire,
            RegistryOutage outage,
            CommandSettings settings,
            MeterRegistry meters,
            List<CommandInterceptor> custom) {
        this.topics = topics;
        this.wire = wire;
        this.outage = outage;
        this.settings = settings;
        this.meters = meters;
        var chain = new ArrayList<CommandInterceptor>(List.of(new CorrelationLogging(), new EnvelopeValidation()));
        chain.addAll(custom);
        this.interceptors = new InterceptorChain(chain);
        this.models = AggregateModel.all(settings.paymentTimeToLive(), history);
    }

    /** The whole topology. */
    public Topology build() {
        var topology = new Topology();
        addOrganizationDirectory(topology);
        ClaimSubtopology.add(topology, topics, wire, outage);
        models.forEach(model -> add(topology, model));
        return topology;
    }

    private <S extends SpecificRecord> void add(Topology topology, AggregateModel<S> model) {
        var nodes = new Nodes(model.aggregate());
        var text = new StringDeserializer();
        var bytesIn = new ByteArrayDeserializer();
        var bytesOut = new ByteArraySerializer();
        topology.addSource(NEVER_AGAIN, nodes.commands(), bytesIn, bytesIn, topics.commands(model.aggregate()))
                .addProcessor(
                        nodes.intake(),
                        () -> new Intake(nodes, wire, outage, meters, topics.partitions(), advised),
                        nodes.commands())
                .addSource(
                        NEVER_AGAIN,
                        nodes.answers(),
                        text,
                        answers(model.aggregate()),
                        topics.answers(model.aggregate()));
        var parents = new ArrayList<>(List.of(nodes.intake(), nodes.answers()));
        if (model.existence() != null) {
            topology.addSource(
                    NEVER_AGAIN,
                    nodes.questions(),
                    text,
                    questions(model.aggregate()),
                    topics.questions(model.aggregate()));
            parents.add(nodes.questions());
        }
        topology.addProcessor(
                        nodes.decide(),
                        () -> new Decisions<>(model, wire, settings, interceptors, meters),
                        parents.toArray(String[]::new))
                .addStateStore(
                        Stores.keyValueStoreBuilder(
                                        Stores.persistentKeyValueStore(model.stateStore()),
                                        Serdes.String(),
                                        model.storedSerde())
                                .withLoggingEnabled(topics.changelog()),
                        nodes.decide())
                .addStateStore(
                        Stores.keyValueStoreBuilder(
                                        Stores.persistentKeyValueStore(model.parkedStore()),
                                        Serdes.String(),
                                        new StateSerde<>(Parked.class, history.of(Parked.class.getName())))
                                .withLoggingEnabled(topics.changelog()),
                        nodes.decide())
                .addSink(nodes.claims(), topics.claims(), bytesOut, bytesOut, nodes.decide())
                .addSink(
                        nodes.events(),
                        topics.events(model.aggregate()),
                        bytesOut,
                        bytesOut,
                        new EventPartitioner(),
                        nodes.decide())
                .addSink(nodes.results(), topics.results(), bytesOut, bytesOut, nodes.intake(), nodes.decide())
                .addSink(nodes.deadLetters(), topics.deadLetters(), bytesOut, bytesOut, nodes.intake())
                .addSink(
                        nodes.commandsAgain(),
                        topics.commands(model.aggregate()),
                        bytesOut,
                        bytesOut,
                        nodes.intake(),
                        nodes.decide());
        for (var asked : model.refersTo()) {
            topology.addSink(nodes.questionsTo(asked), topics.questions(asked), bytesOut, bytesOut, nodes.decide());
        }
        for (var asker : askers(model.aggregate())) {
            topology.addSink(nodes.answersTo(asker), topics.answers(asker), bytesOut, bytesOut, nodes.decide());
        }
        if (model.timeout() != null) {
            topology.addStateStore(
                    Stores.keyValueStoreBuilder(
                                    Stores.persistentKeyValueStore(model.timeoutStore()),
                                    Serdes.Bytes(),
                                    Serdes.ByteArray())
                            .withLoggingEnabled(topics.changelog()),
                    nodes.decide());
        }
    }

    private Deserializer<Incoming> answers(Aggregate asker) {
        return (topic, bytes) -> new Incoming.Answered(outage.waitOut(() -> wire.answer(asker, bytes)));
    }

    private Deserializer<Incoming> questions(Aggregate asked) {
        return (topic, bytes) -> new Incoming.Asked(outage.waitOut(() -> wire.question(asked, bytes)));
    }

    private List<Aggregate> askers(Aggregate asked) {
        return models.stream()
                .filter(model -> model.refersTo().contains(asked))
                .map(AggregateModel::aggregate)
                .toList();
    }

    private void addOrganizationDirectory(Topology topology) {
        topology.addGlobalStore(
                Stores.keyValueStoreBuilder(
                                Stores.persistentKeyValueStore(OrganizationDirectory.STORE),
                                Serdes.String(),
                                Serdes.String())
                        .withLoggingDisabled(),
                "organizations-directory-events",
                new EventKey.AggregateIdDeserializer(),
                new ByteArrayDeserializer(),
                topics.events(Aggregate.ORGANIZATIONS),
                "organizations-directory-updates",
                () -> new OrganizationDirectory(wire, outage));
    }
}
