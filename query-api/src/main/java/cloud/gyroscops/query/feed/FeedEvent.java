package cloud.gyroscops.query.feed;

import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.EventKey;
import cloud.gyroscops.schemas.EventMessage;
import cloud.gyroscops.schemas.json.AvroToJson;
import cloud.gyroscops.schemas.serde.Wire;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** An event on its way to readers, decoded when the first of them needs it. */
final class FeedEvent {

    private final int partition;
    private final long offset;
    private final Aggregate aggregate;
    private final String aggregateId;
    private final byte[] value;
    private final Wire wire;
    private EventMessage message;
    private String json;

    private FeedEvent(int partition, long offset, Aggregate aggregate, String aggregateId, byte[] value, Wire wire) {
        this.partition = partition;
        this.offset = offset;
        this.aggregate = aggregate;
        this.aggregateId = aggregateId;
        this.value = value;
        this.wire = wire;
    }

    /** The event in a record; none in what an erasure has left, or where the key is no event's. */
    static Optional<FeedEvent> in(ConsumerRecord<String, byte[]> record, FeedPartitions partitions, Wire wire) {
        if (record.value() == null || record.key() == null || record.key().indexOf('@') < 0) {
            return Optional.empty();
        }
        int partition = partitions.number(new TopicPartition(record.topic(), record.partition()));
        return Optional.of(new FeedEvent(
                partition,
                record.offset(),
                partitions.aggregate(partition),
                EventKey.aggregateId(record.key()),
                record.value(),
                wire));
    }

    /** By the numbers of {@link FeedPartitions}. */
    int partition() {
        return partition;
    }

    long offset() {
        return offset;
    }

    Aggregate aggregate() {
        return aggregate;
    }

    String aggregateId() {
        return aggregateId;
    }

    /** Throws whatever {@link Wire} throws. */
    synchronized EventMessage message() {
        if (message == null) {
            message = wire.event(aggregate, value);
        }
        return message;
    }

    /** On one line; throws whatever {@link Wire} throws. */
    synchronized String json() {
        if (json == null) {
            json = AvroToJson.event(message()).toString();
        }
        return json;
    }
}
