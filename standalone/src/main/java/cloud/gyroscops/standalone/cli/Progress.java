package cloud.gyroscops.standalone.cli;

import cloud.gyroscops.standalone.load.LoadReport;
import java.io.PrintWriter;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Shows how far a load has come. */
final class Progress implements Consumer<LoadReport> {

    private final ProgressBar bar;
    private final boolean terminal;
    private final long lines;

    /**
     * Begins now.
     *
     * @param terminal whether a line can be overwritten
     * @param lines that there are; 0: not known
     */
    Progress(PrintWriter out, boolean terminal, long lines, LongSupplier nanoClock) {
        this.bar = new ProgressBar(out, terminal, "commands", nanoClock);
        this.terminal = terminal;
        this.lines = lines;
    }

    /** Whether somebody watches. The start script knows of standard error; Java can only tell of the other two. */
    static boolean onTerminal() {
        var told = System.getProperty("gyroscops.terminal");
        return told == null ? System.console() != null : Boolean.parseBoolean(told);
    }

    @Override
    public void accept(LoadReport report) {
        bar.show(report.answered(), lines, more(report));
    }

    /** Leaves what comes next a line of its own. */
    void end(LoadReport report) {
        if (terminal) {
            accept(report);
        }
        bar.end();
    }

    private static String more(LoadReport report) {
        var text = new StringBuilder();
        if (report.allRejected() > 0) {
            text.append(String.format(", %,d rejected", report.allRejected()));
        }
        if (report.malformed() > 0) {
            text.append(String.format(", %,d malformed", report.malformed()));
        }
        return text.toString();
    }
}
