package cloud.gyroscops.topology.view;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.LagInfo;

/** How far the changelogs of copies are loaded. */
final class Loaded implements AutoCloseable {

    private static final int WITHIN_MS = 1_000;

    private final KafkaStreams streams;
    private final Layout layout;
    private final ExecutorService asking =
            Executors.newSingleThreadExecutor(work -> Progress.daemon(work, "views-positions"));
    private Future<Map<String, Map<Integer, LagInfo>>> asked = CompletableFuture.completedFuture(Map.of());

    Loaded(KafkaStreams streams, Layout layout) {
        this.streams = streams;
        this.layout = layout;
    }

    /** The positions in the changelogs of each place's copy; nothing of one of which that is not known now. */
    Map<Place, Map<TopicPartition, Long>> look(Collection<Place> copies)
            throws ExecutionException, InterruptedException {
        var loaded = new HashMap<Place, Map<TopicPartition, Long>>();
        copies.forEach(place -> loaded.put(place, new HashMap<>()));
        // Asks a broker, which is spared where there is nothing to load.
        if (!loaded.isEmpty()) {
            lags().forEach((store, lags) -> layout.side(store)
                    .ifPresent(side -> lags.forEach((partition, lag) -> {
                        var positions = loaded.get(new Place(side, partition));
                        if (positions != null) {
                            positions.put(layout.changelog(store, partition), lag.currentOffsetPosition());
                        }
                    })));
        }
        return loaded;
    }

    /** Kafka Streams asks for all ends at once, and waits a minute where one partition has no leader. */
    private Map<String, Map<Integer, LagInfo>> lags() throws ExecutionException, InterruptedException {
        if (!asked.isDone()) {
            return Map.of();
        }
        asked = asking.submit(streams::allLocalStorePartitionLags);
        try {
            return asked.get(WITHIN_MS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException later) {
            // By then it tells of copies that may have been closed meanwhile.
            return Map.of();
        }
    }

    @Override
    public void close() {
        asking.shutdownNow();
    }
}
