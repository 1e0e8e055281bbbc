package cloud.gyroscops.connectors.worker;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.connectors.target.TargetException;
import cloud.gyroscops.contract.mirror.MirrorTarget;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** When a target is called, and when it is left alone. */
final class GateTest {

    private static final WorkerSettings SETTINGS =
            new WorkerSettings(4, 4, 100, 3, Duration.ofSeconds(60), Duration.ofMillis(100), Duration.ofSeconds(5));

    private final Gate gate = new Gate(MirrorTarget.STRIPE, SETTINGS);

    @Test
    void soManyCallsAtATimeAndNoMore() {
        for (int call = 0; call < 4; call++) {
            assertThat(gate.opens(0)).isPresent();
        }

        assertThat(gate.opens(0)).isEmpty();
    }

    @Test
    void callsThatFailTogetherAreOneFailure() {
        var first = gate.opens(0).orElseThrow();
        var second = gate.opens(0).orElseThrow();
        var third = gate.opens(0).orElseThrow();
        gate.unavailable(first, away(Optional.empty()), 1, 0);
        gate.unavailable(second, away(Optional.empty()), 1, 0);

        long until = gate.unavailable(third, away(Optional.empty()), 1, 0);

        // The first pause, with jitter of a half.
        assertThat(until).isLessThanOrEqualTo(150);
    }

    @Test
    void anAnswerToWhatWasBegunBeforeTheFailureEndsNoPause() {
        var fails = gate.opens(0).orElseThrow();
        var succeeds = gate.opens(0).orElseThrow();
        gate.unavailable(fails, away(Optional.of(Duration.ofSeconds(30))), 1, 0);

        gate.answered(succeeds, 1);

        assertThat(gate.opens(29_000)).isEmpty();
        assertThat(gate.opens(30_000)).isPresent();
        assertThat(gate.successes()).isZero();
    }

    @Test
    void afterAFailureOneCallShowsWhetherTheTargetIsBack() {
        gate.unavailable(gate.opens(0).orElseThrow(), away(Optional.empty()), 1, 0);
        var probe = gate.opens(1_000).orElseThrow();
        assertThat(gate.opens(1_000)).isEmpty();

        gate.answered(probe, 1);

        assertThat(gate.opens(1_000)).isPresent();
        assertThat(gate.opens(1_000)).isPresent();
    }

    @Test
    void noTargetIsLeftAloneForDays() {
        long until = gate.unavailable(
                gate.opens(0).orElseThrow(), away(Optional.of(Duration.ofSeconds(Long.MAX_VALUE))), 1, 0);

        assertThat(until).isEqualTo(Duration.ofHours(1).toMillis());
    }

    @Test
    void aProbeWhosePartitionIsClosedLetsOthersThrough() throws Exception {
        gate.unavailable(gate.opens(0).orElseThrow(), away(Optional.empty()), 1, 0);
        var probe = gate.opens(1_000).orElseThrow();
        var lanes = new Lanes(10);
        lanes.add("users/u-1", 1);
        var begun = new CountDownLatch(1);
        var threads = Executors.newSingleThreadExecutor();
        try (var calls = new Calls(threads, gate)) {
            calls.call(
                    lanes.next(0).orElseThrow(),
                    probe,
                    () -> {
                        begun.countDown();
                        TimeUnit.DAYS.sleep(1);
                        return null;
                    },
                    1_000);
            assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
            threads.shutdownNow();
        }
        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();

        assertThat(gate.opens(1_000)).isPresent();
    }

    @Test
    void whatHasNotBegunWhenItsPartitionIsClosedNeverDoes() throws Exception {
        var lanes = new Lanes(10);
        lanes.add("users/u-1", 1);
        try (var calls = new Calls(work -> {}, gate)) {
            calls.call(lanes.next(0).orElseThrow(), gate.opens(0).orElseThrow(), () -> null, 0);
        }

        for (int call = 0; call < 4; call++) {
            assertThat(gate.opens(0)).isPresent();
        }
    }

    private static TargetException.Unavailable away(Optional<Duration> retryAfter) {
        return new TargetException.Unavailable("CONNECTION", "nobody answers", OptionalInt.empty(), retryAfter, null);
    }
}
