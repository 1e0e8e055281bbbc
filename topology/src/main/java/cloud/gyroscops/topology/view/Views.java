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
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.QueryableStoreType;
import org.apache.kafka.streams.state.QueryableStoreTypes;

/** Answers from the stores of a running {@link ViewTopology}. */
public final class Views {

    private final KafkaStreams streams;
    private final Wire wire;

    public Views(KafkaStreams streams, Wire wire) {
        this.streams = streams;
        this.wire = wire;
    }

    /**
     * The view of an aggregate: {@code OrganizationView}, {@code UserView} or {@code PaymentView}.
     *
     * @throws ViewsNotReadyException while stores are restored or move
     */
    public Optional<SpecificRecord> find(Aggregate aggregate, String id) {
        return ask(
                ViewModel.viewStore(aggregate),
                QueryableStoreTypes.<String, SpecificRecord>keyValueStore(),
                store -> Optional.ofNullable(store.get(id)));
    }

    /**
     * An aggregate's events in order.
     *
     * @param from the first version wanted, from 1
     * @param most how many at most
     * @throws ViewsNotReadyException while stores are restored or move
     */
    public List<EventMessage> history(Aggregate aggregate, String id, long from, int most) {
        return ask(ViewModel.historyStore(aggregate), QueryableStoreTypes.<String, byte[]>keyValueStore(), store -> {
            var events = new ArrayList<EventMessage>();
            try (var found = store.range(EventKey.ordered(id, from), EventKey.ordered(id, Long.MAX_VALUE))) {
                while (found.hasNext() && events.size() < most) {
                    events.add(wire.event(aggregate, found.next().value));
                }
            }
            return events;
        });
    }

    /**
     * The latest result of a command of the last {@link ViewTopology#RESULTS_KEPT}.
     *
     * @throws ViewsNotReadyException while stores are restored or move
     */
    public Optional<CommandResult> result(String commandId) {
        var until = Instant.now().plusSeconds(86_400);
        return ask(ResultUpdates.STORE, QueryableStoreTypes.<String, byte[]>windowStore(), store -> {
            try (var found = store.backwardFetch(commandId, Instant.EPOCH, until)) {
                return found.hasNext() ? Optional.of(wire.result(found.next().value)) : Optional.empty();
            }
        });
    }

    /** Stores may close or move at any time, also while they are read. */
    private <T, R> R ask(String name, QueryableStoreType<T> type, Function<T, R> question) {
        try {
            return question.apply(streams.store(StoreQueryParameters.fromNameAndType(name, type)));
        } catch (InvalidStateStoreException e) {
            throw new ViewsNotReadyException(
                    "the views are not ready (" + streams.state() + "); try again in a moment", e);
        }
    }
}
