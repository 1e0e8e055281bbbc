package cloud.gyroscops.topology.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class StandingTest {

    private static final TopicPartition CHANGELOG = new TopicPartition("views-users-view-changelog", 2);
    private static final TopicPartition ANOTHER = new TopicPartition("views-users-history-changelog", 2);

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
        var nothing = Standing.Copy.of(Map.of(), Map.of(), 1);

        assertThat(nothing.next(nothing).complete()).isFalse();
    }

    @Test
    void aCopyOfWhichNotAllWasThereIsAnotherOne() {
        var all = copyAt(1, Map.of(CHANGELOG, 100L, ANOTHER, 0L), Map.of(CHANGELOG, 100L, ANOTHER, 50L));

        assertThat(copyAt(100, 100).next(all).complete()).isFalse();
    }

    @Test
    void aCopyHoldsWhatWasCommittedBeforeALookOnceEveryStoreHasWhatThatLookFound() {
        var ends = Map.of(CHANGELOG, 100L, ANOTHER, 50L);
        var complete = copyAt(1, Map.of(CHANGELOG, 100L, ANOTHER, 50L), ends)
                .next(copyAt(2, Map.of(CHANGELOG, 100L, ANOTHER, 50L), ends));
        var later = Map.of(CHANGELOG, 110L, ANOTHER, 60L);

        var seen = complete.next(copyAt(4, Map.of(CHANGELOG, 110L, ANOTHER, 50L), later));
        assertThat(seen.holds(3)).isFalse();
        var still = seen.next(copyAt(5, Map.of(CHANGELOG, 110L, ANOTHER, 55L), later));
        assertThat(still.holds(3)).isFalse();
        var all = still.next(copyAt(6, Map.of(CHANGELOG, 110L, ANOTHER, 60L), later));
        assertThat(all.next(copyAt(7, Map.of(CHANGELOG, 110L, ANOTHER, 60L), later))
                        .holds(3))
                .isTrue();
    }

    @Test
    void whatAnOpenTransactionHasWrittenMayBeCommittedElsewhereAlready() {
        var open = Map.of(CHANGELOG, new Ends.End(103, 100, 5));
        var copy = Standing.Copy.of(Map.of(CHANGELOG, 100L), open, 5);

        assertThat(copy.next(Standing.Copy.of(Map.of(CHANGELOG, 100L), open, 6)).complete())
                .isFalse();
        assertThat(copy.next(Standing.Copy.of(Map.of(CHANGELOG, 103L), open, 6)).complete())
                .isTrue();
    }

    @Test
    void whatSomebodyLeftOpenWhoDiedIsNotWaitedFor() {
        var left = Map.of(CHANGELOG, new Ends.End(103, 100, 5));
        long muchLater = Duration.ofSeconds(2).toNanos();
        var copy = Standing.Copy.of(Map.of(CHANGELOG, 100L), left, 5);

        assertThat(copy.next(Standing.Copy.of(Map.of(CHANGELOG, 100L), left, muchLater))
                        .complete())
                .isTrue();
    }

    @Test
    void aLookWhileACopyIsTakenOverDoesNotMakeItIncomplete() {
        var complete = copyAt(99, 100).next(copyAt(100, 100));

        assertThat(complete.next(copyAt(1, Map.of(), Map.of())).complete()).isTrue();
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
        return copyAt(1, Map.of(CHANGELOG, position), Map.of(CHANGELOG, end));
    }

    private static Standing.Copy copyAt(
            long time, Map<TopicPartition, Long> positions, Map<TopicPartition, Long> ends) {
        var known = new HashMap<TopicPartition, Ends.End>();
        ends.forEach((partition, end) -> known.put(partition, new Ends.End(end, end, time)));
        return Standing.Copy.of(positions, known, time);
    }

    private static Standing working(long behind, long applied, long time) {
        return new Standing(behind, applied, time, Optional.empty());
    }
}
