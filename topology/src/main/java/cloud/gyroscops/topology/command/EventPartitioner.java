package cloud.gyroscops.topology.command;

import cloud.gyroscops.schemas.EventKey;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.processor.StreamPartitioner;

/** Puts all events of an aggregate where its commands are, though every event has a key of its own. */
public final class EventPartitioner implements StreamPartitioner<byte[], byte[]> {

    @Override
    public Optional<Set<Integer>> partitions(String topic, byte[] key, byte[] value, int partitions) {
        var aggregateId = EventKey.aggregateId(new String(key, StandardCharsets.UTF_8));
        return Optional.of(Set.of(partition(aggregateId, partitions)));
    }

    /** The partition of an aggregate: what Kafka's Java clients do with its id as the key. */
    public static int partition(String aggregateId, int partitions) {
        return Utils.toPositive(Utils.murmur2(aggregateId.getBytes(StandardCharsets.UTF_8))) % partitions;
    }
}
