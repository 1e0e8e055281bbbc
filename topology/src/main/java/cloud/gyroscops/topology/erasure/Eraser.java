package cloud.gyroscops.topology.erasure;

import cloud.gyroscops.schemas.serde.Wire;
import cloud.gyroscops.schemas.settings.KafkaSettings;
import cloud.gyroscops.schemas.topic.TopicCatalogue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs beside a command topology, in each of its processes: follows users' events, removes from all other topics what they
 * hold of users that were erased, and removes from the topology's own channels what was read. What fails is begun again;
 * its offsets are committed only after the work is done.
 */
public final class Eraser implements AutoCloseable {

    /** Its consumer group, behind the topics' prefix. */
    public static final String GROUP = "gyroscops-erasure";

    private static final Logger LOG = LoggerFactory.getLogger(Eraser.class);
    private static final long AGAIN_AFTER_MS = 2_000;
    private static final long CLOSE_WITHIN_MS = 5_000;

    private final KafkaSettings kafka;
    private final TopicCatalogue topics;
    private final Wire wire;
    private final String commandGroup;
    private final Thread thread = new Thread(this::run, "gyroscops-eraser");
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile ErasureRun current;

    /**
     * Makes it ready to start.
     *
     * @param commandGroup the command topology's application id: what it has read may be removed
     */
    public Eraser(KafkaSettings kafka, TopicCatalogue topics, Wire wire, String commandGroup) {
        this.kafka = kafka;
        this.topics = topics;
        this.wire = wire;
        this.commandGroup = commandGroup;
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    private void run() {
        while (closed.getCount() > 0) {
            try (var run = new ErasureRun(kafka, topics, wire, commandGroup, this::pause)) {
                current = run;
                run.follow(() -> closed.getCount() == 0);
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                if (closed.getCount() > 0) {
                    LOG.warn("The erasure of users did not get on, and is begun again: {}", e.toString());
                    pause(AGAIN_AFTER_MS);
                }
            }
        }
    }

    /** Whether it is to stop. */
    private boolean pause(long ms) {
        try {
            return closed.await(ms, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Leaves what is not done to whoever comes next. */
    @Override
    public void close() {
        closed.countDown();
        var run = current;
        if (run != null) {
            run.stop();
        }
        try {
            thread.join(CLOSE_WITHIN_MS);
            if (thread.isAlive()) {
                LOG.warn("The erasure of users does not stop; it is interrupted");
                thread.interrupt();
                thread.join(CLOSE_WITHIN_MS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
