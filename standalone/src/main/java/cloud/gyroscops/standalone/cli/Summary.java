package cloud.gyroscops.standalone.cli;

import cloud.gyroscops.standalone.load.LoadReport;
import java.io.PrintWriter;

/** What came of a load, in words. */
final class Summary {

    private Summary() {}

    static void print(LoadReport report, double seconds, PrintWriter out) {
        out.printf(
                "%,d commands answered in %.1f s: %,d accepted, %,d rejected.%n",
                report.accepted() + report.allRejected(), seconds, report.accepted(), report.allRejected());
        report.rejected().forEach((reason, count) -> out.printf("  %,8d  %s%n", count, reason));
        if (report.malformed() > 0) {
            out.printf("%,d lines are no commands:%n", report.malformed());
            report.problems().forEach(problem -> out.println("  " + problem));
            if (report.malformed() > report.problems().size()) {
                out.printf(
                        "  … and %,d more%n",
                        report.malformed() - report.problems().size());
            }
        }
        if (report.stopped() != null) {
            out.printf(
                    "Stopped before the end (%s); %,d of the lines read are unanswered. To load it again is safe.%n",
                    report.stopped(), report.read() - report.answered());
        }
        out.flush();
    }
}
