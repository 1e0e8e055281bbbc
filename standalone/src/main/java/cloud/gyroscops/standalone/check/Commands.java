package cloud.gyroscops.standalone.check;

import cloud.gyroscops.topology.command.EventPartitioner;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToLongFunction;

/** Which commands are in the commands topic of one aggregate type, each in the partition of its aggregate. */
final class Commands {

    private static final int OFFSET = 0;
    private static final int TIME = 1;
    private static final int SOURCE_PARTITION = 2;
    private static final int SOURCE_OFFSET = 3;

    private final List<Span> spans;
    private final long[] firstTimes;
    private final long[] begins;
    /** By aggregate and command id: of the first one, the offset, when it was appended, and the place that results name. */
    private final LongTable first = new LongTable(4);

    Commands(List<Span> spans) {
        this.spans = spans;
        this.firstTimes = new long[spans.size()];
        this.begins = new long[spans.size()];
        Arrays.fill(firstTimes, Long.MAX_VALUE);
    }

    void add(Records.Command record) {
        int partition = record.place().partition();
        firstTimes[partition] = Math.min(firstTimes[partition], record.time());
        if (decidable(record)) {
            long key = key(record.header().getAggregateId(), record.header().getCommandId());
            if (!first.contains(key)) {
                int row = first.put(key);
                var original = record.original();
                first.set(row, OFFSET, record.place().offset());
                first.set(row, TIME, record.time());
                first.set(row, SOURCE_PARTITION, original == null ? partition : original.partition());
                first.set(row, SOURCE_OFFSET, original == null ? record.place().offset() : original.offset());
            }
        }
    }

    /** All is read; tells where a partition begins after that. */
    void end(ToLongFunction<Span> beginsNow) {
        for (var span : spans) {
            begins[span.partition()] = beginsNow.applyAsLong(span);
        }
    }

    /** Whether it is in the partition where its aggregate is decided. */
    boolean decidable(Records.Command record) {
        return record.command() != null
                && EventPartitioner.partition(record.header().getAggregateId(), spans.size())
                        == record.place().partition();
    }

    /**
     * The first command with certain ids.
     *
     * @param offset in its aggregate's partition
     * @param time when it was appended
     * @param source where it was first, as results name it
     */
    record First(long offset, long time, Place source) {}

    /** The first one with these ids; null if it is not there. */
    First first(String aggregateId, String commandId) {
        int row = first.find(key(aggregateId, commandId));
        return row < 0
                ? null
                : new First(
                        first.get(row, OFFSET),
                        first.get(row, TIME),
                        new Place(
                                spans.get(0).topic(),
                                (int) first.get(row, SOURCE_PARTITION),
                                first.get(row, SOURCE_OFFSET)));
    }

    /**
     * Whether a command of that time may be gone: below where the log begins, or with the cluster that the events were
     * imported from; there it is older than all that are here.
     */
    boolean mayBeGone(int partition, long time) {
        return begins[partition] > 0 ? time <= firstTimes[partition] : time < firstTimes[partition];
    }

    private static long key(String aggregateId, String commandId) {
        return Hash.of(aggregateId, commandId);
    }
}
