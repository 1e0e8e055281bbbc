package cloud.gyroscops.connectors.target;

import cloud.gyroscops.contract.mirror.MirrorTarget;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * The HTTP requests that one process makes to a target, whatever for: each waits for its share of so many a second, and is
 * counted and timed. For many threads.
 */
public final class Requests {

    private static final int PERIODS_A_SECOND = 10;

    /** Who waits is one of so many callers at a time: far less than this. */
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    private final String target;
    private final RateLimiter rate;
    private final MeterRegistry meters;

    /**
     * None yet.
     *
     * @param perSecond how many there are at most, evened out over tenths of a second
     */
    public Requests(MirrorTarget target, int perSecond, MeterRegistry meters) {
        this.target = target.name().toLowerCase(Locale.ROOT);
        this.meters = meters;
        boolean several = perSecond >= PERIODS_A_SECOND;
        rate = RateLimiter.of(
                this.target,
                RateLimiterConfig.custom()
                        .limitForPeriod(several ? perSecond / PERIODS_A_SECOND : 1)
                        .limitRefreshPeriod(Duration.ofSeconds(1).dividedBy(several ? PERIODS_A_SECOND : perSecond))
                        .timeoutDuration(LONGEST_WAIT)
                        .build());
    }

    /** Refuses a rate that is not 1 to 100,000, by the variable that it comes from. */
    public static void checkRate(String variable, int perSecond) {
        if (perSecond < 1 || perSecond > 100_000) {
            throw new IllegalArgumentException(variable + " is " + perSecond + "; it must be 1 to 100000");
        }
    }

    /** Waits for a request's turn; returns when it was, for {@link #ended}. */
    public long begin() throws InterruptedException {
        if (!rate.acquirePermission()) {
            Thread.interrupted();
            throw new InterruptedException("interrupted before a request to " + target);
        }
        return System.nanoTime();
    }

    /**
     * A request has ended.
     *
     * @param operation what it does, without ids
     * @param status of the answer; 0: there was none
     * @param began as {@link #begin} told
     */
    public void ended(String operation, int status, long began) {
        Counter.builder("api_calls")
                .description("HTTP requests to targets")
                .tag("target", target)
                .tag("operation", operation)
                .tag("status", status == 0 ? "none" : Integer.toString(status))
                .register(meters)
                .increment();
        Timer.builder("api_call_duration")
                .description("How long targets take to answer")
                .tag("target", target)
                .tag("operation", operation)
                .publishPercentileHistogram()
                .register(meters)
                .record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
    }
}
