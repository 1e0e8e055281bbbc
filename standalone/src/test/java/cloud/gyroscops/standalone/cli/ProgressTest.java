package cloud.gyroscops.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.standalone.load.LoadReport;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private final StringWriter printed = new StringWriter();
    private long now;

    @Test
    void onATerminalItIsABarThatIsOverwritten() {
        var progress = progress(true, 200);
        now = Duration.ofSeconds(2).toNanos();

        progress.accept(report(90, 10, 0));

        assertThat(printed)
                .hasToString(
                        "\r[###############...............]  50 %  100 of 200 commands, 50/s, 10 rejected\u001b[K");
    }

    @Test
    void aFinishedBarLeavesALineToWhatComesNext() {
        var progress = progress(true, 100);

        progress.end(report(100, 0, 0));

        assertThat(printed.toString())
                .contains("[##############################] 100 %")
                .endsWith(System.lineSeparator());
    }

    @Test
    void elsewhereItIsALineEveryFewSeconds() {
        var progress = progress(false, 0);
        for (int second = 1; second <= 7; second++) {
            now = Duration.ofSeconds(second).toNanos();
            progress.accept(report(second * 10, 0, 1));
        }

        progress.end(report(70, 0, 1));

        assertThat(printed.toString().lines())
                .containsExactly("31 commands, 10/s, 1 malformed", "61 commands, 10/s, 1 malformed");
    }

    private Progress progress(boolean terminal, long lines) {
        return new Progress(new PrintWriter(printed), terminal, lines, () -> now);
    }

    private static LoadReport report(long accepted, long rejected, long malformed) {
        return new LoadReport(
                accepted + rejected + malformed,
                accepted,
                rejected == 0 ? Map.of() : Map.of("NOT_FOUND", rejected),
                malformed,
                List.of(),
                null);
    }
}
