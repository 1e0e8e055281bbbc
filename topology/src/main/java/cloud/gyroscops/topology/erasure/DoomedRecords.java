package cloud.gyroscops.topology.erasure;

import java.nio.ByteBuffer;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The records of a compacted topic that are to be removed: of each key, the latest record decides. */
final class DoomedRecords {

    private record Place(int partition, ByteBuffer key) {}

    private final String topic;
    private final Set<Place> places = new LinkedHashSet<>();

    DoomedRecords(String topic) {
        this.topic = topic;
    }

    /** The next record in the order of its partition. One without a key cannot be removed by compaction. */
    void next(ConsumerRecord<byte[], byte[]> record, boolean doomed) {
        if (record.key() == null) {
            return;
        }
        var place = new Place(record.partition(), ByteBuffer.wrap(record.key()));
        if (doomed && record.value() != null) {
            places.add(place);
        } else {
            places.remove(place);
        }
    }

    int size() {
        return places.size();
    }

    /** What removes them. */
    Iterable<ProducerRecord<byte[], byte[]>> tombstones() {
        return () -> places.stream()
                .map(place -> new ProducerRecord<byte[], byte[]>(
                        topic, place.partition(), place.key().array(), null))
                .iterator();
    }
}
