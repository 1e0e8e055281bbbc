package cloud.gyroscops.standalone.check;

import cloud.gyroscops.standalone.check.CheckOptions.Reading;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads partitions to their ends, counts what there is, and tells how far it is. */
final class Reader {

    private static final int TELL_EVERY = 5_000;

    private final Log log;
    private final Consumer<Reading> progress;
    private final Map<String, Long> records = new TreeMap<>();

    Reader(Log log, Consumer<Reading> progress) {
        this.log = log;
        this.progress = progress;
    }

    /** Every partition of a topic, one after the other. */
    void each(String topic, Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        log.spans(topic).forEach(span -> each(span, reader));
    }

    void each(Span span, Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        long offsets = log.spans(span.topic()).stream()
                .mapToLong(one -> one.end() - one.begin())
                .sum();
        long count = records.getOrDefault(span.topic(), 0L);
        for (var records = log.read(span); records.hasNext(); count++) {
            if (count % TELL_EVERY == 0) {
                progress.accept(new Reading(span.topic(), count, offsets));
            }
            reader.accept(records.next());
        }
        records.put(span.topic(), count);
    }

    /** Once more, without counting. */
    Iterator<ConsumerRecord<byte[], byte[]>> again(Span span) {
        return log.read(span);
    }

    /** How many there were, by topic. */
    Map<String, Long> records() {
        return records;
    }
}
