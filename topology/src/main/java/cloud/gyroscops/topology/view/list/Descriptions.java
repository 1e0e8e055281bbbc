package cloud.gyroscops.topology.view.list;

import cloud.gyroscops.contract.view.PaymentView;
import cloud.gyroscops.contract.view.ViewChange;
import cloud.gyroscops.topology.view.index.IndexStore;
import cloud.gyroscops.topology.view.index.IndexStoreBuilder;
import cloud.gyroscops.topology.view.partition.Projection;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/** The different descriptions of each organization's payments, while there are payments that have them. */
public final class Descriptions implements Projection {

    static final String STORE = "descriptions";
    static final String COUNTS = "description-counts";

    private final Map<String, String> changelog;

    /** With changelogs like this. */
    public Descriptions(Map<String, String> changelog) {
        this.changelog = changelog;
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
        return Set.of(
                new IndexStoreBuilder<>(STORE, Serdes.String(), new DescriptionDocuments(), changelog),
                org.apache.kafka.streams.state.Stores.keyValueStoreBuilder(
                                org.apache.kafka.streams.state.Stores.persistentKeyValueStore(COUNTS),
                                Serdes.String(),
                                Serdes.Long())
                        .withLoggingEnabled(changelog));
    }

    @Override
    public Updates open(Stores stores) {
        return new Counting(stores.store(STORE), stores.store(COUNTS));
    }

    private record Counting(IndexStore<String> descriptions, KeyValueStore<String, Long> counts) implements Updates {

        @Override
        public void apply(ViewChange change) {
            if (change.getAfter() instanceof PaymentView after) {
                var before = change.getBefore() instanceof PaymentView view ? description(view) : "";
                var now = description(after);
                if (!now.equals(before)) {
                    count(change.getOrganizationId(), before, -1);
                    count(change.getOrganizationId(), now, 1);
                }
            }
        }

        private static String description(PaymentView view) {
            return view.getState().getDescription();
        }

        private void count(String organizationId, String description, int more) {
            if (description.isBlank()) {
                return;
            }
            var key = DescriptionDocuments.key(organizationId, description);
            var known = counts.get(key);
            long count = (known == null ? 0 : known) + more;
            if (count == 0) {
                counts.delete(key);
                descriptions.put(key, null);
            } else {
                counts.put(key, count);
                if (known == null) {
                    descriptions.put(key, description);
                }
            }
        }
    }
}
