package cloud.gyroscops.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.standalone.load.LoadReport;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SummaryTest {

    @Test
    void countsByReasonAndNamesWhatIsWrong() {
        var printed = new StringWriter();
        var report = new LoadReport(
                30, 20, Map.of("NOT_FOUND", 3L), 2, List.of("line 3: no JSON"), "given up at line 25: no connection");

        Summary.print(report, 1.5, new PrintWriter(printed));

        assertThat(printed.toString().lines())
                .containsExactly(
                        "23 commands answered in 1.5 s: 20 accepted, 3 rejected.",
                        "         3  NOT_FOUND",
                        "2 lines are no commands:",
                        "  line 3: no JSON",
                        "  … and 1 more",
                        "Stopped before the end (given up at line 25: no connection); 5 of the lines read are"
                                + " unanswered. To load it again is safe.");
    }
}
