package cloud.gyroscops.query.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class LimitedLinesTest {

    @Test
    void linesEndWithTheirEndOrTheInputs() throws IOException {
        var lines = lines("one\n\nthrée", 100);

        assertThat(lines.next()).isEqualTo("one");
        assertThat(lines.next()).isEmpty();
        assertThat(lines.next()).isEqualTo("thrée");
        assertThat(lines.next()).isNull();
    }

    @Test
    void aLineThatIsTooLongIsCutAndTheNextOneIsWhole() throws IOException {
        var lines = lines("0123456789\nshort\n", 5);

        assertThat(lines.next()).isEqualTo("01234");
        assertThat(lines.wasCut()).isTrue();
        assertThat(lines.next()).isEqualTo("short");
        assertThat(lines.wasCut()).isFalse();
    }

    private static LimitedLines lines(String text, int limit) {
        return new LimitedLines(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), limit);
    }
}
