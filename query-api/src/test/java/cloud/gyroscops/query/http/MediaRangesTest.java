package cloud.gyroscops.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MediaRangesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text/event-stream | 1",
                "Text/Event-Stream;charset=utf-8 | 1",
                "text/event-stream;q=0 | 0",
                "text/event-stream ; Q=0.5 | 0.5",
                "text/* | 1",
                "text/*, text/event-stream;q=0.1 | 0.1",
                "*/*;q=0.3, application/json | 0.3",
                "application/json | 0",
                "x-text/event-stream | 0",
                "text/event-stream;q=2 | 0",
            })
    void theClosestRangeCounts(String accepted, double liking) {
        assertThat(new MediaRanges(accepted).liking("text/event-stream")).isEqualTo(liking);
    }

    @Test
    void whoSaysNothingTakesAnything() {
        assertThat(new MediaRanges(null).liking("text/event-stream")).isEqualTo(1);
        assertThat(new MediaRanges(null).names("text/event-stream")).isFalse();
    }
}
