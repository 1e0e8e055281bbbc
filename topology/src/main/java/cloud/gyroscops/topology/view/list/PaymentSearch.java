package cloud.gyroscops.topology.view.list;

import cloud.gyroscops.contract.view.PaymentView;
import cloud.gyroscops.topology.view.index.IndexStore;
import cloud.gyroscops.topology.view.index.IndexStoreBuilder;
import cloud.gyroscops.topology.view.partition.Projection;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.state.StoreBuilder;

/** All payments, to be searched. */
public final class PaymentSearch implements Projection {

    static final String STORE = "payment-search";

    private final IndexStoreBuilder<PaymentView> store;

    /** With rows and a changelog like these. */
    public PaymentSearch(Serde<PaymentView> rows, Map<String, String> changelog) {
        store = new IndexStoreBuilder<>(STORE, rows, new PaymentDocuments(), changelog);
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
        return Set.of(store);
    }

    @Override
    public Updates open(Stores stores) {
        IndexStore<PaymentView> payments = stores.store(STORE);
        return change -> {
            if (change.getAfter() instanceof PaymentView payment) {
                payments.put(change.getAggregateId(), payment);
            }
        };
    }
}
