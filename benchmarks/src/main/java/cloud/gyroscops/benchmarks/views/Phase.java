package cloud.gyroscops.benchmarks.views;

/**
 * What became of the reads of one phase.
 *
 * @param plain without tokens: whatever there is will do
 * @param withToken of the latest version that somebody has seen: nothing older will do, so nobody can answer for
 *     what was written since a partition is worked on nowhere
 */
public record Phase(Reads plain, Reads withToken) {}
