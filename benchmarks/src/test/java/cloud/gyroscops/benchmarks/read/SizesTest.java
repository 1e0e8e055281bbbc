package cloud.gyroscops.benchmarks.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SizesTest {

    @Test
    void theyAreReadAsTheyAreWritten() {
        var sizes = new Sizes(Map.of("users-view", 210, "payments-view", 305));

        assertThat(sizes).hasToString("payments-view=305,users-view=210");
        assertThat(Sizes.parse(sizes.toString())).isEqualTo(sizes);
        assertThat(sizes.of("users-view")).isEqualTo(210);
    }
}
