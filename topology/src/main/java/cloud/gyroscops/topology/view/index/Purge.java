package cloud.gyroscops.topology.view.index;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
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
    private ScheduledFuture<?> next;

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

    /** Has it purged after a while at the latest. */
    synchronized void want(Duration delay) {
        if (next != null && next.getDelay(TimeUnit.MILLISECONDS) <= delay.toMillis()) {
            return;
        }
        if (next != null) {
            next.cancel(false);
        }
        next = thread.schedule(this::run, delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Whether somebody wants it that came after the purge that runs had begun. */
    synchronized boolean wanted() {
        return next != null;
    }

    private void run() {
        synchronized (this) {
            next = null;
        }
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
