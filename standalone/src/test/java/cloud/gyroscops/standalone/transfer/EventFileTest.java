package cloud.gyroscops.standalone.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.gyroscops.contract.EventHeader;
import cloud.gyroscops.contract.Origin;
import cloud.gyroscops.contract.user.UserCreated;
import cloud.gyroscops.contract.user.UserErased;
import cloud.gyroscops.contract.user.UserLoggedIn;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.EventMessage;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file of events, whole, broken off, and gone on with. */
final class EventFileTest {

    private static final EventFile.Origin ORIGIN = new EventFile.Origin("users.events", "some-id", 3, 6);
    private static final Instant TIME = Instant.parse("2026-01-01T00:00:00.123Z");
    private static final int MANY = 5_000;

    @TempDir
    private Path directory;

    private EventFile file;

    @BeforeEach
    void name() {
        file = new EventFile(directory, Aggregate.USERS, 3);
    }

    @Test
    void whatIsWrittenIsRead() {
        write(0, 10);

        assertThat(events()).isEqualTo(expected(0, 10));
        assertThat(file.origin()).isEqualTo(ORIGIN);
    }

    @Test
    void anyAvroToolReadsIt() throws IOException {
        write(0, 10);

        try (var reader = new DataFileReader<GenericRecord>(file.path().toFile(), new GenericDatumReader<>())) {
            var first = reader.next();
            assertThat(first.get("key")).hasToString("u-1@1");
            assertThat(((GenericRecord) ((GenericRecord) first.get("event")).get("header")).get("eventId"))
                    .hasToString("users/u-1@1");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 16, 17, 100, 5_000, 20_000, 40_000})
    void brokenOffAnywhereItIsGoneOnWithTheSame(int missing) throws IOException {
        write(0, MANY);
        cut(missing);

        var extent = file.extent();
        try (var appender = file.append(extent)) {
            expected((int) extent.nextOffset(), MANY).forEach(appender::add);
        }

        assertThat(extent.nextOffset()).isLessThan(MANY);
        assertThat(events()).isEqualTo(expected(0, MANY));
    }

    @Test
    void brokenOffItIsNotReadAsIfItWereWhole() throws IOException {
        write(0, 10);
        cut(40);

        assertThatThrownBy(this::events).hasMessageContaining("is broken");
    }

    @Test
    void aLastBlockOfRubbishIsCutOff() throws IOException {
        write(0, MANY);
        try (var bytes = new RandomAccessFile(file.path().toFile(), "rw")) {
            bytes.seek(bytes.length());
            bytes.write("rubbish that is no block".getBytes(StandardCharsets.UTF_8));
        }

        file.append(file.extent()).close();

        assertThat(events()).isEqualTo(expected(0, MANY));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 50})
    void killedWithinItsHeadItIsBegunAgain(int length) throws IOException {
        write(0, 10);
        try (var bytes = new RandomAccessFile(file.path().toFile(), "rw")) {
            bytes.setLength(length);
        }

        assertThat(file.hasNoHead()).isTrue();
    }

    @Test
    void aFileOfSomethingElseIsNotTaken() throws IOException {
        Files.writeString(file.path(), "Dear diary");

        assertThat(file.hasNoHead()).isFalse();
        assertThatThrownBy(file::origin).hasMessageContaining("is no file of exported events");
    }

    @Test
    void eventsOfAnErasedUserAreTakenOut() {
        try (var appender = file.create(ORIGIN)) {
            appender.add(event(0, "u-1", 1, created()));
            appender.add(event(1, "u-2", 1, created()));
            appender.add(event(2, "u-1", 2, new UserErased()));
        }

        assertThat(file.extent().erasedRemain()).isTrue();
        file.forgetErased();

        assertThat(events()).extracting(ExportedEvent::key).containsExactly("u-2@1", "u-1@2");
        assertThat(file.extent().erasedRemain()).isFalse();
    }

    private void write(int from, int to) {
        try (var appender = file.create(ORIGIN)) {
            expected(from, to).forEach(appender::add);
        }
    }

    private List<ExportedEvent> events() {
        var events = new ArrayList<ExportedEvent>();
        file.read(events::add);
        return events;
    }

    private static List<ExportedEvent> expected(int from, int to) {
        var events = new ArrayList<ExportedEvent>();
        for (int i = from; i < to; i++) {
            events.add(event(i, "u-1", i + 1, i == 0 ? created() : new UserLoggedIn(TIME.plusMillis(i * 7919L))));
        }
        return events;
    }

    private static UserCreated created() {
        return new UserCreated("ada", "ada@acme.test", "Ada", "Lovelace", "acme", List.of("admin"));
    }

    private static ExportedEvent event(long offset, String id, long version, SpecificRecord payload) {
        var header = new EventHeader(
                "users/" + id + "@" + version,
                Aggregate.USERS.type(),
                id,
                version,
                "acme",
                TIME.plusSeconds(version),
                "ada",
                Origin.CLIENT,
                "c-" + Long.toHexString(version * 0x9E3779B97F4A7C15L),
                "c-" + version,
                Map.of("note", "x"));
        var headers = new RecordHeaders().add("ce_id", header.getEventId().getBytes(StandardCharsets.UTF_8));
        return new ExportedEvent(
                id + "@" + version, offset, 1_000 + offset, headers, new EventMessage(header, payload));
    }

    private void cut(int missing) throws IOException {
        try (var bytes = new RandomAccessFile(file.path().toFile(), "rw")) {
            bytes.setLength(bytes.length() - missing);
        }
    }
}
