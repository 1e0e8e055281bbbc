package cloud.gyroscops.topology.erasure;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** What the command topology has read and will never read again: it may be removed from its topics. */
final class HandledRecords {

    private final Admin admin;
    private final String group;

    /** Works through this client, which stays the caller's to close. */
    HandledRecords(Admin admin, String group) {
        this.admin = admin;
        this.group = group;
    }

    /** The offsets that the next records of these partitions will have. */
    Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions) throws InterruptedException {
        return offsets(partitions, OffsetSpec.latest());
    }

    /** The offsets up to which the topology has committed; before its first start there are none. */
    Map<TopicPartition, Long> committed(Collection<TopicPartition> partitions) throws InterruptedException {
        var offsets = await(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
        var committed = new HashMap<TopicPartition, Long>();
        for (var partition : partitions) {
            var offset = offsets.get(partition);
            if (offset != null) {
                committed.put(partition, offset.offset());
            }
        }
        return committed;
    }

    /**
     * Whether the topology has committed everything below these offsets. Behind its last record there may be marks of
     * transactions that it does not commit.
     */
    boolean handled(Map<TopicPartition, Long> ends, TopicScan scan) throws InterruptedException {
        var open = new HashMap<>(ends);
        committed(ends.keySet())
                .forEach((partition, offset) ->
                        open.computeIfPresent(partition, (same, end) -> offset >= end ? null : end));
        if (open.isEmpty()) {
            return true;
        }
        var from = begins(open.keySet());
        committed(open.keySet()).forEach((partition, offset) -> from.merge(partition, offset, Math::max));
        return scan.nothingBetween(from, open);
    }

    /** Removes what is below these offsets; what is removed already stays so. */
    void remove(Map<TopicPartition, Long> below) throws InterruptedException {
        var begins = begins(below.keySet());
        var records = below.entrySet().stream()
                .filter(end -> end.getValue() > begins.get(end.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, end -> RecordsToDelete.beforeOffset(end.getValue())));
        if (!records.isEmpty()) {
            await(admin.deleteRecords(records).all());
        }
    }

    private Map<TopicPartition, Long> begins(Collection<TopicPartition> partitions) throws InterruptedException {
        return offsets(partitions, OffsetSpec.earliest());
    }

    private Map<TopicPartition, Long> offsets(Collection<TopicPartition> partitions, OffsetSpec which)
            throws InterruptedException {
        var specs = partitions.stream().collect(Collectors.toMap(Function.identity(), partition -> which));
        var offsets = new HashMap<TopicPartition, Long>();
        for (Map.Entry<TopicPartition, ListOffsetsResultInfo> found :
                await(admin.listOffsets(specs).all()).entrySet()) {
            offsets.put(found.getKey(), found.getValue().offset());
        }
        return offsets;
    }

    private static <T> T await(KafkaFuture<T> answer) throws InterruptedException {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw new KafkaException("the cluster did not do what the erasure asked for", e.getCause());
        }
    }
}
