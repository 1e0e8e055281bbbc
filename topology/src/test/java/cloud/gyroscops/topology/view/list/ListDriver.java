package cloud.gyroscops.topology.view.list;

import cloud.gyroscops.contract.AggregateType;
import cloud.gyroscops.contract.EventHeader;
import cloud.gyroscops.contract.Origin;
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
import cloud.gyroscops.topology.view.ViewStores;
import cloud.gyroscops.topology.view.ViewTopology;
import cloud.gyroscops.topology.view.partition.PartitionStores;
import cloud.gyroscops.topology.view.partition.Projection;
import cloud.gyroscops.topology.view.partition.Question;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.state.QueryableStoreType;
import org.apache.kafka.streams.state.internals.StateStoreProvider;

/** One partition of the views, fed with events and asked. A minute passes with each event. */
final class ListDriver implements AutoCloseable {

    static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

    private final TopicCatalogue topics = new TopicCatalogue(TopicSettings.single(1));
    private final Wire wire = new Wire(topics, new InMemorySchemaRegistry());
    private final TopologyTestDriver driver;
    private final Map<String, Long> versions = new HashMap<>();
    private Instant now = START;

    ListDriver(Path directory) {
        wire.register();
        var settings = new StreamsSettings(KafkaSettings.at("none:9092"), "views", directory, 1, 20, 1, 0, 6_000, "");
        driver = new TopologyTestDriver(
                new ViewTopology(topics, wire, new RegistryOutage()).build(), settings.properties(), START);
    }

    /** The next event of a user. */
    void user(String id, String organizationId, SpecificRecord payload) {
        event(Aggregate.USERS, AggregateType.USER, id, organizationId, payload);
    }

    /** The next event of a payment. */
    void payment(String id, String organizationId, SpecificRecord payload) {
        event(Aggregate.PAYMENTS, AggregateType.PAYMENT, id, organizationId, payload);
    }

    private void event(
            Aggregate aggregate, AggregateType type, String id, String organizationId, SpecificRecord payload) {
        now = now.plus(Duration.ofMinutes(1));
        long version = versions.merge(aggregate.plural() + '/' + id, 1L, Long::sum);
        var header = new EventHeader(
                aggregate.plural() + '/' + EventKey.of(id, version),
                type,
                id,
                version,
                organizationId,
                now,
                "eve",
                Origin.CLIENT,
                "c",
                "c",
                Map.of());
        driver.createInputTopic(topics.events(aggregate), new StringSerializer(), new ByteArraySerializer())
                .pipeInput(EventKey.of(id, version), wire.event(aggregate, new EventMessage(header, payload)), now);
    }

    /** The time of the last event. */
    Instant now() {
        return now;
    }

    /** The views by id. */
    ViewStores views() {
        return new ViewStores(driver, wire);
    }

    /** How many payments have a description; 0 where nothing is kept of it. */
    long count(String key) {
        var count = driver.<String, Long>getKeyValueStore(Descriptions.COUNTS).get(key);
        return count == null ? 0 : count;
    }

    /** Lets changes be made to a projection's stores that no event makes; to be called before any event. */
    Projection.Updates open(Projection projection) {
        return projection.open(new Projection.Stores() {
            @Override
            @SuppressWarnings("unchecked")
            public <S extends StateStore> S store(String name) {
                return (S)
                        (name.equals(Descriptions.COUNTS) ? driver.getKeyValueStore(name) : driver.getStateStore(name));
            }
        });
    }

    /** The partition's answer. */
    <A> A ask(Question<A> question) {
        return question.answer(new PartitionStores() {
            @Override
            public <T> T store(String name, QueryableStoreType<T> type) {
                return type.create(
                        new StateStoreProvider() {
                            @Override
                            @SuppressWarnings("unchecked")
                            public <S> List<S> stores(String storeName, QueryableStoreType<S> storeType) {
                                return List.of((S) driver.getStateStore(storeName));
                            }
                        },
                        name);
            }
        });
    }

    @Override
    public void close() {
        driver.close();
    }
}
