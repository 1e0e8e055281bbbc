package cloud.gyroscops.standalone.load;

import java.time.Duration;

/**
 * How often and after which pauses something is tried again.
 *
 * @param first pause; each next one is twice as long
 * @param longest pause
 * @param attempts in a row that bring nothing, after which it is given up
 */
public record Backoff(Duration first, Duration longest, int attempts) {

    /** From 100 ms to 5 s, for about a minute. */
    public static final Backoff USUAL = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5), 17);

    /** The pause after so many attempts in vain, from 1 on. */
    Duration after(int attempt) {
        var pause = first.multipliedBy(1L << Math.min(attempt - 1, 20));
        return pause.compareTo(longest) < 0 ? pause : longest;
    }
}
