package cloud.gyroscops.connectors.worker;

import cloud.gyroscops.connectors.target.TargetException;
import cloud.gyroscops.contract.mirror.MirrorError;
import cloud.gyroscops.contract.mirror.MirrorTarget;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.core.IntervalFunction;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Lets calls through to a target: so many at a time; none while it is left alone; one at a time, to see whether it is back,
 * after it had failed. What was begun before a failure says nothing about the time after it. For many threads; who
 * got a pass gives it back on whatever thread the call ended.
 */
final class Gate {

    private static final int WINDOW = 20;
    private static final int ENOUGH_TO_JUDGE = 5;
    private static final int PROBES = 3;
    private static final Duration NEVER = Duration.ofDays(1);
    private static final Duration LONGEST_RETRY_AFTER = Duration.ofHours(1);

    private final CircuitBreaker circuit;
    private final IntervalFunction pauses;
    private final int most;
    private int running;
    private int failures;
    private boolean probing;
    private long lastFailure;
    private long passes;
    private long successes;
    private long pausedUntil;
    private MirrorError because;
    private boolean closed;

    /**
     * Leave to make one call.
     *
     * @param number the how manieth it is
     * @param probe whether it is to show that the target is back
     */
    record Pass(long number, boolean probe) {}

    Gate(MirrorTarget target, WorkerSettings settings) {
        most = settings.callsAtATime();
        circuit = CircuitBreaker.of(
                target.name(),
                CircuitBreakerConfig.custom()
                        .slidingWindowSize(WINDOW)
                        .minimumNumberOfCalls(ENOUGH_TO_JUDGE)
                        // Calls wait for their share of the target's rate, too: being slow is no failure.
                        .slowCallDurationThreshold(NEVER)
                        .permittedNumberOfCallsInHalfOpenState(PROBES)
                        .waitIntervalFunctionInOpenState(IntervalFunction.ofExponentialBackoff(
                                settings.firstPause().toMillis(),
                                2,
                                settings.longestPause().toMillis()))
                        .automaticTransitionFromOpenToHalfOpenEnabled(true)
                        .build());
        pauses = IntervalFunction.ofExponentialRandomBackoff(
                settings.firstPause().toMillis(), 2, settings.longestPause().toMillis());
    }

    CircuitBreaker circuit() {
        return circuit;
    }

    /** Leave to make a call now; empty: not now. */
    synchronized Optional<Pass> opens(long now) {
        if (closed
                || running >= most
                || now < pausedUntil
                || failures > 0 && probing
                || !circuit.tryAcquirePermission()) {
            return Optional.empty();
        }
        running++;
        boolean probe = failures > 0;
        probing |= probe;
        return Optional.of(new Pass(++passes, probe));
    }

    /** The target answered, whatever it said. */
    synchronized void answered(Pass pass, long tookNanos) {
        circuit.onSuccess(tookNanos, TimeUnit.NANOSECONDS);
        ended(pass);
        if (pass.number() > lastFailure) {
            failures = 0;
            successes++;
            pausedUntil = 0;
            because = null;
        }
    }

    /** It serves nobody; returns until when it is left alone. */
    synchronized long unavailable(Pass pass, TargetException.Unavailable failure, long tookNanos, long now) {
        circuit.onError(tookNanos, TimeUnit.NANOSECONDS, failure);
        ended(pass);
        if (pass.number() > lastFailure) {
            // Calls that were under way together fail together: that is one failure.
            failures++;
            lastFailure = passes;
        }
        long pause = failure.retryAfter().map(Gate::bounded).orElseGet(() -> pauses.apply(Math.max(1, failures)));
        pausedUntil = Math.max(pausedUntil, now + pause);
        because = failure.error();
        return pausedUntil;
    }

    private static long bounded(Duration retryAfter) {
        return (retryAfter.compareTo(LONGEST_RETRY_AFTER) > 0 ? LONGEST_RETRY_AFTER : retryAfter).toMillis();
    }

    /** A call came to nothing here, and says nothing of the target. */
    synchronized void abandoned(Pass pass) {
        circuit.releasePermission();
        ended(pass);
    }

    private void ended(Pass pass) {
        running--;
        if (pass.probe()) {
            probing = false;
        }
    }

    /** No more calls. */
    synchronized void close() {
        closed = true;
    }

    /** How many calls were answered that had begun after the last failure. */
    synchronized long successes() {
        return successes;
    }

    synchronized Optional<Instant> pausedUntil(long now) {
        return now < pausedUntil ? Optional.of(Instant.ofEpochMilli(pausedUntil)) : Optional.empty();
    }

    synchronized Optional<MirrorError> because() {
        return Optional.ofNullable(because);
    }
}
