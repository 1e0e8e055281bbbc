package cloud.gyroscops.topology.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.topology.view.partition.Question;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConsistencyTest {

    private static final List<Token> TOKENS = List.of(new Token(Aggregate.USERS, "u-1", 7));

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final List<Duration> waits = new ArrayList<>();
    private boolean applied;

    @Test
    void aVersionThatIsAppliedNeedsNoPlaceToWait() {
        applied = true;

        assertThatCode(() -> ask(new WaitingRoom(0))).doesNotThrowAnyException();
        assertThat(waits).containsExactly(Duration.ZERO);
    }

    @Test
    void aVersionThatIsNotIsWaitedFor() {
        assertThatThrownBy(() -> ask(new WaitingRoom(1))).isInstanceOf(ViewsNotReadyException.class);

        assertThat(waits).hasSize(2);
        assertThat(waits.get(1)).isPositive().isLessThanOrEqualTo(PATIENCE);
    }

    @Test
    void whereAsManyWaitAsMayItIsNotWaitedFor() {
        assertThatThrownBy(() -> ask(new WaitingRoom(0)))
                .isInstanceOf(ViewsNotReadyException.class)
                .hasMessageContaining("users/u-1@7");

        assertThat(waits).containsExactly(Duration.ZERO);
    }

    private void ask(WaitingRoom room) {
        var respondents = new Respondents(here, new Alone(), Peers.NONE, room);
        var views = new Views(() -> respondents, 6, null, Asking.PATIENCE);
        new Consistency(views, PATIENCE).ofAggregate(TOKENS, Aggregate.USERS, "u-1");
    }

    private final Here here = new Here() {
        @Override
        public boolean worksOn(Place place) {
            return true;
        }

        @Override
        @SuppressWarnings("unchecked")
        public <A> Optional<Answered<A>> answer(Question<A> question, int partition, Collection<Token> seen) {
            waits.add(question.patience());
            return Optional.of(new Answered<>((A) Boolean.valueOf(applied), Optional.empty()));
        }
    };
}
