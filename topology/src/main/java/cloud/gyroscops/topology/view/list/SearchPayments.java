package cloud.gyroscops.topology.view.list;

import cloud.gyroscops.contract.view.PaymentView;
import cloud.gyroscops.topology.view.index.Hits;
import cloud.gyroscops.topology.view.index.IndexStore;
import cloud.gyroscops.topology.view.partition.PartitionStores;
import cloud.gyroscops.topology.view.partition.Question;
import cloud.gyroscops.topology.view.partition.Side;

/**
 * Payments of a page, and the one after it.
 *
 * @param organizationId whose; empty: those of all organizations of the partition, then with all that comes before the
 *     page, since only all partitions together know where it begins
 */
record SearchPayments(String organizationId, PaymentQuery query) implements Question<Hits<PaymentView>> {

    SearchPayments {
        if (organizationId.isEmpty()) {
            query.paging().within(Paging.DEEPEST_OVER_ALL);
        }
    }

    @Override
    public Side side() {
        return Side.BY_ORGANIZATION;
    }

    @Override
    public Hits<PaymentView> answer(PartitionStores stores) {
        var paging = query.paging();
        int skip = organizationId.isEmpty() ? 0 : paging.skipped();
        int most = paging.skipped() - skip + paging.limit() + 1;
        return stores.store(PaymentSearch.STORE, IndexStore.<PaymentView>type())
                .find(query.in(organizationId), query.ordering(), paging.after(query.ordering()), skip, most);
    }
}
