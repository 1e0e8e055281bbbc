package cloud.gyroscops.topology.view.index;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.lucene.store.AlreadyClosedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Purges an index on a thread of its own, once for all wishes that come before it begins. */
final class Purge implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Purge.class);
    private static final int IDLE_SECONDS = 5;

    /** What purges. */
    @FunctionalInterface
    interface Work {
        void run() throws IOException;
    }

    private final String index;
    private final Work work;
    private final ScheduledThreadPoolExecutor thread;
    private final AtomicBoolean waiting = new AtomicBoolean();

    Purge(String index, Work work) {
        this.index = index;
        this.work = work;
        thread = new ScheduledThreadPoolExecutor(1, task -> {
            var made = new Thread(task, "purge-" + index);
            made.setDaemon(true);
            return made;
        });
        thread.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        thread.allowCoreThreadTimeOut(true);
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Has it purged after a while, if that is not to happen anyway. */
    void want(Duration delay) {
        if (waiting.compareAndSet(false, true)) {
            thread.schedule(this::run, delay.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Whether somebody wants it that came after the purge that runs had begun. */
    boolean wanted() {
        return waiting.get();
    }

    private void run() {
        waiting.set(false);
        try {
            work.run();
        } catch (AlreadyClosedException closed) {
            LOG.debug("index {} was closed while it was purged; it is purged when it is opened again", index, closed);
        } catch (IOException | RuntimeException e) {
            LOG.warn("index {} was not purged; it is when it is opened again, or with the next wish", index, e);
        }
    }

    /** What runs comes to its end with the index. */
    @Override
    public void close() {
        thread.shutdown();
    }
}
