package cloud.gyroscops.connectors.worker;

import cloud.gyroscops.connectors.target.Change;
import cloud.gyroscops.connectors.target.Effect;
import cloud.gyroscops.connectors.target.Page;
import cloud.gyroscops.connectors.target.Subject;
import cloud.gyroscops.connectors.target.Target;
import cloud.gyroscops.connectors.target.TargetException;
import cloud.gyroscops.contract.Origin;
import cloud.gyroscops.contract.mirror.MirrorTarget;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.EventMessage;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A target that is set up before it is called. As long as that fails it serves nobody, whatever the reason: parked aggregates
 * would not help. A replay sets it up anew: it may be another, empty one.
 */
final class PreparedTarget implements Target {

    private static final long FRESH_NANOS = Duration.ofSeconds(30).toNanos();
    private static final int NOT_FOUND = 404;
    private static final long FAILED_NANOS = Duration.ofMillis(100).toNanos();

    private final Target target;
    private final ReentrantLock preparing = new ReentrantLock();
    private volatile boolean prepared;
    private volatile long preparedAt;
    private TargetException.Unavailable failure;
    private long failedAt;

    PreparedTarget(Target target) {
        this.target = target;
    }

    private void prepareOnce() throws TargetException, InterruptedException {
        if (prepared) {
            return;
        }
        preparing.lockInterruptibly();
        try {
            if (prepared) {
                return;
            }
            if (failure != null && System.nanoTime() - failedAt < FAILED_NANOS) {
                // Who waited for somebody else's attempt need not make another one.
                throw failure;
            }
            target.prepare();
            prepared = true;
            preparedAt = System.nanoTime();
        } catch (TargetException.Unavailable e) {
            throw failed(e);
        } catch (TargetException e) {
            throw failed(new TargetException.Unavailable(
                    e.code(), "it cannot be set up: " + e.getMessage(), e.status(), Optional.empty(), e));
        } finally {
            preparing.unlock();
        }
    }

    private TargetException.Unavailable failed(TargetException.Unavailable e) {
        failure = e;
        failedAt = System.nanoTime();
        return e;
    }

    /** A call of the target. */
    @FunctionalInterface
    private interface Call<T> {
        T make() throws TargetException, InterruptedException;
    }

    /** What was set up may be gone: somebody has deleted the realm. */
    private <T> T prepared(Call<T> call) throws TargetException, InterruptedException {
        prepareOnce();
        try {
            return call.make();
        } catch (TargetException.Unavailable e) {
            if (e.status().orElse(0) == NOT_FOUND) {
                prepared = false;
            }
            throw e;
        }
    }

    @Override
    public void prepare() throws TargetException, InterruptedException {
        prepareOnce();
    }

    @Override
    public Effect mirror(Subject subject, Change change) throws TargetException, InterruptedException {
        return prepared(() -> target.mirror(subject, change));
    }

    @Override
    public Effect replay(Subject subject) throws TargetException, InterruptedException {
        if (System.nanoTime() - preparedAt >= FRESH_NANOS) {
            prepared = false;
        }
        return prepared(() -> target.replay(subject));
    }

    @Override
    public Effect compare(Subject subject, Optional<String> externalId, boolean dryRun)
            throws TargetException, InterruptedException {
        return prepared(() -> target.compare(subject, externalId, dryRun));
    }

    @Override
    public Page list(Optional<String> cursor) throws TargetException, InterruptedException {
        return prepared(() -> target.list(cursor));
    }

    @Override
    public MirrorTarget name() {
        return target.name();
    }

    @Override
    public Set<Aggregate> aggregates() {
        return target.aggregates();
    }

    @Override
    public Origin origin() {
        return target.origin();
    }

    @Override
    public boolean concerns(Subject subject, EventMessage event) {
        return target.concerns(subject, event);
    }

    @Override
    public boolean followsStateAlone() {
        return target.followsStateAlone();
    }

    @Override
    public Optional<String> fingerprint(Subject subject) {
        return target.fingerprint(subject);
    }

    @Override
    public void close() {
        target.close();
    }
}
