package cloud.gyroscops.standalone.cli;

import cloud.gyroscops.standalone.load.LoadReport;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Shows how far a load has come: a bar on a terminal, a line every few seconds elsewhere. */
final class Progress implements Consumer<LoadReport> {

    private static final int WIDTH = 30;
    private static final long LINE_EVERY_NANOS = Duration.ofSeconds(3).toNanos();

    private final PrintWriter out;
    private final boolean terminal;
    private final long lines;
    private final LongSupplier nanoClock;
    private final long began;
    private long shown;

    /**
     * Begins now.
     *
     * @param terminal whether a line can be overwritten
     * @param lines that there are; 0: not known
     */
    Progress(PrintWriter out, boolean terminal, long lines, LongSupplier nanoClock) {
        this.out = out;
        this.terminal = terminal;
        this.lines = lines;
        this.nanoClock = nanoClock;
        this.began = nanoClock.getAsLong();
        this.shown = began;
    }

    /** Whether somebody watches. The start script knows of standard error; Java can only tell of the other two. */
    static boolean onTerminal() {
        var told = System.getProperty("gyroscops.terminal");
        return told == null ? System.console() != null : Boolean.parseBoolean(told);
    }

    @Override
    public void accept(LoadReport report) {
        long now = nanoClock.getAsLong();
        if (terminal) {
            out.print("\r" + text(report, now) + "\u001b[K");
            out.flush();
        } else if (now - shown >= LINE_EVERY_NANOS) {
            shown = now;
            out.println(text(report, now));
            out.flush();
        }
    }

    /** Leaves what comes next a line of its own. */
    void end(LoadReport report) {
        if (terminal) {
            accept(report);
            out.println();
            out.flush();
        }
    }

    private String text(LoadReport report, long now) {
        double seconds = Math.max(1, now - began) / 1e9;
        var text = new StringBuilder();
        if (lines > 0) {
            int done = (int) Math.min(WIDTH, report.answered() * WIDTH / lines);
            text.append('[')
                    .append("#".repeat(done))
                    .append(".".repeat(WIDTH - done))
                    .append("] ");
            text.append(String.format("%3d %%  ", Math.min(100, report.answered() * 100 / lines)));
        }
        text.append(String.format("%,d", report.answered()));
        if (lines > 0) {
            text.append(String.format(" of %,d", lines));
        }
        text.append(String.format(" commands, %,.0f/s", report.answered() / seconds));
        if (report.allRejected() > 0) {
            text.append(String.format(", %,d rejected", report.allRejected()));
        }
        if (report.malformed() > 0) {
            text.append(String.format(", %,d malformed", report.malformed()));
        }
        return text.toString();
    }
}
