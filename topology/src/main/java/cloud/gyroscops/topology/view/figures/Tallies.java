package cloud.gyroscops.topology.view.figures;

import cloud.gyroscops.schemas.SchemaHistory;
import cloud.gyroscops.schemas.serde.StateSerde;
import cloud.gyroscops.topology.view.partition.Projection;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** What keeps the figures that {@link Figures} answers with. */
public final class Tallies {

    private Tallies() {}

    /** What a partition by id keeps of everything. */
    public static List<Projection> overEverything(SchemaHistory history, Map<String, String> changelog) {
        return of(Kept.OVER_EVERYTHING, history, changelog);
    }

    /** What an organization's partition keeps of it. */
    public static List<Projection> byOrganization(SchemaHistory history, Map<String, String> changelog) {
        return of(Kept.BY_ORGANIZATION, history, changelog);
    }

    private static List<Projection> of(Kept kept, SchemaHistory history, Map<String, String> changelog) {
        return List.of(new UserTally(kept, history, changelog), new PaymentTally(kept, history, changelog));
    }

    /**
     * For what queries read by ranges, and so not cached: what leaves the cache while a range is read would be missing from
     * it, or be there as it was before.
     */
    static <T extends SpecificRecord> StoreBuilder<?> store(
            String name, Class<T> type, SchemaHistory history, Map<String, String> changelog) {
        return builder(name, type, history, changelog).withCachingDisabled();
    }

    /**
     * For what queries read record by record. Cached, since the same few change with every event: what is written between two
     * commits is one record of the changelog. Queries read the cache, too.
     */
    static <T extends SpecificRecord> StoreBuilder<?> cached(
            String name, Class<T> type, SchemaHistory history, Map<String, String> changelog) {
        return builder(name, type, history, changelog).withCachingEnabled();
    }

    private static <T extends SpecificRecord> StoreBuilder<?> builder(
            String name, Class<T> type, SchemaHistory history, Map<String, String> changelog) {
        return Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(name),
                        Serdes.String(),
                        new StateSerde<>(type, history.of(type.getName())))
                .withLoggingEnabled(changelog);
    }
}
