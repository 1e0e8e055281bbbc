package cloud.gyroscops.benchmarks.write;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * How large a record is that the command topology wrote, so that the skeleton writes one like it.
 *
 * @param value bytes
 * @param headers of which it copies number, names and sizes
 */
record Shape(byte[] value, Headers headers) {

    static Shape of(ConsumerRecord<?, byte[]> record) {
        return new Shape(new byte[record.value().length], record.headers());
    }

    /** New ones for every record: they are written to. */
    Headers freshHeaders() {
        return new RecordHeaders(headers);
    }
}
