package cloud.gyroscops.standalone.check;

import cloud.gyroscops.topology.command.Source;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;

/** Enters dead letters with the command records that they come from. */
final class DeadLetters {

    private final Map<String, AnswerSheet> sheets;
    private final Findings findings;

    /**
     * Prepares.
     *
     * @param sheets by commands topic
     */
    DeadLetters(Map<String, AnswerSheet> sheets, Findings findings) {
        this.sheets = sheets;
        this.findings = findings;
    }

    void add(ConsumerRecord<byte[], byte[]> record) {
        if (record.headers().lastHeader("dead-letter-reason") == null) {
            // A tombstone, or somebody else's.
            return;
        }
        findings.checked(Invariant.ANSWERS);
        var source = source(record.headers());
        var sheet = source == null ? null : sheets.get(source.topic());
        if (sheet == null || !sheet.knows(source.partition())) {
            findings.violated(Invariant.ANSWERS, Place.of(record), "the dead letter's headers name no command record");
        } else if (!sheet.deadLetter(source.partition(), source.offset())) {
            findings.violated(
                    Invariant.ANSWERS,
                    Place.of(record),
                    "this is the second dead letter of the one record at " + place(record));
        }
    }

    /** Where the record was; null if it does not say. */
    static Place place(ConsumerRecord<byte[], byte[]> record) {
        var source = source(record.headers());
        return source == null ? null : new Place(source.topic(), source.partition(), source.offset());
    }

    private static Source source(Headers headers) {
        var topic = headers.lastHeader("dead-letter-topic");
        var partition = headers.lastHeader("dead-letter-partition");
        var offset = headers.lastHeader("dead-letter-offset");
        if (topic == null || partition == null || offset == null) {
            return Source.read(headers);
        }
        try {
            return new Source(
                    Records.text(topic.value()),
                    Integer.parseInt(Records.text(partition.value())),
                    Long.parseLong(Records.text(offset.value())));
        } catch (NumberFormatException notOurs) {
            return null;
        }
    }
}
