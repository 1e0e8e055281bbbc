package cloud.gyroscops.topology.view;

import cloud.gyroscops.contract.view.OrganizationView;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.topology.view.partition.PartitionStores;
import cloud.gyroscops.topology.view.partition.Question;
import cloud.gyroscops.topology.view.partition.Side;
import cloud.gyroscops.topology.view.partition.ViewModel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The names of those organizations that are in the partition, by id. */
record FindNames(List<String> ids) implements Question<Map<String, String>> {

    @Override
    public Side side() {
        return Side.BY_ID;
    }

    @Override
    public Map<String, String> answer(PartitionStores stores) {
        var organizations = stores.<String, OrganizationView>keyValue(ViewModel.viewStore(Aggregate.ORGANIZATIONS));
        var names = new HashMap<String, String>();
        for (var id : ids) {
            var view = organizations.get(id);
            if (view != null) {
                names.put(id, view.getState().getName());
            }
        }
        return names;
    }
}
