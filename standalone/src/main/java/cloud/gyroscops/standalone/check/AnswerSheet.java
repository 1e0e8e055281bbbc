package cloud.gyroscops.standalone.check;

import cloud.gyroscops.topology.command.EventPartitioner;
import java.util.List;

/** What each command record of one topic was answered, by partition and offset. */
final class AnswerSheet {

    private static final byte DEAD_LETTER = 0x40;
    private static final byte WITH_EVENTS = 0x20;
    private static final int COUNT = 0x1F;

    private final long[] begins;
    private final byte[][] answers;
    private final int[][] whose;
    private final int[][] versions;

    AnswerSheet(List<Span> spans) {
        begins = new long[spans.size()];
        answers = new byte[spans.size()][];
        whose = new int[spans.size()][];
        versions = new int[spans.size()][];
        for (var span : spans) {
            int offsets = Math.toIntExact(Math.max(0, span.end() - span.begin()));
            begins[span.partition()] = span.begin();
            answers[span.partition()] = new byte[offsets];
            whose[span.partition()] = new int[offsets];
            versions[span.partition()] = new int[offsets];
        }
    }

    /** Whether a command is in the partition of its aggregate, or tells no aggregate. */
    boolean isAtHome(Records.Command command) {
        return command.header() == null
                || EventPartitioner.partition(command.header().getAggregateId(), begins.length)
                        == command.place().partition();
    }

    /** Whether there is a partition with that number. */
    boolean knows(int partition) {
        return partition >= 0 && partition < begins.length;
    }

    /**
     * Enters a result.
     *
     * @param command a hash of whose it is
     * @return how many the record has now; 1 if it is not among those that are read
     */
    int answered(int partition, long offset, int command, boolean withEvents, long version) {
        int at = at(partition, offset);
        if (at < 0) {
            return 1;
        }
        int count = Math.min(COUNT, (answers[partition][at] & COUNT) + 1);
        answers[partition][at] = (byte) (answers[partition][at] & DEAD_LETTER | (withEvents ? WITH_EVENTS : 0) | count);
        whose[partition][at] = command;
        versions[partition][at] = (int) version;
        return count;
    }

    /** Enters a dead letter; whether it is the first. */
    boolean deadLetter(int partition, long offset) {
        int at = at(partition, offset);
        if (at < 0) {
            return true;
        }
        boolean first = (answers[partition][at] & DEAD_LETTER) == 0;
        answers[partition][at] |= DEAD_LETTER;
        return first;
    }

    /** How many results the record has; 0 if it is not among those that are read. */
    int count(Place place) {
        return at(place) < 0 ? 0 : answers[place.partition()][at(place)] & COUNT;
    }

    boolean isDeadLetter(Place place) {
        return (answers[place.partition()][at(place)] & DEAD_LETTER) != 0;
    }

    boolean withEvents(Place place) {
        return (answers[place.partition()][at(place)] & WITH_EVENTS) != 0;
    }

    /** A hash of the command in the latest result. */
    int whose(Place place) {
        return whose[place.partition()][at(place)];
    }

    /** The version in the latest result. */
    int version(Place place) {
        return versions[place.partition()][at(place)];
    }

    private int at(Place place) {
        return at(place.partition(), place.offset());
    }

    private int at(int partition, long offset) {
        if (!knows(partition)) {
            return -1;
        }
        long at = offset - begins[partition];
        return at < 0 || at >= answers[partition].length ? -1 : (int) at;
    }
}
