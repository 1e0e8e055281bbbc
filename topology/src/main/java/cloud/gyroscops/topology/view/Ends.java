package cloud.gyroscops.topology.view;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where topics end, one look after the other. A partition without a leader takes nothing from what is told of others. */
final class Ends {

    private static final Logger LOG = LoggerFactory.getLogger(Ends.class);

    private static final int WITHIN_MS = 1_000;

    private final Admin admin;
    private Map<TopicPartition, End> latest = Map.of();

    Ends(Admin admin) {
        this.admin = admin;
    }

    /**
     * Where a partition ends.
     *
     * @param written behind all records, also those that may still be taken back
     * @param decided behind all records that nobody can take back any more: before the first open transaction
     * @param since when it was decided so far first; nanoseconds
     */
    record End(long written, long decided, long since) {

        /**
         * The end of a committed transaction comes to all its partitions within that time of each other. What is open for
         * longer was begun later, and was left by somebody who died.
         */
        private static final long OPEN_AT_MOST = Duration.ofSeconds(1).toNanos();

        /** The end of a transaction is no record: who has all records need not have passed the last one. */
        private static final long AN_END = 1;

        /** The position from which on whoever reads has all that a transaction that is committed somewhere has written here. */
        long reach(long now) {
            boolean nothingOpen = decided >= written;
            return nothingOpen || now - since > OPEN_AT_MOST ? decided - AN_END : written;
        }

        private End after(End former) {
            return former != null && former.decided == decided ? new End(written, decided, former.since) : this;
        }
    }

    /** The ends of partitions, without those that do not answer soon. */
    Map<TopicPartition, End> look(Collection<TopicPartition> partitions, long now) throws InterruptedException {
        var wanted = new HashSet<>(partitions);
        var written = offsets(wanted, IsolationLevel.READ_UNCOMMITTED);
        // Afterwards: where nothing is open that was written until then, it is not before that.
        var decided = offsets(written.keySet(), IsolationLevel.READ_COMMITTED);
        var ends = new HashMap<TopicPartition, End>();
        decided.forEach((partition, offset) ->
                ends.put(partition, new End(written.get(partition), offset, now).after(latest.get(partition))));
        latest = ends;
        return ends;
    }

    private Map<TopicPartition, Long> offsets(Set<TopicPartition> partitions, IsolationLevel isolation)
            throws InterruptedException {
        var result = admin.listOffsets(
                partitions.stream().collect(Collectors.toMap(partition -> partition, each -> OffsetSpec.latest())),
                new ListOffsetsOptions(isolation).timeoutMs(WITHIN_MS));
        var offsets = new HashMap<TopicPartition, Long>();
        for (var partition : partitions) {
            try {
                offsets.put(partition, result.partitionResult(partition).get().offset());
            } catch (ExecutionException e) {
                LOG.debug("nobody tells where {} ends", partition, e);
            }
        }
        return offsets;
    }
}
