package cloud.gyroscops.topology.view;

import cloud.gyroscops.contract.view.ViewChange;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.topology.view.partition.Projection;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/** How far an organization's partition has come with each aggregate, deleted ones too. */
final class AppliedVersions implements Projection {

    static final String STORE = "applied-versions";

    private final Map<String, String> changelog;

    AppliedVersions(Map<String, String> changelog) {
        this.changelog = changelog;
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
        return Set.of(org.apache.kafka.streams.state.Stores.keyValueStoreBuilder(
                        org.apache.kafka.streams.state.Stores.persistentKeyValueStore(STORE),
                        Serdes.String(),
                        Serdes.Long())
                .withLoggingEnabled(changelog));
    }

    @Override
    public Updates open(Stores stores) {
        KeyValueStore<String, Long> versions = stores.store(STORE);
        return change -> versions.put(key(change), change.getVersion());
    }

    private static String key(ViewChange change) {
        return key(Aggregate.of(change.getAggregateType()), change.getAggregateId());
    }

    static String key(Aggregate aggregate, String id) {
        return aggregate.plural() + '/' + id;
    }
}
