package cloud.gyroscops.topology.view.list;

import cloud.gyroscops.topology.view.index.IndexStore;
import cloud.gyroscops.topology.view.partition.PartitionStores;
import cloud.gyroscops.topology.view.partition.Question;
import cloud.gyroscops.topology.view.partition.Side;
import java.util.List;

/**
 * Descriptions like what is being typed.
 *
 * @param organizationId whose; empty: those of all organizations of the partition
 * @param most how many at most, 1 to 50
 */
record SuggestDescriptions(String organizationId, String typed, int most) implements Question<List<Suggestion>> {

    private static final int MOST = 50;

    SuggestDescriptions {
        FreeText.check(typed);
        if (most < 1 || most > MOST) {
            throw new IllegalArgumentException("limit is " + most + "; it must be 1 to " + MOST);
        }
    }

    @Override
    public Side side() {
        return Side.BY_ORGANIZATION;
    }

    @Override
    public List<Suggestion> answer(PartitionStores stores) {
        var words = TypedWords.of(typed);
        return words.words().isEmpty()
                ? List.of()
                : stores.store(Descriptions.STORE, IndexStore.<String>type())
                        .search(new DescriptionSearch(organizationId, words, most));
    }
}
