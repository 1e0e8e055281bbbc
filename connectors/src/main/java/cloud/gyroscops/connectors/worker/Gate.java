package cloud.gyroscops.connectors.worker;

import cloud.gyroscops.connectors.target.TargetException;
import cloud.gyroscops.contract.mirror.MirrorError;
import cloud.gyroscops.contract.mirror.MirrorTarget;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Lets calls through to a target: so many a second; none while it is left alone; one at a time, to see whether it is back, after
 * it had failed. For many threads.
 */
final class Gate {

    private static final int WINDOW = 20;
    private static final int ENOUGH_TO_JUDGE = 5;
    private static final int PROBES = 3;
    private static final int PERIODS_A_SECOND = 10;

    private final CircuitBreaker circuit;
    private final RateLimiter rate;
    private final IntervalFunction pauses;
    private int failures;
    private boolean probing;
    private long successes;
    private long pausedUntil;
    private MirrorError because;
    private boolean closed;

    Gate(MirrorTarget target, WorkerSettings settings) {
        circuit = CircuitBreaker.of(
                target.name(),
                CircuitBreakerConfig.custom()
                        .slidingWindowSize(WINDOW)
                        .minimumNumberOfCalls(ENOUGH_TO_JUDGE)
                        .permittedNumberOfCallsInHalfOpenState(PROBES)
                        .waitIntervalFunctionInOpenState(IntervalFunction.ofExponentialBackoff(
                                settings.firstPause().toMillis(),
                                2,
                                settings.longestPause().toMillis()))
                        .automaticTransitionFromOpenToHalfOpenEnabled(true)
                        .build());
        rate = RateLimiter.of(
                target.name(),
                RateLimiterConfig.custom()
                        .limitForPeriod(Math.max(1, settings.ratePerSecond() / PERIODS_A_SECOND))
                        .limitRefreshPeriod(
                                settings.ratePerSecond() < PERIODS_A_SECOND
                                        ? Duration.ofSeconds(1).dividedBy(settings.ratePerSecond())
                                        : Duration.ofMillis(1_000 / PERIODS_A_SECOND))
                        .timeoutDuration(Duration.ZERO)
                        .build());
        pauses = IntervalFunction.ofExponentialRandomBackoff(
                settings.firstPause().toMillis(), 2, settings.longestPause().toMillis());
    }

    CircuitBreaker circuit() {
        return circuit;
    }

    /** Whether a call may be made now; its end is to be told. */
    synchronized boolean opens(long now) {
        if (closed || now < pausedUntil || failures > 0 && probing || !circuit.tryAcquirePermission()) {
            return false;
        }
        if (!rate.acquirePermission()) {
            circuit.releasePermission();
            return false;
        }
        probing = failures > 0;
        return true;
    }

    /** The target answered, whatever it said. */
    synchronized void answered(long tookNanos) {
        circuit.onSuccess(tookNanos, TimeUnit.NANOSECONDS);
        failures = 0;
        probing = false;
        successes++;
        pausedUntil = 0;
        because = null;
    }

    /** It serves nobody; returns until when it is left alone. */
    synchronized long unavailable(TargetException.Unavailable failure, long tookNanos, long now) {
        circuit.onError(tookNanos, TimeUnit.NANOSECONDS, failure);
        failures++;
        probing = false;
        long pause = failure.retryAfter().map(Duration::toMillis).orElseGet(() -> pauses.apply(failures));
        pausedUntil = Math.max(pausedUntil, now + pause);
        because = Errors.of(failure);
        return pausedUntil;
    }

    /** A call came to nothing here, and says nothing of the target. */
    synchronized void abandoned() {
        circuit.releasePermission();
        probing = false;
    }

    /** No more calls. */
    synchronized void close() {
        closed = true;
    }

    /** How many calls were answered. */
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
