package cloud.gyroscops.topology.rebuild;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** A set of places in partitions, a bit each. Places before a partition's beginning are forgotten. */
final class Places {

    private final Map<TopicPartition, Long> begins;
    private final Map<TopicPartition, BitSet> offsets = new HashMap<>();

    /** None; of partitions that begin there. */
    Places(Map<TopicPartition, Long> begins) {
        this.begins = begins;
    }

    void add(TopicPartition partition, long offset) {
        var begin = begins.get(partition);
        if (begin != null && offset >= begin) {
            offsets.computeIfAbsent(partition, p -> new BitSet()).set(Math.toIntExact(offset - begin));
        }
    }

    boolean has(TopicPartition partition, long offset) {
        var set = offsets.get(partition);
        return set != null
                && offset >= begins.get(partition)
                && set.get(Math.toIntExact(offset - begins.get(partition)));
    }

    /** The last offset in a partition that another set has, too; -1: none. */
    long lastCommon(TopicPartition partition, Places others) {
        var mine = offsets.get(partition);
        var theirs = others.offsets.get(partition);
        if (mine == null || theirs == null) {
            return -1;
        }
        var both = (BitSet) mine.clone();
        both.and(theirs);
        return both.isEmpty() ? -1 : begins.get(partition) + both.length() - 1;
    }
}
