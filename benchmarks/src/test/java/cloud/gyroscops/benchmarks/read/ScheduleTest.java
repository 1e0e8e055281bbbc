package cloud.gyroscops.benchmarks.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ScheduleTest {

    private static final double OVER_SINCE = -1;

    @Test
    void requestsAreDueAtAConstantRateHoweverLateTheyAreTaken() {
        var schedule = Schedule.at(1_000, 0.01);

        var due = LongStream.generate(schedule::next)
                .takeWhile(time -> time != Schedule.OVER)
                .toArray();

        assertThat(due).hasSize(11);
        for (int i = 0; i < due.length; i++) {
            assertThat(due[i] - due[0]).isEqualTo(i * 1_000_000L);
        }
    }

    @Test
    void withoutARateTheyAreDueAtOnceUntilTheTimeIsOver() {
        var schedule = Schedule.asManyAsPossible(0.005);

        long last = 0;
        for (long due = schedule.next(); due != Schedule.OVER; due = schedule.next()) {
            assertThat(due).isBetween(last, System.nanoTime());
            last = due;
        }
        assertThat(last).isPositive();
    }

    @Test
    void whoComesLateSendsOneAllTheSame() {
        for (var schedule : List.of(Schedule.asManyAsPossible(OVER_SINCE), Schedule.at(1_000, 0))) {
            assertThat(schedule.next()).isNotEqualTo(Schedule.OVER);
            assertThat(schedule.next()).isEqualTo(Schedule.OVER);
        }
    }
}
