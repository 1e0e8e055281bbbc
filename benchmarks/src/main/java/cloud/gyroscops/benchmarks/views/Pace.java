package cloud.gyroscops.benchmarks.views;

import java.time.Duration;

/**
 * How long a trial waits beside its phases.
 *
 * @param calm how long every partition must have had its copies before one is killed
 * @param longer how much longer reads may go on, with all instances there, until nothing fails that was read before
 */
public record Pace(Duration calm, Duration longer) {

    /** The benchmark's: several looks of an instance at itself; and what a phase measures does not depend on what it shows. */
    static final Pace MEASURING = new Pace(Duration.ofSeconds(3), Duration.ZERO);
}
