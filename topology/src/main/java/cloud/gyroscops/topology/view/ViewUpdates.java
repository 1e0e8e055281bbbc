package cloud.gyroscops.topology.view;

import cloud.gyroscops.contract.view.ViewChange;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.EventKey;
import cloud.gyroscops.schemas.EventMessage;
import cloud.gyroscops.schemas.serde.Wire;
import cloud.gyroscops.topology.streams.RegistryOutage;
import cloud.gyroscops.topology.view.history.EventIndex;
import cloud.gyroscops.topology.view.history.HistoryEntry;
import cloud.gyroscops.topology.view.history.OutcomeEntry;
import cloud.gyroscops.topology.view.partition.Side;
import cloud.gyroscops.topology.view.partition.ViewModel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * Applies one aggregate type's events to its view, keeps them as its history, and hands on what changed, under the
 * aggregate's organization. An erasure leaves nothing of what was before it.
 */
final class ViewUpdates<S extends SpecificRecord, V extends SpecificRecord>
        extends ContextualProcessor<String, byte[], String, ViewChange> {

    /** How many events lie between two snapshots. */
    static final int SNAPSHOT_EVERY = 100;

    /** Of organizations, whose names are shown with all that is theirs; a few hundred bytes each, in each partition. */
    private static final int MOST_REMEMBERED = 2_000;

    private final ViewModel<S, V> model;
    private final Wire wire;
    private final RegistryOutage outage;
    private final WorkedPartitions worked;
    private WorkedPartitions.Loan loan;
    private KeyValueStore<String, V> views;
    private Optional<RememberedViews<V>> remembered = Optional.empty();
    private KeyValueStore<String, byte[]> history;
    private KeyValueStore<String, V> snapshots;
    private KeyValueStore<String, String> index;
    private Optional<KeptOutcomes> outcomes = Optional.empty();

    ViewUpdates(ViewModel<S, V> model, Wire wire, RegistryOutage outage, WorkedPartitions worked) {
        this.model = model;
        this.wire = wire;
        this.outage = outage;
        this.worked = worked;
    }

    private List<String> stores() {
        return List.of(
                ViewModel.viewStore(model.aggregate()),
                ViewModel.historyStore(model.aggregate()),
                ViewModel.snapshotStore(model.aggregate()),
                EventIndex.store(model.aggregate()));
    }

    @Override
    public void init(ProcessorContext<String, ViewChange> context) {
        super.init(context);
        views = context.getStateStore(ViewModel.viewStore(model.aggregate()));
        history = context.getStateStore(ViewModel.historyStore(model.aggregate()));
        snapshots = context.getStateStore(ViewModel.snapshotStore(model.aggregate()));
        index = context.getStateStore(EventIndex.store(model.aggregate()));
        if (model.aggregate() == Aggregate.ORGANIZATIONS) {
            remembered = Optional.of(new RememberedViews<>(views, MOST_REMEMBERED));
        }
        if (model.aggregate() == Aggregate.USERS) {
            outcomes = Optional.of(new KeptOutcomes(context.getStateStore(OutcomeEntry.STORE), wire, outage));
        }
        var store = ViewModel.viewStore(model.aggregate());
        loan = worked.lend(
                Side.BY_ID,
                context,
                stores(),
                remembered
                        .<Map<String, ReadOnlyKeyValueStore<?, ?>>>map(views -> Map.of(store, views))
                        .orElse(Map.of()));
    }

    @Override
    public void close() {
        loan.close();
    }

    @Override
    public void process(Record<String, byte[]> record) {
        if (record.value() == null) {
            // Left by an erasure, whose event says what to drop.
            return;
        }
        var event = read(record.value());
        var id = record.key();
        long version = event.header().getVersion();
        var organization = event.header().getOrganizationId();
        var before = views.get(id);
        var after = model.apply(before, event);
        var key = EventKey.ordered(id, version);
        history.put(key, HistoryEntry.of(event.header().getOccurredAt(), record.value()));
        index.put(EventIndex.key(event), EventIndex.value(event));
        if (version % SNAPSHOT_EVERY == 0) {
            snapshots.put(key, after);
        }
        var change = new ViewChange(model.aggregate().type(), id, version, organization, before, after);
        // Without the event's headers, which nobody reads behind here.
        context().forward(new Record<>(organization, change, record.timestamp()));
        // Last: whoever waits for a version looks here, and may then ask for all that was made of it. And an erased
        // user
        // is seen to be erased before anything of it is missing.
        views.put(id, after);
        remembered.ifPresent(known -> known.forget(id));
        if (ViewModel.erases(event)) {
            forget(id, version);
        }
    }

    /** Drops all that is kept of the versions before the one that erased them, and what mirrors made of these. */
    private void forget(String id, long version) {
        var first = EventKey.ordered(id, 0);
        var last = EventKey.ordered(id, version - 1);
        try (var earlier = history.range(first, last)) {
            earlier.forEachRemaining(entry -> {
                index.delete(EventIndex.key(read(HistoryEntry.event(entry.value))));
                history.delete(entry.key);
            });
        }
        try (var earlier = snapshots.range(first, last)) {
            earlier.forEachRemaining(entry -> snapshots.delete(entry.key));
        }
        outcomes.ifPresent(kept -> kept.forgetErased(model.aggregate(), id, version));
    }

    private EventMessage read(byte[] event) {
        return outage.waitOut(() -> wire.event(model.aggregate(), event));
    }
}
