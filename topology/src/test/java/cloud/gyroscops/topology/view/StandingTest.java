package cloud.gyroscops.topology.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class StandingTest {

    private static final TopicPartition CHANGELOG = new TopicPartition("views-users-view-changelog", 2);

    @Test
    void aCopyThatWasSeenOnceIsNotTakenForComplete() {
        assertThat(copyAt(100, 100).complete()).isFalse();
    }

    @Test
    void aCopyIsCompleteOnceItHasWhatThereWasAtTheFirstLook() {
        var grown = copyAt(40, 100).next(copyAt(100, 180));

        assertThat(grown.complete()).isTrue();
        assertThat(grown.toLoad()).isEqualTo(80);
    }

    @Test
    void whatIsLeftMayBeTheEndOfATransaction() {
        assertThat(copyAt(99, 100).next(copyAt(99, 100)).complete()).isTrue();
        assertThat(copyAt(98, 100).next(copyAt(98, 100)).complete()).isFalse();
    }

    @Test
    void aCopyThatHasLessThanBeforeIsAnotherOne() {
        var complete = copyAt(99, 100).next(copyAt(100, 100));

        assertThat(complete.next(copyAt(3, 100)).complete()).isFalse();
    }

    @Test
    void aCopyOfNothingIsNeverComplete() {
        var nothing = Standing.Copy.of(Map.of(), Map.of());

        assertThat(nothing.next(nothing).complete()).isFalse();
    }

    @Test
    void aCopyOfWhichNotAllWasThereIsAnotherOne() {
        var all = Standing.Copy.of(
                Map.of(CHANGELOG, 100L, new TopicPartition("views-users-history-changelog", 2), 0L),
                Map.of(CHANGELOG, 100L, new TopicPartition("views-users-history-changelog", 2), 50L));

        assertThat(copyAt(100, 100).next(all).complete()).isFalse();
    }

    @Test
    void aCopyThatFallsBehindStaysComplete() {
        var complete = copyAt(99, 100).next(copyAt(100, 100));

        assertThat(complete.next(copyAt(100, 9_000)).complete()).isTrue();
    }

    @Test
    void whoHasSomethingToApplyAndAppliesNothingDoesNotComeOn() {
        var stuck = working(50, 1_000, 1).next(working(80, 1_000, 2)).next(working(90, 1_000, 3));

        assertThat(stuck.movedAt()).isEqualTo(1);
        assertThat(stuck.next(working(90, 1_001, 4)).movedAt()).isEqualTo(4);
    }

    @Test
    void whoHasNothingToApplyComesOn() {
        assertThat(working(1, 1_000, 1).next(working(1, 1_000, 2)).movedAt()).isEqualTo(2);
    }

    private static Standing.Copy copyAt(long position, long end) {
        return Standing.Copy.of(Map.of(CHANGELOG, position), Map.of(CHANGELOG, end));
    }

    private static Standing working(long behind, long applied, long time) {
        return new Standing(behind, applied, time, Optional.empty());
    }
}
