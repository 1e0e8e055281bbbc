package cloud.gyroscops.connectors.worker;

import cloud.gyroscops.connectors.target.Effect;
import cloud.gyroscops.connectors.target.TargetException;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls of one partition that are under way, on other threads; and those that have ended, for its own thread to settle. */
final class Calls {

    private static final Logger LOG = LoggerFactory.getLogger(Calls.class);

    private final Executor executor;
    private final Queue<Ended> ended = new ConcurrentLinkedQueue<>();
    private final AtomicInteger underWay = new AtomicInteger();

    /**
     * A call that has ended.
     *
     * @param effect what it came to; null: it failed
     * @param failure why it failed; null: it did not, or by a defect of ours
     * @param defect of ours
     */
    record Ended(
            Lanes.Lane lane, long place, long tookNanos, Effect effect, TargetException failure, Throwable defect) {

        Optional<TargetException> failed() {
            return Optional.ofNullable(failure);
        }
    }

    Calls(Executor executor) {
        this.executor = executor;
    }

    void call(Lanes.Lane lane, long place, Callable<Effect> call) {
        underWay.incrementAndGet();
        try {
            executor.execute(() -> ended.add(ended(lane, place, call)));
        } catch (RejectedExecutionException closing) {
            underWay.decrementAndGet();
            throw closing;
        }
    }

    private static Ended ended(Lanes.Lane lane, long place, Callable<Effect> call) {
        long began = System.nanoTime();
        try {
            var effect = call.call();
            return new Ended(lane, place, System.nanoTime() - began, effect, null, null);
        } catch (TargetException failure) {
            return new Ended(lane, place, System.nanoTime() - began, null, failure, null);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return new Ended(lane, place, System.nanoTime() - began, null, null, stopping);
        } catch (Exception | LinkageError defect) {
            LOG.error("A call for {} failed by a defect", lane.name(), defect);
            return new Ended(lane, place, System.nanoTime() - began, null, null, defect);
        }
    }

    int underWay() {
        return underWay.get();
    }

    /** The next one that has ended; null: none has. */
    Ended next() {
        var next = ended.poll();
        if (next != null) {
            underWay.decrementAndGet();
        }
        return next;
    }
}
