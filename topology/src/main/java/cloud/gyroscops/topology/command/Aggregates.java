package cloud.gyroscops.topology.command;

import cloud.gyroscops.contract.Progress;
import cloud.gyroscops.schemas.StoredState;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.state.KeyValueStore;

/** The aggregates of one type and partition, as they are stored. */
final class Aggregates<S extends SpecificRecord> {

    private final KeyValueStore<String, StoredState<S>> store;
    private final StoredState<S> none;

    Aggregates(AggregateModel<S> model, KeyValueStore<String, StoredState<S>> store) {
        this.store = store;
        this.none = new StoredState<>(
                new Progress(0L, null, List.of(), List.of()), model.decider().initial());
    }

    /** The aggregate; at version 0, in its initial state, where there is none. */
    StoredState<S> get(String id) {
        var stored = store.get(id);
        return stored == null ? none : stored;
    }

    void put(String id, StoredState<S> stored) {
        store.put(id, stored);
    }
}
