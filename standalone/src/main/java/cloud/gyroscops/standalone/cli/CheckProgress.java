package cloud.gyroscops.standalone.cli;

import cloud.gyroscops.standalone.check.CheckOptions.Reading;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Shows which topic is read: in one line on a terminal, a line every few seconds elsewhere. */
final class CheckProgress implements Consumer<Reading> {

    private static final long LINE_EVERY_NANOS = Duration.ofSeconds(3).toNanos();
    private static final long REWRITE_EVERY_NANOS = Duration.ofMillis(200).toNanos();

    private final PrintWriter err;
    private final boolean terminal;
    private final LongSupplier nanoClock;
    private long shown;

    /**
     * Begins now.
     *
     * @param terminal whether a line can be overwritten
     */
    CheckProgress(PrintWriter err, boolean terminal, LongSupplier nanoClock) {
        this.err = err;
        this.terminal = terminal;
        this.nanoClock = nanoClock;
        this.shown = nanoClock.getAsLong();
    }

    @Override
    public void accept(Reading reading) {
        long now = nanoClock.getAsLong();
        if (now - shown < (terminal ? REWRITE_EVERY_NANOS : LINE_EVERY_NANOS)) {
            return;
        }
        shown = now;
        var text = String.format("%s: %,d records of %,d offsets", reading.topic(), reading.read(), reading.offsets());
        if (terminal) {
            err.print("\r" + text + "\u001b[K");
        } else {
            err.println(text);
        }
        err.flush();
    }

    /** Leaves nothing behind on a terminal. */
    void end() {
        if (terminal) {
            err.print("\r\u001b[K");
            err.flush();
        }
    }
}
