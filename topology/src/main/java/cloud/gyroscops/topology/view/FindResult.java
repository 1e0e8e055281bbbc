package cloud.gyroscops.topology.view;

import cloud.gyroscops.topology.view.partition.PartitionStores;
import cloud.gyroscops.topology.view.partition.Question;
import cloud.gyroscops.topology.view.partition.Side;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.streams.state.QueryableStoreTypes;

/** The latest result of a command, as it is on the wire. */
record FindResult(String commandId) implements Question<Optional<byte[]>> {

    /** Clocks of other machines may be ahead. */
    private static final long TOMORROW_SECONDS = 86_400;

    @Override
    public Side side() {
        return Side.RESULTS;
    }

    @Override
    public Optional<byte[]> answer(PartitionStores stores) {
        var results = stores.store(ResultUpdates.STORE, QueryableStoreTypes.<String, byte[]>windowStore());
        try (var found =
                results.backwardFetch(commandId, Instant.EPOCH, Instant.now().plusSeconds(TOMORROW_SECONDS))) {
            return found.hasNext() ? Optional.of(found.next().value) : Optional.empty();
        }
    }
}
