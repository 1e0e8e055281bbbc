package cloud.gyroscops.connectors.worker;

import cloud.gyroscops.connectors.target.Effect;
import cloud.gyroscops.connectors.target.TargetException;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls of one partition that are under way, on other threads; and those that have ended, for its own thread to settle. */
final class Calls implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Calls.class);

    /** How long calls have to end once the partition goes elsewhere, where they will be made again. */
    private static final long END_WITHIN_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Executor executor;
    private final Gate gate;
    private final Queue<Ended> ended = new ConcurrentLinkedQueue<>();
    private final Set<Call> running = ConcurrentHashMap.newKeySet();
    private int underWay;

    /**
     * A call that has ended.
     *
     * @param effect what it came to; null: it failed
     * @param failure why it failed; null: it did not, or by a defect of ours
     * @param defect of ours
     * @param pausedUntil until when the target is left alone, if it serves nobody
     */
    record Ended(
            Lanes.Lane lane,
            long place,
            long tookNanos,
            Effect effect,
            TargetException failure,
            Throwable defect,
            long pausedUntil) {

        Optional<TargetException> failed() {
            return Optional.ofNullable(failure);
        }
    }

    Calls(Executor executor, Gate gate) {
        this.executor = executor;
        this.gate = gate;
    }

    /** Makes a call; false: not any more. */
    boolean call(Lanes.Lane lane, Gate.Pass pass, Callable<Effect> call, long now) {
        var task = new Call(new Work(lane, pass, call, now));
        running.add(task);
        try {
            executor.execute(task);
        } catch (RejectedExecutionException closing) {
            running.remove(task);
            gate.abandoned(pass);
            return false;
        }
        underWay++;
        return true;
    }

    /** The gate hears of its end on the thread that made it: the partition may be gone by then. */
    private final class Call extends FutureTask<Void> {

        private final Work work;

        Call(Work work) {
            super(work, null);
            this.work = work;
        }

        @Override
        protected void done() {
            running.remove(this);
            if (!work.begun) {
                gate.abandoned(work.pass);
            }
        }
    }

    private final class Work implements Runnable {

        private final Lanes.Lane lane;
        private final long place;
        private final Gate.Pass pass;
        private final Callable<Effect> call;
        private final long now;
        private volatile boolean begun;

        Work(Lanes.Lane lane, Gate.Pass pass, Callable<Effect> call, long now) {
            this.lane = lane;
            this.place = lane.first();
            this.pass = pass;
            this.call = call;
            this.now = now;
        }

        @Override
        public void run() {
            begun = true;
            long began = System.nanoTime();
            try {
                var effect = call.call();
                long took = System.nanoTime() - began;
                gate.answered(pass, took);
                ended.add(new Ended(lane, place, took, effect, null, null, 0));
            } catch (TargetException.Unavailable failure) {
                long took = System.nanoTime() - began;
                long until = gate.unavailable(pass, failure, took, now + TimeUnit.NANOSECONDS.toMillis(took));
                ended.add(new Ended(lane, place, took, null, failure, null, until));
            } catch (TargetException failure) {
                long took = System.nanoTime() - began;
                gate.answered(pass, took);
                ended.add(new Ended(lane, place, took, null, failure, null, 0));
            } catch (InterruptedException stopping) {
                gate.abandoned(pass);
                ended.add(new Ended(lane, place, System.nanoTime() - began, null, null, stopping, 0));
            } catch (Throwable defect) {
                gate.abandoned(pass);
                LOG.error("A call for {} failed by a defect", lane.name(), defect);
                ended.add(new Ended(lane, place, System.nanoTime() - began, null, null, defect, 0));
            }
        }
    }

    int underWay() {
        return underWay;
    }

    /** The next one that has ended; null: none has. */
    Ended next() {
        var next = ended.poll();
        if (next != null) {
            underWay--;
        }
        return next;
    }

    /** What has not begun is not; what is under way has a moment to end. Who works on the partition next does it again. */
    @Override
    public void close() {
        long until = System.nanoTime() + END_WITHIN_NANOS;
        for (var task : running) {
            if (!task.work.begun) {
                task.cancel(false);
            }
        }
        for (var task : running) {
            try {
                task.get(Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS);
            } catch (TimeoutException stillRunning) {
                task.cancel(true);
            } catch (InterruptedException e) {
                task.cancel(true);
                Thread.currentThread().interrupt();
            } catch (ExecutionException | CancellationException over) {
                LOG.debug("A call ended while its partition was closed", over);
            }
        }
    }
}
