package cloud.gyroscops.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class AimTest {

    @Test
    void aFigureMayBeAsHighAsItsBound() {
        assertThat(Aim.atMost("p50 ms", 100, 100).met()).isTrue();
        assertThat(Aim.atMost("p50 ms", 100.1, 100).met()).isFalse();
    }

    @Test
    void aFigureMayBeAsLowAsItsBound() {
        assertThat(Aim.atLeast("ratio", 0.9, 0.9).met()).isTrue();
        assertThat(Aim.atLeast("ratio", 0.89, 0.9).met()).isFalse();
    }

    @Test
    void noFigureMeetsNoAim() {
        assertThat(Aim.atMost("p50 ms", Double.NaN, 100).met()).isFalse();
        assertThat(Aim.atLeast("ratio", Double.NaN, 0.9).met()).isFalse();
    }

    @Test
    void peopleReadWhatWasMissed() {
        assertThat(Aim.atMost("p50 ms", 120, 100)).hasToString("MISSED p50 ms: 120.00, aim <= 100.00");
    }

    @Test
    void programsReadItToo() {
        var json = new ObjectMapper().createObjectNode();

        Aim.atLeast("ratio", 0.91234, 0.9).writeTo(json);

        assertThat(json).hasToString("{\"aim\":\"ratio\",\"figure\":0.912,\"atLeast\":0.9,\"met\":true}");
    }
}
