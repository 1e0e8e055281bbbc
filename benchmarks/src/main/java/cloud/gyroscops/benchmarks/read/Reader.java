package cloud.gyroscops.benchmarks.read;

import java.io.IOException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/** One connection of a load: takes the next request that is due, and waits for its answer. */
final class Reader implements Runnable {

    private static final int DIGITS = 3;

    private final Schedule schedule;
    private final Connection connection;
    private final byte[][] requests;
    private final Histogram latency = histogram();
    private long bytes;
    private long failed;

    Reader(Schedule schedule, Connection connection, byte[][] requests) {
        this.schedule = schedule;
        this.connection = connection;
        this.requests = requests;
    }

    /** For nanoseconds, up to a minute. */
    static Histogram histogram() {
        return new Histogram(TimeUnit.MINUTES.toNanos(1), DIGITS);
    }

    @Override
    public void run() {
        var random = ThreadLocalRandom.current();
        for (long due = schedule.next(); due != Schedule.OVER; due = schedule.next()) {
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            try {
                var answer = connection.get(requests[random.nextInt(requests.length)]);
                latency.recordValue(Math.min(System.nanoTime() - due, latency.getHighestTrackableValue()));
                bytes += answer.bytes();
                failed += answer.good() ? 0 : 1;
            } catch (IOException broken) {
                failed++;
                return;
            }
        }
    }

    /** To be asked once it has ended, like the others. */
    Histogram latency() {
        return latency;
    }

    long bytes() {
        return bytes;
    }

    long failed() {
        return failed;
    }
}
