package cloud.gyroscops.topology.view.list;

import cloud.gyroscops.contract.user.UserStatus;
import cloud.gyroscops.contract.view.UserView;
import cloud.gyroscops.contract.view.ViewChange;
import cloud.gyroscops.domain.user.UserRules;
import cloud.gyroscops.topology.view.index.IndexStore;
import cloud.gyroscops.topology.view.index.IndexStoreBuilder;
import cloud.gyroscops.topology.view.partition.Projection;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.state.StoreBuilder;

/** The users that there are, to be listed. */
public final class UserList implements Projection {

    /** The store's name. */
    public static final String STORE = "user-list";

    private final IndexStoreBuilder<UserView> store;

    /** With rows and a changelog like these. */
    public UserList(Serde<UserView> rows, Map<String, String> changelog) {
        store = new IndexStoreBuilder<>(STORE, rows, new UserDocuments(), changelog);
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
        return Set.of(store);
    }

    @Override
    public Updates open(Stores stores) {
        IndexStore<UserView> users = stores.store(STORE);
        return change -> apply(change, users);
    }

    private static void apply(ViewChange change, IndexStore<UserView> users) {
        if (change.getAfter() instanceof UserView after) {
            users.put(change.getAggregateId(), UserRules.exists(after.getState()) ? after : null);
            if (after.getState().getStatus() == UserStatus.ERASED) {
                users.purge();
            }
        }
    }
}
