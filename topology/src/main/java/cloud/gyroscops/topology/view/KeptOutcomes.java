package cloud.gyroscops.topology.view;

import cloud.gyroscops.contract.mirror.MirrorOutcome;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.serde.Wire;
import cloud.gyroscops.topology.streams.RegistryOutage;
import cloud.gyroscops.topology.view.history.HistoryEntry;
import cloud.gyroscops.topology.view.history.OutcomeEntry;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * What a partition keeps of what mirrors made of its aggregates. Of an erased user only what tells of the erasure, whether it
 * comes before the erasure or after it.
 */
record KeptOutcomes(KeyValueStore<String, byte[]> store, Wire wire, RegistryOutage outage) {

    /** Keeps an outcome, as it is on the wire. */
    void put(String key, MirrorOutcome outcome, byte[] bytes) {
        store.put(key, HistoryEntry.of(outcome.getAt(), bytes));
    }

    void forget(String key) {
        store.delete(key);
    }

    /** Drops what was made of an aggregate before a version erased it. */
    void forgetErased(Aggregate aggregate, String id, long version) {
        try (var all = store.prefixScan(OutcomeEntry.prefix(aggregate, id), new StringSerializer())) {
            while (all.hasNext()) {
                var entry = all.next();
                if (!outlives(read(HistoryEntry.event(entry.value)), version)) {
                    store.delete(entry.key);
                }
            }
        }
    }

    /**
     * Whether an outcome is about the erasure, and nothing else: what a look at the target found there, or had to do with
     * earlier versions, may tell of the user.
     */
    static boolean outlives(MirrorOutcome outcome, long erasure) {
        return outcome.getVersion() != null
                && outcome.getVersion() >= erasure
                && outcome.getDifferences().isEmpty();
    }

    MirrorOutcome read(byte[] outcome) {
        return outage.waitOut(() -> wire.outcome(outcome));
    }
}
