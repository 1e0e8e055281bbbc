package cloud.gyroscops.standalone.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.topology.erasure.PersonalValues;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class TraceCountTest {

    private final TraceCount compacted = count(Removal.COMPACTION);
    private final TraceCount deleted = count(Removal.NONE);

    @Test
    void whatIsAboutNobodyIsOnlyRead() {
        compacted.next(record("k", "other"));

        assertThat(compacted.traces()).isEqualTo(new TopicTraces("topic", 1, 0, 0, 0, 0));
    }

    @Test
    void whatIsHarmlessMayStay() {
        compacted.next(record("k", "harmless"));

        assertThat(compacted.traces()).isEqualTo(new TopicTraces("topic", 1, 1, 0, 0, 0));
    }

    @Test
    void whatIsPersonalIsLeft() {
        compacted.next(record("k", "personal"));

        assertThat(compacted.traces().left()).isEqualTo(1);
    }

    @Test
    void whatATombstoneHasReplacedWaitsForCompaction() {
        compacted.next(record("k", "personal"));
        compacted.next(record("k", null));

        assertThat(compacted.traces()).isEqualTo(new TopicTraces("topic", 2, 1, 1, 1, 0));
    }

    @Test
    void ofTwoUnderOneKeyTheLatterIsLeft() {
        compacted.next(record("k", "personal"));
        compacted.next(record("k", "personal"));

        assertThat(compacted.traces().left()).isEqualTo(1);
    }

    @Test
    void whereNothingIsCompactedNothingIsReplaced() {
        deleted.next(record("k", "personal"));
        deleted.next(record("k", "other"));

        assertThat(deleted.traces().left()).isEqualTo(1);
    }

    @Test
    void whatIsOnItsWayGoesOnceItIsRead() {
        var passing = count(Removal.READING);

        passing.next(record("k", "personal"));
        passing.next(record("k", "other"));

        assertThat(passing.traces()).isEqualTo(new TopicTraces("topic", 2, 1, 1, 1, 0));
    }

    @Test
    void aValueIsFoundInKeysValuesAndHeaders() {
        compacted.next(record("EMAIL:Ada@acme.test", "other"));
        compacted.next(record("k", "to ada@acme.test"));
        var header = record("l", "other");
        header.headers().add("name", "ada@acme.test".getBytes(StandardCharsets.UTF_8));
        compacted.next(header);

        assertThat(compacted.traces()).isEqualTo(new TopicTraces("topic", 3, 0, 3, 0, 3));
    }

    @Test
    void aTombstoneWhoseKeyHoldsAValueWaitsForCompaction() {
        compacted.next(record("EMAIL:ada@acme.test", null));

        assertThat(compacted.traces()).isEqualTo(new TopicTraces("topic", 1, 0, 1, 1, 1));
    }

    private static TraceCount count(Removal removal) {
        return new TraceCount("topic", removal, TraceCountTest::concern, new PersonalValues(List.of("ada@acme.test")));
    }

    private static Concern concern(ConsumerRecord<byte[], byte[]> record) {
        return switch (record.value() == null ? "" : new String(record.value(), StandardCharsets.UTF_8)) {
            case "personal" -> Concern.PERSONAL;
            case "harmless" -> Concern.HARMLESS;
            default -> Concern.NOT_AT_ALL;
        };
    }

    private static ConsumerRecord<byte[], byte[]> record(String key, String value) {
        return new ConsumerRecord<>(
                "topic",
                0,
                0,
                key.getBytes(StandardCharsets.UTF_8),
                value == null ? null : value.getBytes(StandardCharsets.UTF_8));
    }
}
