package cloud.gyroscops.query.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeedPositionTest {

    @Test
    void anyPositionIsReadAsItWasWritten() {
        var random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            var offsets = random.longs(1 + random.nextInt(20))
                    .map(offset -> (offset & Long.MAX_VALUE) >>> random.nextInt(63))
                    .toArray();
            var position = new FeedPosition(offsets);

            assertThat(FeedPosition.parse(position.toString(), offsets.length)).isEqualTo(position);
        }
    }

    @Test
    void theGreatestOffsetIsReadAsItWasWritten() {
        var position = new FeedPosition(Long.MAX_VALUE, 0, 127, 128);

        assertThat(FeedPosition.parse(position.toString(), 4)).isEqualTo(position);
    }

    @Test
    void aPositionIsShort() {
        var thousandsOfEvents =
                new FeedPosition(new Random(1).longs(18, 0, 16_000).toArray());

        assertThat(thousandsOfEvents.toString()).hasSizeLessThan(52);
    }

    @Test
    void aPositionInOtherPartitionsIsNone() {
        var position = new FeedPosition(1, 2, 3).toString();

        assertThatThrownBy(() -> FeedPosition.parse(position, 6))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + position + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "äöü", "AQEA=A", "AgEA", "AQE", "AQEAAA", "AQH_____________8B", "AQ"})
    void whatIsNoPositionIsNamed(String text) {
        assertThatThrownBy(() -> FeedPosition.parse(text, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + text + "\" is no position");
    }
}
