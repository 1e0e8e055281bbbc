package cloud.gyroscops.topology.view;

import cloud.gyroscops.schemas.EventKey;
import cloud.gyroscops.schemas.SchemaHistory;
import cloud.gyroscops.schemas.serde.Wire;
import cloud.gyroscops.schemas.topic.TopicCatalogue;
import cloud.gyroscops.topology.streams.RegistryOutage;
import java.time.Duration;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.Stores;

/**
 * The view topology: per aggregate type a view by id and a history, from the events alone, and the results of commands.
 * The application id carries a version: views that are built another way are built beside these, from the first event.
 */
public final class ViewTopology {

    /** The name of the application that runs it. */
    public static final String APPLICATION = "gyroscops-views-1";

    /** How long results can be asked for. */
    public static final Duration RESULTS_KEPT = Duration.ofDays(7);

    private final TopicCatalogue topics;
    private final Wire wire;
    private final RegistryOutage outage;

    public ViewTopology(TopicCatalogue topics, Wire wire, RegistryOutage outage) {
        this.topics = topics;
        this.wire = wire;
        this.outage = outage;
    }

    /** The whole topology. */
    public Topology build() {
        var topology = new Topology();
        ViewModel.all(SchemaHistory.load()).forEach(model -> add(topology, model));
        addResults(topology);
        return topology;
    }

    private <S extends SpecificRecord, V extends SpecificRecord> void add(Topology topology, ViewModel<S, V> model) {
        var source = model.aggregate().plural() + "-events";
        var updates = model.aggregate().plural() + "-updates";
        topology.addSource(
                        source,
                        new EventKey.AggregateIdDeserializer(),
                        new ByteArrayDeserializer(),
                        topics.events(model.aggregate()))
                .addProcessor(updates, () -> new ViewUpdates<>(model, wire, outage), source)
                .addStateStore(
                        Stores.keyValueStoreBuilder(
                                        Stores.persistentKeyValueStore(ViewModel.viewStore(model.aggregate())),
                                        Serdes.String(),
                                        model.serde())
                                .withLoggingEnabled(topics.changelog()),
                        updates)
                .addStateStore(
                        Stores.keyValueStoreBuilder(
                                        Stores.persistentKeyValueStore(ViewModel.historyStore(model.aggregate())),
                                        Serdes.String(),
                                        Serdes.ByteArray())
                                .withLoggingEnabled(topics.changelog()),
                        updates);
    }

    private void addResults(Topology topology) {
        var onePerMoment = Duration.ofMillis(1);
        topology.addSource(
                        "command-results-source",
                        new StringDeserializer(),
                        new ByteArrayDeserializer(),
                        topics.results())
                .addProcessor("command-results-updates", ResultUpdates::new, "command-results-source")
                .addStateStore(
                        Stores.windowStoreBuilder(
                                        Stores.persistentWindowStore(
                                                ResultUpdates.STORE, RESULTS_KEPT, onePerMoment, false),
                                        Serdes.String(),
                                        Serdes.ByteArray())
                                .withLoggingEnabled(topics.changelog()),
                        "command-results-updates");
    }
}
