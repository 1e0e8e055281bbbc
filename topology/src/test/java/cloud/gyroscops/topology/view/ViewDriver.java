package cloud.gyroscops.topology.view;

import cloud.gyroscops.contract.EventHeader;
import cloud.gyroscops.contract.Origin;
import cloud.gyroscops.contract.mirror.MirrorOutcome;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.EventKey;
import cloud.gyroscops.schemas.EventMessage;
import cloud.gyroscops.schemas.registry.InMemorySchemaRegistry;
import cloud.gyroscops.schemas.serde.Wire;
import cloud.gyroscops.schemas.settings.KafkaSettings;
import cloud.gyroscops.schemas.topic.TopicCatalogue;
import cloud.gyroscops.schemas.topic.TopicSettings;
import cloud.gyroscops.topology.streams.RegistryOutage;
import cloud.gyroscops.topology.streams.StreamsSettings;
import cloud.gyroscops.topology.view.partition.Question;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;

/** The view topology alone, fed with events: the partition of one instance. */
public final class ViewDriver implements AutoCloseable {

    private final TopicCatalogue topics = new TopicCatalogue(TopicSettings.single(1));
    private final Wire wire = new Wire(topics, new InMemorySchemaRegistry());
    private final TopologyTestDriver driver;

    /** Keeps its stores in a directory of its own. */
    public ViewDriver(Path directory) {
        this(directory, "views");
    }

    /** With an application id: views that are built beside others have one of their own. */
    public ViewDriver(Path directory, String application) {
        wire.register();
        var settings =
                new StreamsSettings(KafkaSettings.at("none:9092"), application, directory, 1, 20, 1, 0, 6_000, "");
        driver = new TopologyTestDriver(
                new ViewTopology(topics, wire, new RegistryOutage()).build(), settings.properties(), Instant.EPOCH);
    }

    /** An event of an organization's aggregate. */
    public static EventMessage event(
            Aggregate aggregate,
            String id,
            long version,
            Instant time,
            String organization,
            String actor,
            SpecificRecord payload) {
        return new EventMessage(
                new EventHeader(
                        aggregate.plural() + "/" + EventKey.of(id, version),
                        aggregate.type(),
                        id,
                        version,
                        organization,
                        time,
                        actor,
                        Origin.CLIENT,
                        "correlation",
                        "cause",
                        Map.of()),
                payload);
    }

    /** An event comes. */
    public void pipe(EventMessage event) {
        var header = event.header();
        var aggregate = Aggregate.of(header.getAggregateType());
        topic(aggregate)
                .pipeInput(
                        EventKey.of(header.getAggregateId(), header.getVersion()),
                        wire.event(aggregate, event),
                        header.getOccurredAt());
    }

    /** What an erasure leaves in the place of an event. */
    public void pipeTombstone(Aggregate aggregate, String id, long version) {
        topic(aggregate).pipeInput(EventKey.of(id, version), null, Instant.EPOCH);
    }

    /** What a mirror made of an event comes. */
    public void pipe(MirrorOutcome outcome) {
        topic(topics.mirrorOutcomes()).pipeInput(key(outcome), wire.outcome(outcome), outcome.getAt());
    }

    /** An outcome is to be forgotten. */
    public void pipeTombstone(MirrorOutcome outcome) {
        topic(topics.mirrorOutcomes()).pipeInput(key(outcome), null, outcome.getAt());
    }

    private static String key(MirrorOutcome outcome) {
        var plural = Aggregate.of(outcome.getAggregateType()).plural();
        return outcome.getTarget() + "/" + plural + '/' + outcome.getAggregateId() + '@' + outcome.getSequence();
    }

    private TestInputTopic<String, byte[]> topic(Aggregate aggregate) {
        return topic(topics.events(aggregate));
    }

    private TestInputTopic<String, byte[]> topic(String name) {
        return driver.createInputTopic(name, new StringSerializer(), new ByteArraySerializer());
    }

    /** What it has made of them. */
    public ViewStores stores() {
        return new ViewStores(driver, wire);
    }

    /** The same as the server asks it. */
    public Views views() {
        var stores = stores();
        var respondents = new Respondents(
                new Here() {
                    @Override
                    public boolean worksOn(Place place) {
                        return true;
                    }

                    @Override
                    public <A> Optional<Answered<A>> answer(
                            Question<A> question, int partition, Collection<Token> seen) {
                        return Optional.of(new Answered<>(stores.ask("", question), Optional.empty()));
                    }
                },
                new Alone(),
                Peers.NONE,
                new WaitingRoom());
        return new Views(() -> respondents, 1, wire, Asking.PATIENCE);
    }

    public TopologyTestDriver driver() {
        return driver;
    }

    public Wire wire() {
        return wire;
    }

    @Override
    public void close() {
        driver.close();
    }
}
