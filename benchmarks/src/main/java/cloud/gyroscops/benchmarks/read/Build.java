package cloud.gyroscops.benchmarks.read;

/**
 * How an application worked through the event log, from its first commit on, so that its start does not count.
 *
 * @param perSecond events
 * @param cpuMicros processor time of its process per event
 * @param written records in its own topics per event, ends of transactions included
 * @param bytes in its own topics per event
 */
record Build(double perSecond, double cpuMicros, double written, double bytes) {}
