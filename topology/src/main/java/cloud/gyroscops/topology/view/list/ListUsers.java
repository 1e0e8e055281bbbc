package cloud.gyroscops.topology.view.list;

import cloud.gyroscops.contract.view.UserView;
import cloud.gyroscops.topology.view.index.Hits;
import cloud.gyroscops.topology.view.index.IndexStore;
import cloud.gyroscops.topology.view.partition.PartitionStores;
import cloud.gyroscops.topology.view.partition.Question;
import cloud.gyroscops.topology.view.partition.Side;

/** Users of an organization: those of a page, and the one after it. */
record ListUsers(String organizationId, UserQuery query) implements Question<Hits<UserView>> {

    ListUsers {
        FreeText.checkOrganization(organizationId);
    }

    @Override
    public Side side() {
        return Side.BY_ORGANIZATION;
    }

    @Override
    public Hits<UserView> answer(PartitionStores stores) {
        var paging = query.paging();
        return stores.store(UserList.STORE, IndexStore.<UserView>type())
                .find(
                        query.in(organizationId),
                        query.ordering(),
                        paging.after(query.ordering()),
                        paging.skipped(),
                        paging.limit() + 1);
    }
}
