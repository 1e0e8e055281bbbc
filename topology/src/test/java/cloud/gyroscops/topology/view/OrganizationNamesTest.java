package cloud.gyroscops.topology.view;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.topology.command.EventPartitioner;
import cloud.gyroscops.topology.view.partition.Question;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OrganizationNamesTest {

    private static final int PARTITIONS = 6;

    private final List<Integer> asked = new ArrayList<>();

    @Test
    void manyNamesAreOneQuestionToEachPartitionThatHasSome() {
        var two = IntStream.range(0, 100)
                .mapToObj(i -> "o-" + i)
                .filter(id -> EventPartitioner.partition(id, PARTITIONS) < 2)
                .toList();

        var respondents = new Respondents(here, new Alone(), Peers.NONE, new WaitingRoom(0));
        var names = new Views(() -> respondents, PARTITIONS, null, Asking.PATIENCE).organizationNames(two);

        assertThat(asked).containsExactlyInAnyOrder(0, 1);
        assertThat(names).isEqualTo(Map.of("of-0", "name", "of-1", "name"));
    }

    private final Here here = new Here() {
        @Override
        public boolean worksOn(Place place) {
            return true;
        }

        @Override
        @SuppressWarnings("unchecked")
        public <A> Optional<Answered<A>> answer(Question<A> question, int partition, Collection<Token> seen) {
            asked.add(partition);
            return Optional.of(new Answered<>((A) Map.of("of-" + partition, "name"), Optional.empty()));
        }
    };
}
