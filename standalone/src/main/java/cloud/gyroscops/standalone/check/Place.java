package cloud.gyroscops.standalone.check;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Where a record is. */
public record Place(String topic, int partition, long offset) {

    static Place of(ConsumerRecord<?, ?> record) {
        return new Place(record.topic(), record.partition(), record.offset());
    }

    /** {@code topic-partition@offset}. */
    @Override
    public String toString() {
        return topic + "-" + partition + "@" + offset;
    }
}
