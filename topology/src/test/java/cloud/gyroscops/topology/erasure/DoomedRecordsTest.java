package cloud.gyroscops.topology.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class DoomedRecordsTest {

    private final DoomedRecords doomed = new DoomedRecords("results");

    @Test
    void aTombstoneIsWrittenWhereTheRecordIs() {
        doomed.next(record(1, "c-1", "personal"), true);

        assertThat(doomed.tombstones()).singleElement().satisfies(tombstone -> {
            assertThat(tombstone.topic()).isEqualTo("results");
            assertThat(tombstone.partition()).isEqualTo(1);
            assertThat(tombstone.key()).isEqualTo(bytes("c-1"));
            assertThat(tombstone.value()).isNull();
        });
    }

    @Test
    void oneTombstoneIsEnoughForAllRecordsOfAKey() {
        doomed.next(record(0, "c-1", "personal"), true);
        doomed.next(record(0, "c-1", "personal again"), true);

        assertThat(keys()).containsExactly("c-1");
    }

    @Test
    void whatWasReplacedSinceIsNotTouched() {
        doomed.next(record(0, "c-1", "personal"), true);
        doomed.next(record(0, "c-1", "somebody else's"), false);

        assertThat(keys()).isEmpty();
    }

    @Test
    void whatHasItsTombstoneGetsNoOther() {
        doomed.next(record(0, "c-1", "personal"), true);
        doomed.next(record(0, "c-1", null), true);

        assertThat(keys()).isEmpty();
    }

    @Test
    void theSameKeyInAnotherPartitionIsAnother() {
        doomed.next(record(0, "c-1", "personal"), true);
        doomed.next(record(1, "c-1", "somebody else's"), false);

        assertThat(doomed.size()).isEqualTo(1);
    }

    @Test
    void aRecordWithoutAKeyIsLeftToItsRetention() {
        doomed.next(record(0, null, "personal"), true);

        assertThat(keys()).isEmpty();
    }

    private List<String> keys() {
        return StreamSupport.stream(doomed.tombstones().spliterator(), false)
                .map(tombstone -> new String(tombstone.key(), StandardCharsets.UTF_8))
                .toList();
    }

    private static ConsumerRecord<byte[], byte[]> record(int partition, String key, String value) {
        return new ConsumerRecord<>(
                "results", partition, 0, key == null ? null : bytes(key), value == null ? null : bytes(value));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
