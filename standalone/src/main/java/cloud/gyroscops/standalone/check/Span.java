package cloud.gyroscops.standalone.check;

/**
 * What is read of a partition.
 *
 * @param begin where the log begins; more than 0: what was before is gone
 * @param settled what is before it was committed, and commands handled, before any other topic's end was fixed
 * @param end the first offset that is not read
 */
record Span(String topic, int partition, long begin, long settled, long end) {}
