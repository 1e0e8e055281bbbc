package cloud.gyroscops.benchmarks.write;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DrainTest {

    private static final int COMMANDS = 100;
    private static final long LOOK_MS = 20;

    @Test
    void whatWasCommittedByTheFirstLookDoesNotCount() throws Exception {
        assertThat(drain(0, 0, 99, COMMANDS).perSecond()).isPositive().isLessThanOrEqualTo(1_000.0 / LOOK_MS);
    }

    @Test
    void whatOneLookSeesAllOfCountsFromTheLookBefore() throws Exception {
        for (var drain : new Drain[] {drain(0, COMMANDS), drain(COMMANDS)}) {
            assertThat(drain.perSecond()).isPositive().isLessThanOrEqualTo(COMMANDS * 1_000.0 / LOOK_MS);
            assertThat(drain.cpuMicros()).isNotNaN().isNotNegative().isLessThan(Double.POSITIVE_INFINITY);
        }
    }

    private static Drain drain(long... looks) throws Exception {
        Iterator<Long> next = LongStream.of(looks).iterator();
        return Drain.await(
                () -> {
                    TimeUnit.MILLISECONDS.sleep(LOOK_MS);
                    return next.next();
                },
                COMMANDS);
    }
}
