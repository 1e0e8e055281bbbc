package cloud.gyroscops.topology.view;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.topology.view.partition.Side;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** An instance is judged by how it comes on. */
class ReadinessTest {

    private static final Place PLACE = new Place(Side.BY_ID, 2);

    private long now = 1_000;
    private Long lookedAt;
    private Standing standing;

    @Test
    void whoWasNotLookedAtIsNotReady() {
        assertThat(ready(true)).isFalse();
    }

    @Test
    void whoIsAlmostThereIsReady() {
        look(Readiness.WITHIN, 5);

        assertThat(ready(true)).isTrue();
    }

    @Test
    void whoRestoresItsStoresIsNotReady() {
        look(0, 5);

        assertThat(ready(false)).isFalse();
    }

    @Test
    void whoBuildsAllAnewIsNotReadyUntilItIsAlmostThere() {
        look(2_000_000, 5);
        assertThat(ready(true)).isFalse();

        later(Duration.ofMinutes(5));
        look(1_000, 1_999_005);

        assertThat(ready(true)).isTrue();
    }

    @Test
    void aPartitionThatIsStuckMakesItsInstanceUnreadyUntilItComesOn() {
        look(500, 1_000);
        for (int second = 1; second < Readiness.STUCK_AFTER.toSeconds(); second++) {
            later(Duration.ofSeconds(1));
            look(500 + second, 1_000);
        }
        assertThat(ready(true)).as("just before it counts as stuck").isTrue();

        later(Duration.ofSeconds(1));
        look(600, 1_000);
        assertThat(ready(true)).isFalse();

        look(599, 1_001);
        assertThat(ready(true)).isTrue();
    }

    @Test
    void whoHasNothingToApplyMayRestAsLongAsItLikes() {
        look(0, 1_000);
        later(Duration.ofHours(1));
        look(0, 1_000);

        assertThat(ready(true)).isTrue();
    }

    @Test
    void whoseBrokerIsAwayIsNotReadyUntilItIsBack() {
        look(7, 1_000);
        later(Readiness.HOLDS);
        assertThat(ready(true)).isTrue();

        later(Duration.ofNanos(1));
        assertThat(ready(true)).isFalse();

        look(7, 1_000);
        assertThat(ready(true)).isTrue();
    }

    private boolean ready(boolean worked) {
        return Readiness.at(now, lookedAt).of(List.of(PLACE), place -> worked, place -> Optional.ofNullable(standing));
    }

    private void later(Duration time) {
        now += time.toNanos();
    }

    private void look(long behind, long applied) {
        var found = new Standing(behind, applied, now, Optional.empty());
        standing = standing == null ? found : standing.next(found);
        lookedAt = now;
    }
}
