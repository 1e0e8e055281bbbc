package cloud.gyroscops.topology.erasure;

import cloud.gyroscops.topology.command.Source;
import java.nio.charset.StandardCharsets;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What the headers of a dead letter tell.
 *
 * @param key that the producer had given it; null: none
 * @param source where it had been put; null where that cannot be read
 */
public record DeadLetter(String key, Source source) {

    /** What a record of the dead letters' topic tells. */
    public static DeadLetter of(ConsumerRecord<byte[], byte[]> record) {
        return new DeadLetter(header(record, "dead-letter-key").orElse(null), source(record));
    }

    private static Source source(ConsumerRecord<byte[], byte[]> record) {
        try {
            return new Source(
                    header(record, "dead-letter-topic").orElseThrow(),
                    Integer.parseInt(header(record, "dead-letter-partition").orElseThrow()),
                    Long.parseLong(header(record, "dead-letter-offset").orElseThrow()));
        } catch (NoSuchElementException | NumberFormatException notOurs) {
            return null;
        }
    }

    private static Optional<String> header(ConsumerRecord<?, ?> record, String name) {
        var header = record.headers().lastHeader(name);
        return header == null || header.value() == null
                ? Optional.empty()
                : Optional.of(new String(header.value(), StandardCharsets.UTF_8));
    }
}
