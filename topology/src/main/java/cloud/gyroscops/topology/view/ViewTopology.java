package cloud.gyroscops.topology.view;

import cloud.gyroscops.contract.view.PaymentView;
import cloud.gyroscops.contract.view.UserView;
import cloud.gyroscops.contract.view.ViewChange;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.EventKey;
import cloud.gyroscops.schemas.SchemaHistory;
import cloud.gyroscops.schemas.serde.StateSerde;
import cloud.gyroscops.schemas.serde.Wire;
import cloud.gyroscops.schemas.topic.TopicCatalogue;
import cloud.gyroscops.topology.streams.RegistryOutage;
import cloud.gyroscops.topology.view.figures.Tallies;
import cloud.gyroscops.topology.view.history.EventIndex;
import cloud.gyroscops.topology.view.history.OutcomeEntry;
import cloud.gyroscops.topology.view.list.Descriptions;
import cloud.gyroscops.topology.view.list.PaymentSearch;
import cloud.gyroscops.topology.view.list.UserList;
import cloud.gyroscops.topology.view.partition.Projection;
import cloud.gyroscops.topology.view.partition.Side;
import cloud.gyroscops.topology.view.partition.ViewModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The view topology: from the events, views and histories by id, and beside them what mirrors made of the events; then, where
 * the changes of views arrive in the partitions of their organizations, lists and figures; and the results of commands. The application id carries a version:
 * views that are built another way are built beside these, from the first event.
 */
public final class ViewTopology {

    /** What the names of the applications that run it begin with; a version follows. */
    public static final String APPLICATION = "gyroscops-views";

    /** How long results can be asked for. */
    public static final Duration RESULTS_KEPT = Duration.ofDays(7);

    private static final String BY_ORGANIZATION = "by-organization";

    private final TopicCatalogue topics;
    private final Wire wire;
    private final RegistryOutage outage;
    private final SchemaHistory history = SchemaHistory.load();
    private final WorkedPartitions worked = new WorkedPartitions();

    public ViewTopology(TopicCatalogue topics, Wire wire, RegistryOutage outage) {
        this.topics = topics;
        this.wire = wire;
        this.outage = outage;
    }

    /** The whole topology. */
    public Topology build() {
        var builder = new StreamsBuilder();
        var outcomes = keyValue(OutcomeEntry.STORE, Serdes.ByteArray());
        var changes = ViewModel.all(history).stream()
                .map(model -> viewsById(builder, model, outcomes))
                .toList();
        addOutcomes(builder);
        changes.get(0)
                .merge(changes.get(1), Named.as("organizations-and-users-changes"))
                .merge(changes.get(2), Named.as("all-changes"))
                .process(new ProjectionUpdates(Side.BY_ID, worked, overEverything()), Named.as("over-everything"))
                .repartition(Repartitioned.with(Serdes.String(), serde(ViewChange.class))
                        .withName(BY_ORGANIZATION)
                        .withNumberOfPartitions(topics.partitions()))
                .process(
                        new ProjectionUpdates(Side.BY_ORGANIZATION, worked, byOrganization()),
                        Named.as("by-organization-updates"));
        addResults(builder);
        return builder.build();
    }

    /** The application that runs a version of the views; the family's name is {@link #APPLICATION}, with a prefix. */
    public static String application(String family, int version) {
        return family + '-' + version;
    }

    /** The version that a topic of an application's own belongs to; empty for all other topics. */
    public static OptionalInt version(String family, String topic) {
        var own = Pattern.compile(Pattern.quote(family) + "-([1-9]\\d{0,8})-.+-(changelog|repartition)")
                .matcher(topic);
        return own.matches() ? OptionalInt.of(Integer.parseInt(own.group(1))) : OptionalInt.empty();
    }

    /** The topic of an application on which changes of views go to the partitions of their organizations. */
    public static String changes(String application) {
        return application + '-' + BY_ORGANIZATION + "-repartition";
    }

    /** What belongs to which side of a topology that was built and that no application has taken yet. */
    public Layout layout(Topology topology, String application) {
        return Layout.of(topology.describe(), topics, application);
    }

    /** The partitions that are worked on by what was built. */
    public WorkedPartitions worked() {
        return worked;
    }

    /** What is kept of all aggregates of a partition by id, to be added up over the partitions. */
    private List<Projection> overEverything() {
        return Tallies.overEverything(history, topics.changelog());
    }

    /** What is kept of each organization, all in its one partition; last, and so visible last, how far it has come. */
    private List<Projection> byOrganization() {
        var projections = new ArrayList<Projection>(List.of(
                new UserList(serde(UserView.class), topics.changelog()),
                new PaymentSearch(serde(PaymentView.class), topics.changelog()),
                new Descriptions(topics.changelog())));
        projections.addAll(Tallies.byOrganization(history, topics.changelog()));
        projections.add(new AppliedVersions(topics.changelog()));
        return projections;
    }

    private <S extends SpecificRecord, V extends SpecificRecord> KStream<String, ViewChange> viewsById(
            StreamsBuilder builder, ViewModel<S, V> model, StoreBuilder<?> outcomes) {
        var name = model.aggregate().plural();
        var stores = new ArrayList<StoreBuilder<?>>(List.of(
                keyValue(ViewModel.viewStore(model.aggregate()), model.serde()),
                keyValue(ViewModel.historyStore(model.aggregate()), Serdes.ByteArray()),
                keyValue(ViewModel.snapshotStore(model.aggregate()), model.serde()),
                keyValue(EventIndex.store(model.aggregate()), Serdes.String())));
        if (model.aggregate() == Aggregate.USERS) {
            // What mirrors made of a user goes with the user.
            stores.add(outcomes);
        }
        return builder.stream(
                        topics.events(model.aggregate()),
                        Consumed.with(aggregateIds(), Serdes.ByteArray()).withName(name + "-events"))
                .process(
                        supplier(
                                () -> new ViewUpdates<>(model, wire, outage, worked),
                                stores.toArray(StoreBuilder<?>[]::new)),
                        Named.as(name + "-updates"));
    }

    /** Beside the views by id, in whose partitions outcomes are: the stores of users, which they share, keep them there. */
    private void addOutcomes(StreamsBuilder builder) {
        builder.stream(
                        topics.mirrorOutcomes(),
                        Consumed.with(Serdes.String(), Serdes.ByteArray()).withName("mirror-outcomes-source"))
                .process(
                        () -> new OutcomeUpdates(wire, outage, worked),
                        Named.as("mirror-outcomes-updates"),
                        OutcomeEntry.STORE,
                        ViewModel.viewStore(Aggregate.USERS));
    }

    private void addResults(StreamsBuilder builder) {
        var onePerMoment = Duration.ofMillis(1);
        var store = Stores.windowStoreBuilder(
                        Stores.persistentWindowStore(ResultUpdates.STORE, RESULTS_KEPT, onePerMoment, false),
                        Serdes.String(),
                        Serdes.ByteArray())
                .withLoggingEnabled(topics.changelog());
        builder.stream(
                        topics.results(),
                        Consumed.with(Serdes.String(), Serdes.ByteArray()).withName("command-results-source"))
                .process(supplier(() -> new ResultUpdates(worked), store), Named.as("command-results-updates"));
    }

    private <V> StoreBuilder<?> keyValue(String name, Serde<V> values) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.String(), values)
                .withLoggingEnabled(topics.changelog());
    }

    private <T extends SpecificRecord> Serde<T> serde(Class<T> type) {
        return new StateSerde<>(type, history.of(type.getName()));
    }

    private static Serde<String> aggregateIds() {
        return Serdes.serdeFrom(new StringSerializer(), new EventKey.AggregateIdDeserializer());
    }

    /** A processor with the stores that it writes. */
    private static <K, V, L, W> ProcessorSupplier<K, V, L, W> supplier(
            Supplier<Processor<K, V, L, W>> processor, StoreBuilder<?>... stores) {
        return new ProcessorSupplier<>() {
            @Override
            public Processor<K, V, L, W> get() {
                return processor.get();
            }

            @Override
            public Set<StoreBuilder<?>> stores() {
                // In the order given: it shows in the topology's description.
                return new LinkedHashSet<>(List.of(stores));
            }
        };
    }
}
