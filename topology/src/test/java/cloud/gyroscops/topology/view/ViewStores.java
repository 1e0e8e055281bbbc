package cloud.gyroscops.topology.view;

import cloud.gyroscops.contract.CommandResult;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.EventKey;
import cloud.gyroscops.schemas.EventMessage;
import cloud.gyroscops.schemas.serde.Wire;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.TopologyTestDriver;

/** The stores of a view topology that runs in a test. */
public final class ViewStores {

    private final TopologyTestDriver driver;
    private final Wire wire;

    public ViewStores(TopologyTestDriver driver, Wire wire) {
        this.driver = driver;
        this.wire = wire;
    }

    /** The view of an aggregate, if there is one. */
    public Optional<SpecificRecord> find(Aggregate aggregate, String id) {
        return Optional.ofNullable(driver.<String, SpecificRecord>getKeyValueStore(ViewModel.viewStore(aggregate))
                .get(id));
    }

    /** An aggregate's events, in the order of the store. */
    public List<EventMessage> history(Aggregate aggregate, String id) {
        var events = new ArrayList<EventMessage>();
        try (var found = driver.<String, byte[]>getKeyValueStore(ViewModel.historyStore(aggregate))
                .range(EventKey.ordered(id, 0), EventKey.ordered(id, Long.MAX_VALUE))) {
            found.forEachRemaining(entry -> events.add(wire.event(aggregate, entry.value)));
        }
        return events;
    }

    /** The latest result of a command that is kept. */
    public Optional<CommandResult> result(String commandId) {
        try (var found = driver.<String, byte[]>getWindowStore(ResultUpdates.STORE)
                .backwardFetch(commandId, Instant.EPOCH, Instant.ofEpochMilli(Long.MAX_VALUE))) {
            return found.hasNext() ? Optional.of(wire.result(found.next().value)) : Optional.empty();
        }
    }
}
