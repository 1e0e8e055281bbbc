package cloud.gyroscops.topology;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.streams.test.TestRecord;

/**
 * A record that the command topology sent.
 *
 * @param key as sent; null where there is none
 * @param bytes the value as sent; null where there is none
 * @param message what the value says
 * @param headers as text, the last one of each name
 * @param time the record's timestamp
 */
public record Sent<T>(byte[] key, byte[] bytes, T message, Map<String, String> headers, Instant time) {

    static <T> Sent<T> of(TestRecord<byte[], byte[]> record, Function<byte[], T> reader) {
        var headers = new LinkedHashMap<String, String>();
        record.headers()
                .forEach(header -> headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
        return new Sent<>(record.key(), record.value(), reader.apply(record.value()), headers, record.getRecordTime());
    }

    /** The key as text. */
    public String keyText() {
        return key == null ? null : new String(key, StandardCharsets.UTF_8);
    }
}
