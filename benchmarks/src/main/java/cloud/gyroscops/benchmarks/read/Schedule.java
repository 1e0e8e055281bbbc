package cloud.gyroscops.benchmarks.read;

import java.util.concurrent.atomic.AtomicLong;

/** When requests are due, whoever sends them: at a constant rate, however long answers take, or one after the other. */
final class Schedule {

    /** There is no next one. */
    static final long OVER = Long.MIN_VALUE;

    private final AtomicLong sent = new AtomicLong();
    private final double gapNanos;
    private final long began = System.nanoTime();
    private final double lasts;

    private Schedule(double gapNanos, double seconds) {
        this.gapNanos = gapNanos;
        this.lasts = seconds * 1e9;
    }

    /** An open loop. */
    static Schedule at(double perSecond, double seconds) {
        return new Schedule(1e9 / perSecond, seconds);
    }

    /** A closed loop: a request is due when the answer before it has come. */
    static Schedule asManyAsPossible(double seconds) {
        return new Schedule(0, seconds);
    }

    /** When the next one is due, as {@link System#nanoTime} tells it. */
    long next() {
        if (gapNanos == 0) {
            long now = System.nanoTime();
            // The first one is due even if whoever sends it begins late: of none nothing could be told.
            return sent.getAndIncrement() == 0 || now - began <= lasts ? now : OVER;
        }
        double after = gapNanos * sent.getAndIncrement();
        return after > lasts ? OVER : began + (long) after;
    }
}
