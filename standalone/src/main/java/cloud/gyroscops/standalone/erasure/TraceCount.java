package cloud.gyroscops.standalone.erasure;

import cloud.gyroscops.topology.erasure.PersonalValues;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Counts a topic's records, in the order of its partitions. */
final class TraceCount {

    private record Place(int partition, ByteBuffer key) {}

    private final String topic;
    private final Removal removal;
    private final Function<ConsumerRecord<byte[], byte[]>, Concern> recognition;
    private final PersonalValues values;
    /** Where the latest record is personal. */
    private final Set<Place> standing = new HashSet<>();

    private long records;
    private long about;
    private long personal;
    private long waiting;
    private long matching;

    TraceCount(
            String topic,
            Removal removal,
            Function<ConsumerRecord<byte[], byte[]>, Concern> recognition,
            PersonalValues values) {
        this.topic = topic;
        this.removal = removal;
        this.recognition = recognition;
        this.values = values;
    }

    void next(ConsumerRecord<byte[], byte[]> record) {
        records++;
        var place = record.key() == null ? null : new Place(record.partition(), ByteBuffer.wrap(record.key()));
        var concern = recognition.apply(record);
        boolean matches = values.in(record.key()) || values.in(record.value()) || inHeaders(record);
        about += concern == Concern.NOT_AT_ALL ? 0 : 1;
        matching += matches ? 1 : 0;
        boolean compacted = removal == Removal.COMPACTION;
        if (compacted && place != null) {
            waiting += standing.remove(place) ? 1 : 0;
        }
        if (concern == Concern.PERSONAL || matches) {
            personal++;
            if (removal == Removal.READING || compacted && record.value() == null) {
                // Of what is deleted by compaction only the key tells something, and goes with it.
                waiting++;
            } else if (compacted && place != null) {
                standing.add(place);
            }
        }
    }

    private boolean inHeaders(ConsumerRecord<byte[], byte[]> record) {
        for (var header : record.headers()) {
            if (values.in(header.value())) {
                return true;
            }
        }
        return false;
    }

    TopicTraces traces() {
        return new TopicTraces(topic, records, about, personal, waiting, matching);
    }
}
