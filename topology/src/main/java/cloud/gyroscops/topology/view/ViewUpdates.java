package cloud.gyroscops.topology.view;

import cloud.gyroscops.schemas.EventKey;
import cloud.gyroscops.schemas.serde.Wire;
import cloud.gyroscops.topology.streams.RegistryOutage;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/** Applies one aggregate type's events to its view, and keeps them as its history. */
final class ViewUpdates<S extends SpecificRecord, V extends SpecificRecord>
        implements Processor<String, byte[], Void, Void> {

    private final ViewModel<S, V> model;
    private final Wire wire;
    private final RegistryOutage outage;
    private KeyValueStore<String, V> views;
    private KeyValueStore<String, byte[]> history;

    ViewUpdates(ViewModel<S, V> model, Wire wire, RegistryOutage outage) {
        this.model = model;
        this.wire = wire;
        this.outage = outage;
    }

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        views = context.getStateStore(ViewModel.viewStore(model.aggregate()));
        history = context.getStateStore(ViewModel.historyStore(model.aggregate()));
    }

    @Override
    public void process(Record<String, byte[]> record) {
        if (record.value() == null) {
            // Left by an erasure, whose event says what to drop.
            return;
        }
        var event = outage.waitOut(() -> wire.event(model.aggregate(), record.value()));
        var id = record.key();
        if (ViewModel.erases(event)) {
            forget(id);
        }
        views.put(id, model.apply(views.get(id), event));
        history.put(EventKey.ordered(id, event.header().getVersion()), record.value());
    }

    private void forget(String id) {
        try (var earlier = history.range(EventKey.ordered(id, 0), EventKey.ordered(id, Long.MAX_VALUE))) {
            earlier.forEachRemaining(entry -> history.delete(entry.key));
        }
    }
}
