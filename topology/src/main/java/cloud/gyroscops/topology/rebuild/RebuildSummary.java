package cloud.gyroscops.topology.rebuild;

import java.util.List;

/**
 * What came of a rebuild.
 *
 * @param events that were read
 * @param aggregates that have a state again
 * @param claims that are held again
 * @param toHandle commands that had been taken in and are still to be handled, before those that were not
 * @param conflicts the first values that several aggregates hold; only the one that came first keeps the claim
 * @param seconds that it took
 */
public record RebuildSummary(
        long events, long aggregates, long claims, long toHandle, List<String> conflicts, double seconds) {}
