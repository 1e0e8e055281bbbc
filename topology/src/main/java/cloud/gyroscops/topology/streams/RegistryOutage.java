package cloud.gyroscops.topology.streams;

import cloud.gyroscops.schemas.registry.RegistryAccessDeniedException;
import cloud.gyroscops.schemas.registry.RegistryUnavailableException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits out outages of the schema registry inside a processor: a record whose schema cannot be asked for just now is no
 * poison. The wait is bounded by what the open transaction allows; after that the stream thread is replaced, and the
 * record comes again.
 */
public final class RegistryOutage implements AutoCloseable {

    /** The transaction of a waiting thread must live longer than this. */
    static final Duration LONGEST_WAIT = Duration.ofSeconds(90);

    private static final Logger LOG = LoggerFactory.getLogger(RegistryOutage.class);
    private static final long PAUSE_MS = 200;

    private final CountDownLatch closed = new CountDownLatch(1);

    /** What the supplier gives, as soon as the registry answers. Throws what it throws but for outages. */
    public <T> T waitOut(Supplier<T> supplier) {
        return waitOut(supplier, System.nanoTime() + LONGEST_WAIT.toNanos());
    }

    /** The same, however long it takes: for the global thread, which has no transaction, and is never replaced. */
    public <T> T waitOutForever(Supplier<T> supplier) {
        return waitOut(supplier, Long.MAX_VALUE);
    }

    private <T> T waitOut(Supplier<T> supplier, long until) {
        boolean told = false;
        while (true) {
            try {
                return supplier.get();
            } catch (RegistryUnavailableException | RegistryAccessDeniedException outage) {
                if (!told) {
                    LOG.warn("Waiting for the schema registry: {}", outage.getMessage());
                    told = true;
                }
                if (until != Long.MAX_VALUE && System.nanoTime() > until || closing()) {
                    throw outage;
                }
            }
        }
    }

    private boolean closing() {
        try {
            return closed.await(PAUSE_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Ends all waits. */
    @Override
    public void close() {
        closed.countDown();
    }
}
