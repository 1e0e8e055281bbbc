package cloud.gyroscops.benchmarks.views;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What became of the reads of one phase. */
public final class Reads {

    /** What became of one. */
    public enum Outcome {
        /** Answered by who works on the partition. */
        FRESH,
        /** Answered by a copy that said so. */
        STALE,
        /** Not answered. */
        FAILED,
        /** Answered with less than its token stood for. */
        WRONG
    }

    private static final double NANOS = 1e9;

    private final Map<Outcome, Long> outcomes = new TreeMap<>();
    private final Map<String, Long> failures = new TreeMap<>();
    private final Map<String, Long> failingSince = new HashMap<>();
    private long redirected;
    private long longestUnavailable;
    private long slowest;
    private long endedAt;

    /** One read of a thing that began then and ended now. */
    synchronized void add(String what, Outcome outcome, String failure, long began) {
        long now = System.nanoTime();
        if (endedAt != 0) {
            return;
        }
        outcomes.merge(outcome, 1L, Long::sum);
        slowest = Math.max(slowest, now - began);
        if (!failure.isEmpty()) {
            failures.merge(failure, 1L, Long::sum);
        }
        if (outcome == Outcome.FAILED) {
            failingSince.putIfAbsent(what, began);
        } else {
            var since = failingSince.remove(what);
            if (since != null) {
                longestUnavailable = Math.max(longestUnavailable, now - since);
            }
        }
    }

    /** A connection was refused or broke, and another instance is asked. */
    synchronized void redirect() {
        redirected++;
    }

    /** No more reads count. */
    synchronized Reads end() {
        endedAt = endedAt == 0 ? System.nanoTime() : endedAt;
        return this;
    }

    /** The same, unless something fails still; whether it has ended. */
    synchronized boolean endUnlessFailing() {
        if (failingSince.isEmpty()) {
            end();
        }
        return endedAt != 0;
    }

    /** The things whose latest read failed: nobody has answered for them since. */
    public synchronized Set<String> failing() {
        return Set.copyOf(failingSince.keySet());
    }

    /** How many had that outcome. */
    public synchronized long count(Outcome outcome) {
        return outcomes.getOrDefault(outcome, 0L);
    }

    /** How often a connection was refused or broke, and another instance was asked. */
    public synchronized long redirected() {
        return redirected;
    }

    /** How many there were. */
    public synchronized long all() {
        return outcomes.values().stream().mapToLong(Long::longValue).sum();
    }

    /** In percent. */
    public double answered() {
        return all() == 0 ? 0 : 100.0 * (all() - count(Outcome.FAILED)) / all();
    }

    /**
     * From the beginning of the first failed read of a thing to the end of its next answered one; until the end for one
     * that nobody has answered since.
     */
    public synchronized double longestUnavailableSeconds() {
        long open = failingSince.values().stream()
                .mapToLong(since -> endedAt - since)
                .max()
                .orElse(0);
        return Math.max(longestUnavailable, open) / NANOS;
    }

    /** How often reads failed or were wrong, by what was said. */
    synchronized Map<String, Long> failures() {
        return Map.copyOf(failures);
    }

    /** Of an answer, or of a failure. */
    public synchronized double slowestSeconds() {
        return slowest / NANOS;
    }

    /** Adds the figures. */
    synchronized void writeTo(ObjectNode json) {
        json.put("reads", all());
        outcomes.forEach((outcome, count) -> json.put(outcome.name().toLowerCase(Locale.ROOT), count));
        json.put("redirected", redirected)
                .put("answeredPercent", answered())
                .put("longestUnavailableSeconds", longestUnavailableSeconds())
                .put("slowestSeconds", slowestSeconds());
        if (!failures.isEmpty()) {
            failures.forEach(json.putObject("failures")::put);
        }
    }
}
