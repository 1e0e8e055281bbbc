package cloud.gyroscops.standalone.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Shows how far something has come: a bar on a terminal, a line every few seconds elsewhere. */
final class ProgressBar {

    private static final int WIDTH = 30;
    private static final long LINE_EVERY_NANOS = Duration.ofSeconds(3).toNanos();

    private final PrintWriter out;
    private final boolean terminal;
    private final String things;
    private final LongSupplier nanoClock;
    private final long began;
    private long shown;

    /**
     * Begins now.
     *
     * @param terminal whether a line can be overwritten
     * @param things what is counted, in the plural
     */
    ProgressBar(PrintWriter out, boolean terminal, String things, LongSupplier nanoClock) {
        this.out = out;
        this.terminal = terminal;
        this.things = things;
        this.nanoClock = nanoClock;
        this.began = nanoClock.getAsLong();
        this.shown = began;
    }

    /** For standard error, as it is. */
    static ProgressBar on(PrintWriter err, String things) {
        return new ProgressBar(err, Progress.onTerminal(), things, System::nanoTime);
    }

    /**
     * So far.
     *
     * @param all that there are; 0: not known
     * @param more what else there is to say
     */
    void show(long done, long all, String more) {
        long now = nanoClock.getAsLong();
        if (terminal) {
            out.print("\r" + text(done, all, now) + more + "\u001b[K");
            out.flush();
        } else if (now - shown >= LINE_EVERY_NANOS) {
            shown = now;
            out.println(text(done, all, now) + more);
            out.flush();
        }
    }

    /** The same, with the time that is left. */
    void show(long done, long all) {
        double seconds = (nanoClock.getAsLong() - began) / 1e9;
        show(done, all, done == 0 ? "" : String.format(", %,.0f s left", Math.max(0, all - done) * seconds / done));
    }

    /** Leaves what comes next a line of its own. */
    void end() {
        if (terminal) {
            out.println();
            out.flush();
        }
    }

    private String text(long done, long all, long now) {
        double seconds = Math.max(1, now - began) / 1e9;
        var text = new StringBuilder();
        if (all > 0) {
            int filled = (int) Math.min(WIDTH, done * WIDTH / all);
            text.append('[')
                    .append("#".repeat(filled))
                    .append(".".repeat(WIDTH - filled))
                    .append("] ");
            text.append(String.format("%3d %%  ", Math.min(100, done * 100 / all)));
        }
        text.append(String.format("%,d", done));
        if (all > 0) {
            text.append(String.format(" of %,d", all));
        }
        return text.append(String.format(" %s, %,.0f/s", things, done / seconds))
                .toString();
    }
}
