package cloud.gyroscops.topology.view.figures;

import cloud.gyroscops.contract.view.UserFigures;
import cloud.gyroscops.topology.view.partition.PartitionStores;
import cloud.gyroscops.topology.view.partition.Question;
import cloud.gyroscops.topology.view.partition.Side;
import java.util.ArrayList;
import java.util.List;

/**
 * The organizations that a partition has, those without users too, in the order of ids.
 *
 * @param after the organization after which to begin; empty: with the first
 * @param most how many at most
 */
record ReadOrganizations(String after, int most) implements Question<List<String>> {

    @Override
    public Side side() {
        return Side.BY_ORGANIZATION;
    }

    @Override
    public List<String> answer(PartitionStores stores) {
        var found = new ArrayList<String>();
        var range = Keys.totalsAfter(after);
        try (var totals = stores.<String, UserFigures>keyValue(Kept.BY_ORGANIZATION.users())
                .range(range.first(), range.last())) {
            while (totals.hasNext() && found.size() < most) {
                found.add(Keys.scope(totals.next().key));
            }
        }
        return found;
    }
}
