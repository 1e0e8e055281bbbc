package cloud.gyroscops.topology.broker;

import cloud.gyroscops.contract.CommandHeader;
import cloud.gyroscops.contract.CommandResult;
import cloud.gyroscops.contract.Origin;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.CommandMessage;
import cloud.gyroscops.schemas.EventKey;
import cloud.gyroscops.schemas.EventMessage;
import cloud.gyroscops.schemas.StoredState;
import cloud.gyroscops.schemas.registry.InMemorySchemaRegistry;
import cloud.gyroscops.schemas.serde.Wire;
import cloud.gyroscops.schemas.settings.KafkaSettings;
import cloud.gyroscops.schemas.topic.TopicCatalogue;
import cloud.gyroscops.schemas.topic.TopicProvisioner;
import cloud.gyroscops.schemas.topic.TopicSettings;
import cloud.gyroscops.topology.command.CommandApplication;
import cloud.gyroscops.topology.command.CommandSettings;
import cloud.gyroscops.topology.command.Source;
import cloud.gyroscops.topology.streams.RegistryOutage;
import cloud.gyroscops.topology.streams.StreamsApplication;
import cloud.gyroscops.topology.streams.StreamsSettings;
import cloud.gyroscops.topology.view.ViewTopology;
import cloud.gyroscops.topology.view.Views;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Future;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.QueryableStoreTypes;

/** An installation of its own on a broker that others use too: its topics have a prefix. */
final class Installation implements AutoCloseable {

    static final int PARTITIONS = 3;
    private static final Duration SOON = Duration.ofSeconds(60);

    private final String bootstrapServers;
    private final String name;
    private final Path directory;
    private final TopicCatalogue topics;
    private final InMemorySchemaRegistry registry = new InMemorySchemaRegistry();
    private final Wire wire;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Follower results;
    private StreamsApplication application;
    private StreamsApplication views;
    private Views queries;

    /** One result as it was sent. */
    record Answered(Source source, CommandResult result, byte[] bytes) {}

    Installation(String bootstrapServers, String name, Path directory) {
        this.bootstrapServers = bootstrapServers;
        this.name = name;
        this.directory = directory;
        topics = new TopicCatalogue(
                new TopicSettings(name + ".", PARTITIONS, 1, 1, Duration.ofDays(30), Duration.ofDays(7)));
        wire = new Wire(topics, registry);
        wire.register();
        try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            new TopicProvisioner(admin).provision(topics.all());
        }
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "linger.ms", "5"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        results = follow(topics.results());
    }

    void start() {
        start(CommandSettings.DEFAULT);
    }

    void start(CommandSettings settings) {
        application = running("commands", commands("commands", settings));
    }

    /** An instance of the command topology's application with a state directory of this name, for the caller to start. */
    StreamsApplication commands(String stateDirectory) {
        return commands(stateDirectory, CommandSettings.DEFAULT);
    }

    private StreamsApplication commands(String stateDirectory, CommandSettings settings) {
        return CommandApplication.of(
                parts(), streams("commands", stateDirectory), settings, new SimpleMeterRegistry(), List.of());
    }

    void stop() {
        application.close();
        application = null;
    }

    /** What the view topology answers, started when first asked for. */
    Views views() {
        if (views == null) {
            var outage = new RegistryOutage();
            var topology = new ViewTopology(topics, wire, outage);
            views = running(
                    ViewTopology.APPLICATION,
                    new StreamsApplication(topology.build(), streams(ViewTopology.APPLICATION), outage));
            queries = Views.alone(views.streams(), topology.worked(), topics.partitions(), wire);
        }
        return queries;
    }

    /** The same as its application takes it; its schemas are registered already. */
    private cloud.gyroscops.topology.streams.Installation parts() {
        return new cloud.gyroscops.topology.streams.Installation(
                KafkaSettings.at(bootstrapServers), topics, wire, null);
    }

    /** How its applications run. */
    StreamsSettings streams(String what) {
        return streams(what, what);
    }

    private StreamsSettings streams(String what, String stateDirectory) {
        return new StreamsSettings(
                KafkaSettings.at(bootstrapServers),
                name + "-" + what,
                directory.resolve(stateDirectory),
                2,
                20,
                1,
                0,
                6_000,
                "");
    }

    private static StreamsApplication running(String what, StreamsApplication application) {
        application.start();
        Awaiting.that(what + " running", SOON, application::running);
        return application;
    }

    /** Sends a command as most clients do. */
    Future<RecordMetadata> send(CommandMessage command) {
        var id = command.header().getAggregateId();
        return send(aggregate(command), null, id.getBytes(StandardCharsets.UTF_8), bytes(command));
    }

    /** Sends what may be no command, where it may not belong. */
    Future<RecordMetadata> send(Aggregate aggregate, Integer partition, byte[] key, byte[] value) {
        return producer.send(new ProducerRecord<>(topics.commands(aggregate), partition, key, value));
    }

    byte[] bytes(CommandMessage command) {
        return wire.command(aggregate(command), command);
    }

    /** All results, as soon as there are at least so many. */
    List<Answered> results(int atLeast) {
        return results(0, atLeast);
    }

    /** The same without the first ones. */
    List<Answered> results(int seen, int atLeast) {
        return results.await(atLeast + " results", SOON, records -> records.size() >= atLeast).stream()
                .skip(seen)
                .map(record -> new Answered(Source.read(record.headers()), wire.result(record.value()), record.value()))
                .toList();
    }

    /** The events of all aggregates of a type, in the order of their versions, by id; without those that were erased. */
    Map<String, List<EventMessage>> events(Aggregate aggregate) {
        var events = new TreeMap<String, List<EventMessage>>();
        try (var follower = follow(topics.events(aggregate))) {
            for (var record : follower.all()) {
                var key = new String(record.key(), StandardCharsets.UTF_8);
                var ofAggregate = events.computeIfAbsent(EventKey.aggregateId(key), id -> new ArrayList<>());
                if (record.value() == null) {
                    ofAggregate.removeIf(event -> event.header().getVersion() == EventKey.version(key));
                } else {
                    ofAggregate.add(wire.event(aggregate, record.value()));
                }
            }
        }
        return events;
    }

    /** How many records are in the dead letters. */
    int deadLetters() {
        try (var follower = follow(topics.deadLetters())) {
            return follower.all().size();
        }
    }

    /** The state of an aggregate that has one, in the running topology's store. */
    SpecificRecord state(Aggregate aggregate, String id) {
        var states = StoreQueryParameters.fromNameAndType(
                aggregate.plural() + "-state",
                QueryableStoreTypes.<String, StoredState<? extends SpecificRecord>>keyValueStore());
        // Of a partition that moves between threads nobody has the store for a moment.
        return Awaiting.answer(
                        SOON,
                        () -> {
                            try {
                                return Optional.ofNullable(
                                        application.streams().store(states).get(id));
                            } catch (InvalidStateStoreException notNow) {
                                return Optional.<StoredState<? extends SpecificRecord>>empty();
                            }
                        },
                        Optional::isPresent)
                .orElseThrow()
                .state();
    }

    /** Whether the topology still runs. */
    boolean running() {
        return application.running();
    }

    Follower follow(String topic) {
        return new Follower(bootstrapServers, topic, PARTITIONS);
    }

    TopicCatalogue topics() {
        return topics;
    }

    InMemorySchemaRegistry registry() {
        return registry;
    }

    Wire wire() {
        return wire;
    }

    KafkaProducer<byte[], byte[]> producer() {
        return producer;
    }

    static CommandMessage command(String commandId, String id, Long expectedVersion, SpecificRecord payload) {
        return new CommandMessage(
                new CommandHeader(commandId, id, expectedVersion, "anonymous", Origin.CLIENT, null, Map.of()), payload);
    }

    private static Aggregate aggregate(CommandMessage command) {
        return Aggregate.thatTakes(command.payload().getSchema().getName()).orElseThrow();
    }

    @Override
    public void close() {
        if (application != null) {
            application.close();
        }
        if (views != null) {
            views.close();
        }
        results.close();
        producer.close();
    }
}
