package cloud.gyroscops.benchmarks.write;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.benchmarks.report.Aim;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class MixFiguresTest {

    private final MixFigures figures = new MixFigures();

    @Test
    void theMedianIsAWholeRound() {
        rounds(Kind.PLAIN, 300, 100, 200);

        assertThat(figures.median(Kind.PLAIN)).isEqualTo(new Drain(200, 1));
    }

    @Test
    void rememberedUsersAreComparedWithinARound() {
        rounds(Kind.PLAIN, 100, 1000, 400);
        rounds(Kind.REMEMBERED, 95, 950, 100);
        latency(Kind.PLAIN, 20);
        latency(Kind.REMEMBERED, 21);

        assertThat(figures.aims()).extracting(Aim::figure).first().isEqualTo(0.95);
        assertThat(figures.aims()).allMatch(Aim::met);
    }

    @Test
    void claimsTakeTimeButNotMoreThanTheyShould() {
        rounds(Kind.USER, 100);
        latency(Kind.USER, 101);

        assertThat(figures.aims()).extracting(Aim::met).containsExactly(false, true);
    }

    @Test
    void whatWasNotMeasuredHasNoAims() {
        rounds(Kind.PLAIN, 100);
        latency(Kind.PLAIN, 20);

        assertThat(figures.aims()).isEmpty();
    }

    private void rounds(Kind kind, double... perSecond) {
        for (double one : perSecond) {
            figures.add(kind, new Drain(one, 1));
        }
    }

    private void latency(Kind kind, long millis) {
        var histogram = new Histogram(3);
        histogram.recordValue(millis * 1000);
        figures.add(Map.of(kind, histogram));
    }
}
