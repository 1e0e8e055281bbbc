package cloud.gyroscops.topology;

import cloud.gyroscops.contract.CommandHeader;
import cloud.gyroscops.contract.CommandResult;
import cloud.gyroscops.contract.Origin;
import cloud.gyroscops.contract.RefusalReason;
import cloud.gyroscops.contract.ResultStatus;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.CommandMessage;
import cloud.gyroscops.schemas.EventKey;
import cloud.gyroscops.schemas.EventMessage;
import cloud.gyroscops.schemas.registry.InMemorySchemaRegistry;
import cloud.gyroscops.schemas.serde.Wire;
import cloud.gyroscops.schemas.settings.KafkaSettings;
import cloud.gyroscops.schemas.topic.TopicCatalogue;
import cloud.gyroscops.schemas.topic.TopicSettings;
import cloud.gyroscops.topology.command.CommandInterceptor;
import cloud.gyroscops.topology.command.CommandSettings;
import cloud.gyroscops.topology.command.CommandStores;
import cloud.gyroscops.topology.command.CommandTopology;
import cloud.gyroscops.topology.streams.RegistryOutage;
import cloud.gyroscops.topology.streams.StreamsSettings;
import cloud.gyroscops.topology.view.ViewStores;
import cloud.gyroscops.topology.view.ViewTopology;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/**
 * What the command topology and the view topology are expected to do together, without a broker: given events, when a
 * command comes, then events, results and views.
 *
 * <pre>{@code
 * try (var topology = new TopologySpecification()) {
 *     topology.given("o-1", new OrganizationCreated("Acme"))
 *             .when("o-1", new SuspendOrganization("unpaid"))
 *             .then(new OrganizationSuspended("unpaid"))
 *             .thenAccepted();
 *     assertEquals(2, topology.view(ORGANIZATIONS, "o-1").orElseThrow().getApplied().getVersion());
 * }
 * }</pre>
 *
 * <p>The clock stands still but for {@link #advance}, and is the broker's clock, too, unless told otherwise; {@link #registry} can be taken
 * down. Every topic has one partition. The {@code then…} methods look at what the latest step brought about: one call of
 * {@code when…} or {@code advance}. What fails is an {@link AssertionError} that tells that step's story.
 */
public final class TopologySpecification implements AutoCloseable {

    /** When the clock starts. */
    public static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

    private final TopicCatalogue topics = new TopicCatalogue(TopicSettings.single(1));
    private final InMemorySchemaRegistry registry = new InMemorySchemaRegistry();
    private final Wire wire = new Wire(topics, registry);
    private final RegistryOutage outage = new RegistryOutage();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Path directory;
    private final TopologyTestDriver commands;
    private final CommandStores states;

    private final List<Event> notYetViewed = new ArrayList<>();
    private TopologyTestDriver views;

    private Instant now = START;
    private Duration behind = Duration.ZERO;
    private int sent;
    private String step = "nothing yet";
    private List<Sent<EventMessage>> events = List.of();
    private final List<String> forgotten = new ArrayList<>();
    private List<Sent<CommandResult>> results = List.of();
    private List<Sent<byte[]>> deadLetters = List.of();
    private List<Sent<CommandMessage>> commandsAgain = List.of();

    /** A record on its way to the views. */
    private record Event(String topic, byte[] key, byte[] value, Instant time) {}

    /** With the default settings, and no interceptors but the built-in ones. */
    public TopologySpecification() {
        this(CommandSettings.DEFAULT);
    }

    /**
     * With other settings, or with interceptors of one's own.
     *
     * @param interceptors as they are given to {@link CommandTopology}
     */
    public TopologySpecification(CommandSettings settings, CommandInterceptor... interceptors) {
        try {
            directory = Files.createTempDirectory("topology-specification");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        wire.register();
        commands = driver(
                new CommandTopology(topics, wire, outage, settings, meters, List.of(interceptors)).build(), "commands");
        states = new CommandStores(commands, settings);
    }

    /** What has happened to an aggregate, after what was given before. The type of the events tells its type. */
    public TopologySpecification given(String id, SpecificRecord... payloads) {
        var aggregate = aggregateOf(payloads[0]);
        for (var event : states.seed(aggregate, id, now, List.of(payloads))) {
            pipeEvent(aggregate, event);
        }
        return this;
    }

    /** An event as it lies in its topic, for the views and the directory of organizations, but not for states. */
    public TopologySpecification givenVisible(EventMessage event) {
        pipeEvent(aggregateOf(event.payload()), event);
        return this;
    }

    /** From now on the broker's clock is that far behind the topology's; records have its time. */
    public TopologySpecification givenBrokerBehind(Duration lag) {
        behind = lag;
        return this;
    }

    /** A command with a new commandId, from an anonymous client, that expects no version. */
    public TopologySpecification when(String id, SpecificRecord payload) {
        return when(id, payload, header -> {});
    }

    /** A command with a head of its own, for example {@code header -> header.setExpectedVersion(3L)}. */
    public TopologySpecification when(String id, SpecificRecord payload, Consumer<CommandHeader> change) {
        var header = new CommandHeader("c-" + ++sent, id, null, "anonymous", Origin.CLIENT, null, Map.of());
        change.accept(header);
        return when(new CommandMessage(header, payload));
    }

    /** Commands as they are, one after the other in one step. */
    public TopologySpecification when(CommandMessage... messages) {
        return step(told(messages), () -> {
            for (var message : messages) {
                var aggregate = aggregateTaking(message.payload());
                pipe(aggregate, bytes(message.header().getAggregateId()), wire.command(aggregate, message), Map.of());
            }
        });
    }

    /** A record that may be no command at all. */
    public TopologySpecification whenRaw(Aggregate aggregate, byte[] key, byte[] value) {
        return whenRaw(aggregate, key, value, Map.of());
    }

    /** A record that may be no command at all, with headers. */
    public TopologySpecification whenRaw(Aggregate aggregate, byte[] key, byte[] value, Map<String, String> headers) {
        return step(
                topics.commands(aggregate) + " key " + text(key) + " value "
                        + (value == null ? "null" : value.length + " bytes"),
                () -> pipe(aggregate, key, value, headers));
    }

    /** Lets time pass: for the broker, for the topology's clock, and for what is due at its end. */
    public TopologySpecification advance(Duration time) {
        now = now.plus(time);
        return step("the clock is advanced by " + time, () -> commands.advanceWallClockTime(time));
    }

    /** Exactly these events came, in this order. */
    public TopologySpecification then(SpecificRecord... payloads) {
        var came = events.stream().map(event -> event.message().payload()).toList();
        return came.equals(List.of(payloads)) ? this : fail("events " + told(payloads));
    }

    /** No event came. */
    public TopologySpecification thenNoEvent() {
        return then();
    }

    /** One result came, which accepts. */
    public TopologySpecification thenAccepted() {
        return results.size() == 1 && results.get(0).message().getStatus() == ResultStatus.ACCEPTED
                ? this
                : fail("one result, ACCEPTED");
    }

    /** One result came, which rejects for this reason. */
    public TopologySpecification thenRefused(RefusalReason reason) {
        return refusedFor(reason) ? this : fail("one result, REJECTED with " + reason);
    }

    /** One result came, which rejects for this reason and blames this field. */
    public TopologySpecification thenRefused(RefusalReason reason, String field) {
        return refusedFor(reason)
                        && field.equals(results.get(0).message().getRefusal().getField())
                ? this
                : fail("one result, REJECTED with " + reason + ", field " + field);
    }

    /** One dead letter came, for this reason. */
    public TopologySpecification thenDeadLetter(String reason) {
        return deadLetters.size() == 1
                        && reason.equals(deadLetters.get(0).headers().get("dead-letter-reason"))
                ? this
                : fail("one dead letter, " + reason);
    }

    /** No dead letter came. */
    public TopologySpecification thenNoDeadLetter() {
        return deadLetters.isEmpty() ? this : fail("no dead letter");
    }

    /** The events of the latest step. */
    public List<Sent<EventMessage>> events() {
        return events;
    }

    /** The keys of events that were erased in the latest step. */
    public List<String> forgotten() {
        return List.copyOf(forgotten);
    }

    /** The results of the latest step. */
    public List<Sent<CommandResult>> results() {
        return results;
    }

    /** The only result of the latest step. */
    public Sent<CommandResult> result() {
        if (results.size() != 1) {
            fail("one result");
        }
        return results.get(0);
    }

    /** The dead letters of the latest step. */
    public List<Sent<byte[]>> deadLetters() {
        return deadLetters;
    }

    /** The commands that the topology itself sent in the latest step: time-outs. */
    public List<Sent<CommandMessage>> commandsAgain() {
        return commandsAgain;
    }

    /** The state that is decided on next; the initial one where there is no aggregate. */
    public SpecificRecord state(Aggregate aggregate, String id) {
        return states.stored(aggregate, id)
                .<SpecificRecord>map(stored -> stored.state())
                .orElseGet(() -> states.initial(aggregate));
    }

    /** The version of an aggregate; 0 where there is none. */
    public long version(Aggregate aggregate, String id) {
        return states.stored(aggregate, id)
                .map(stored -> stored.progress().getVersion())
                .orElse(0L);
    }

    /** The view of an aggregate, after all events so far. */
    public Optional<SpecificRecord> view(Aggregate aggregate, String id) {
        return views().find(aggregate, id);
    }

    /** The history of an aggregate in the views, after all events so far. */
    public List<EventMessage> history(Aggregate aggregate, String id) {
        return views().history(aggregate, id);
    }

    /** The latest result of a command in the views, after all results so far. */
    public Optional<CommandResult> resultView(String commandId) {
        return views().result(commandId);
    }

    /** The time of both clocks. */
    public Instant now() {
        return now;
    }

    /** The registry, in the test's hand. */
    public InMemorySchemaRegistry registry() {
        return registry;
    }

    /** What waits for the registry. */
    public RegistryOutage outage() {
        return outage;
    }

    /** How messages become bytes here. */
    public Wire wire() {
        return wire;
    }

    /** The names of the topics. */
    public TopicCatalogue topics() {
        return topics;
    }

    /** What was counted. */
    public SimpleMeterRegistry meters() {
        return meters;
    }

    @Override
    public void close() {
        outage.close();
        commands.close();
        if (views != null) {
            views.close();
        }
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private TopologySpecification step(String what, Runnable action) {
        step = what;
        action.run();
        forgotten.clear();
        var newEvents = new ArrayList<Sent<EventMessage>>();
        var newCommands = new ArrayList<Sent<CommandMessage>>();
        for (var aggregate : Aggregate.values()) {
            newEvents.addAll(read(topics.events(aggregate), bytes -> wire.event(aggregate, bytes)));
            newCommands.addAll(read(topics.commands(aggregate), bytes -> wire.command(aggregate, bytes)));
        }
        events = newEvents;
        commandsAgain = newCommands;
        results = read(topics.results(), wire::result);
        deadLetters = read(topics.deadLetters(), Function.identity());
        events.forEach(event -> notYetViewed.add(new Event(
                topics.events(aggregateOf(event.message().payload())), event.key(), event.bytes(), event.time())));
        results.forEach(
                result -> notYetViewed.add(new Event(topics.results(), result.key(), result.bytes(), result.time())));
        return this;
    }

    private <T> List<Sent<T>> read(String topic, Function<byte[], T> reader) {
        if (!commands.producedTopicNames().contains(topic)) {
            return List.of();
        }
        var bytes = new ByteArrayDeserializer();
        var records = commands.createOutputTopic(topic, bytes, bytes).readRecordsToList();
        records.stream().filter(record -> record.value() == null).forEach(tombstone -> {
            forgotten.add(new String(tombstone.key(), StandardCharsets.UTF_8));
            notYetViewed.add(new Event(topic, tombstone.key(), null, tombstone.getRecordTime()));
        });
        return records.stream()
                .filter(record -> record.value() != null)
                .map(record -> Sent.of(record, reader))
                .toList();
    }

    private void pipe(Aggregate aggregate, byte[] key, byte[] value, Map<String, String> headers) {
        var record = new TestRecord<>(key, value, now.minus(behind));
        headers.forEach((name, content) -> record.headers().add(name, bytes(content)));
        pipe(commands, topics.commands(aggregate), record);
    }

    private void pipeEvent(Aggregate aggregate, EventMessage event) {
        var header = event.header();
        var key = bytes(EventKey.of(header.getAggregateId(), header.getVersion()));
        var value = wire.event(aggregate, event);
        if (aggregate == Aggregate.ORGANIZATIONS) {
            pipe(commands, topics.events(aggregate), new TestRecord<>(key, value, header.getOccurredAt()));
        }
        notYetViewed.add(new Event(topics.events(aggregate), key, value, header.getOccurredAt()));
    }

    private static void pipe(TopologyTestDriver driver, String topic, TestRecord<byte[], byte[]> record) {
        var bytes = new ByteArraySerializer();
        driver.createInputTopic(topic, bytes, bytes).pipeInput(record);
    }

    /** Opening stores takes time, so the view topology starts when somebody asks. */
    private ViewStores views() {
        if (views == null) {
            views = driver(new ViewTopology(topics, wire, outage).build(), "views");
        }
        notYetViewed.forEach(
                event -> pipe(views, event.topic(), new TestRecord<>(event.key(), event.value(), event.time())));
        notYetViewed.clear();
        return new ViewStores(views, wire);
    }

    private TopologyTestDriver driver(Topology topology, String application) {
        return new TopologyTestDriver(topology, properties(application), now);
    }

    private Properties properties(String application) {
        return new StreamsSettings(KafkaSettings.at("none:9092"), application, directory, 1, 20, 1, 0, 6_000, "")
                .properties();
    }

    private boolean refusedFor(RefusalReason reason) {
        return results.size() == 1
                && results.get(0).message().getRefusal() != null
                && results.get(0).message().getRefusal().getReason() == reason;
    }

    private TopologySpecification fail(String expected) {
        throw new AssertionError("\n  when:         " + step
                + "\n  expected:     " + expected
                + "\n  events:       "
                + told(events.stream().map(event -> event.message().payload()).toArray(SpecificRecord[]::new))
                + "\n  results:      " + lines(results.stream().map(result -> "" + result.message()))
                + "\n  dead letters: " + lines(deadLetters.stream().map(letter -> "" + letter.headers()))
                + "\n  sent again:   "
                + told(commandsAgain.stream().map(Sent::message).toArray(CommandMessage[]::new)));
    }

    private static String told(SpecificRecord... records) {
        return lines(Arrays.stream(records).map(record -> record.getSchema().getName() + record));
    }

    private static String told(CommandMessage... messages) {
        return lines(Arrays.stream(messages)
                .map(message -> message.payload().getSchema().getName() + message.payload() + " " + message.header()));
    }

    private static String lines(Stream<String> lines) {
        var told = lines.toList();
        return told.isEmpty() ? "none" : String.join("\n                ", told);
    }

    private static Aggregate aggregateTaking(SpecificRecord command) {
        var name = command.getSchema().getName();
        return Aggregate.thatTakes(name)
                .orElseThrow(() -> new IllegalArgumentException(name + " is no command of any aggregate"));
    }

    private static Aggregate aggregateOf(SpecificRecord event) {
        return Arrays.stream(Aggregate.values())
                .filter(aggregate -> aggregate
                        .eventSchema()
                        .getField("payload")
                        .schema()
                        .getTypes()
                        .contains(event.getSchema()))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(event.getSchema().getName() + " is no event of any aggregate"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] key) {
        return key == null ? "null" : '"' + new String(key, StandardCharsets.UTF_8) + '"';
    }
}
