package cloud.gyroscops.topology.view;

import java.time.Duration;

/**
 * How far a copy was behind when it was looked at last.
 *
 * @param records of events, or of what is fed by them, that it did not show yet; ends of transactions count, too
 * @param ago how long the look is ago
 */
public record Staleness(long records, Duration ago) {

    /** The worse of two. */
    Staleness or(Staleness other) {
        return other.records > records || other.records == records && other.ago.compareTo(ago) > 0 ? other : this;
    }

    /** As in {@code X-Staleness}: {@code records=12; ms=340}. */
    @Override
    public String toString() {
        return "records=" + records + "; ms=" + ago.toMillis();
    }
}
