package cloud.gyroscops.benchmarks.restore;

/**
 * How long no results came, all counted from the kill, or from asking for the clean stop.
 *
 * @param goneSeconds until the process was gone, and new commands were sent, a payment and a user to every partition
 * @param firstSeconds until the first of them had its result
 * @param allSeconds until all of them had theirs
 */
record Recovery(double goneSeconds, double firstSeconds, double allSeconds) {}
