package cloud.gyroscops.topology.view.figures;

import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.EventKey;
import cloud.gyroscops.schemas.EventMessage;
import cloud.gyroscops.schemas.registry.InMemorySchemaRegistry;
import cloud.gyroscops.schemas.serde.Wire;
import cloud.gyroscops.schemas.settings.KafkaSettings;
import cloud.gyroscops.schemas.topic.TopicCatalogue;
import cloud.gyroscops.schemas.topic.TopicSettings;
import cloud.gyroscops.topology.command.EventPartitioner;
import cloud.gyroscops.topology.streams.RegistryOutage;
import cloud.gyroscops.topology.streams.StreamsSettings;
import cloud.gyroscops.topology.view.ViewTopology;
import cloud.gyroscops.topology.view.partition.PartitionStores;
import cloud.gyroscops.topology.view.partition.Question;
import cloud.gyroscops.topology.view.partition.Questions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.QueryableStoreType;

/**
 * View topologies without a broker, each for the events of its share of the organizations: what is kept over everything has
 * to be added up over all of them, as over partitions.
 */
final class RunningViews implements Questions, AutoCloseable {

    private final TopicCatalogue topics = new TopicCatalogue(TopicSettings.single(1));
    private final Wire wire = new Wire(topics, new InMemorySchemaRegistry());
    private final List<Partition> partitions;

    RunningViews(Path directory, int count) {
        this(directory, "views", count);
    }

    RunningViews(Path directory, String application, int count) {
        wire.register();
        partitions = IntStream.range(0, count)
                .mapToObj(partition -> new Partition(directory, application + "-" + partition))
                .toList();
    }

    void feed(List<EventMessage> events) {
        events.forEach(this::feed);
    }

    void feed(EventMessage event) {
        of(event.header().getOrganizationId()).feed(event);
    }

    Figures figures() {
        return new Figures(this);
    }

    @Override
    public <A> A ask(String key, Question<A> question) {
        return question.answer(of(key));
    }

    @Override
    public <A> List<A> askAll(Question<A> question) {
        return partitions.stream().map(question::answer).toList();
    }

    private Partition of(String organization) {
        return partitions.get(EventPartitioner.partition(organization, partitions.size()));
    }

    @Override
    public void close() {
        partitions.forEach(partition -> partition.driver.close());
    }

    private final class Partition implements PartitionStores {

        private final TopologyTestDriver driver;
        private final List<TestInputTopic<byte[], byte[]>> inputs;

        Partition(Path directory, String name) {
            var settings = new StreamsSettings(KafkaSettings.at("none:9092"), name, directory, 1, 20, 1, 0, 6_000, "");
            driver = new TopologyTestDriver(
                    new ViewTopology(topics, wire, new RegistryOutage()).build(),
                    settings.properties(),
                    GeneratedEvents.START);
            var bytes = new ByteArraySerializer();
            inputs = List.of(Aggregate.values()).stream()
                    .map(aggregate -> driver.createInputTopic(topics.events(aggregate), bytes, bytes))
                    .toList();
        }

        void feed(EventMessage event) {
            var header = event.header();
            var aggregate = Aggregate.of(header.getAggregateType());
            var key = EventKey.of(header.getAggregateId(), header.getVersion());
            inputs.get(aggregate.ordinal())
                    .pipeInput(
                            key.getBytes(StandardCharsets.UTF_8), wire.event(aggregate, event), header.getOccurredAt());
        }

        @Override
        @SuppressWarnings("unchecked")
        public <T> T store(String name, QueryableStoreType<T> type) {
            return (T) driver.getKeyValueStore(name);
        }
    }
}
