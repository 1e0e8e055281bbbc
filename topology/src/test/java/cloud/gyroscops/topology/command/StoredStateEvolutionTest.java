package cloud.gyroscops.topology.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.gyroscops.contract.Fingerprint;
import cloud.gyroscops.contract.HandledCommand;
import cloud.gyroscops.contract.Origin;
import cloud.gyroscops.contract.Progress;
import cloud.gyroscops.contract.payment.CaptureMethod;
import cloud.gyroscops.contract.payment.PaymentState;
import cloud.gyroscops.contract.payment.PaymentStatus;
import cloud.gyroscops.contract.payment.Processor;
import cloud.gyroscops.contract.payment.StoredPayment;
import cloud.gyroscops.schemas.serde.MalformedRecordException;
import cloud.gyroscops.schemas.serde.StoredStateSerde;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.junit.jupiter.api.Test;

/** What the next release that gives the state a field will meet in the stores. */
class StoredStateEvolutionTest {

    private static final Schema TODAY = StoredPayment.getClassSchema();
    /** As it was before payments had flags and an external id. */
    private static final Schema BEFORE = without("flags", "externalId");

    private final StoredPayment stored = new StoredPayment(
            new Progress(
                    3L,
                    Instant.ofEpochMilli(1_000),
                    List.of(new HandledCommand(
                            "c-1",
                            Origin.CLIENT,
                            new Fingerprint(new byte[16]),
                            Instant.ofEpochMilli(1_000),
                            3L,
                            1,
                            null,
                            "c-1")),
                    List.of()),
            new PaymentState(
                    PaymentStatus.AUTHORIZED,
                    "o-1",
                    "u-1",
                    1000L,
                    "EUR",
                    "shoes",
                    Map.of("k", "v"),
                    CaptureMethod.MANUAL,
                    Processor.STRIPE,
                    Instant.ofEpochMilli(2_000),
                    "auth-1",
                    null,
                    0L,
                    List.of(),
                    null,
                    List.of()));

    @Test
    void whatWasStoredBeforeTheStateGainedFieldsIsReadOn() throws IOException {
        var read = serde(List.of(BEFORE)).deserializer().deserialize("", bytes(stored, BEFORE));

        assertThat(read.progress()).isEqualTo(stored.getProgress());
        assertThat(read.state()).isEqualTo(stored.getState());
    }

    @Test
    void whatWasReadSoIsStoredAsTodayAndReadAgain() throws IOException {
        var serde = serde(List.of(BEFORE));
        var read = serde.deserializer().deserialize("", bytes(stored, BEFORE));

        var again = serde.serializer().serialize("", read);

        assertThat(again).isEqualTo(bytes(stored, TODAY));
        assertThat(serde.deserializer().deserialize("", again)).isEqualTo(read);
    }

    @Test
    void whatNoKnownSchemaHasWrittenIsToldSo() throws IOException {
        var bytes = bytes(stored, BEFORE);

        assertThatThrownBy(() -> serde(List.of()).deserializer().deserialize("", bytes))
                .isInstanceOf(MalformedRecordException.class)
                .hasMessageContaining("no schema in the history");
    }

    private static StoredStateSerde<StoredPayment, PaymentState> serde(List<Schema> history) {
        return new StoredStateSerde<>(StoredPayment.class, StoredPayment::new, PaymentState.class, history);
    }

    /** Single-object encoding, made here from Avro's own parts, as an older release would have written it. */
    private static byte[] bytes(StoredPayment stored, Schema writer) throws IOException {
        var full = new ByteArrayOutputStream();
        var encoder = EncoderFactory.get().binaryEncoder(full, null);
        new SpecificDatumWriter<StoredPayment>(TODAY, SpecificData.getForClass(StoredPayment.class))
                .write(stored, encoder);
        encoder.flush();
        GenericRecord less = new GenericDatumReader<GenericRecord>(TODAY, writer)
                .read(null, DecoderFactory.get().binaryDecoder(full.toByteArray(), null));
        var out = new ByteArrayOutputStream();
        out.write(ByteBuffer.allocate(10)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 0xC3)
                .put((byte) 0x01)
                .putLong(SchemaNormalization.parsingFingerprint64(writer))
                .array());
        var body = EncoderFactory.get().binaryEncoder(out, null);
        new GenericDatumWriter<GenericRecord>(writer).write(less, body);
        body.flush();
        return out.toByteArray();
    }

    private static Schema without(String... fields) {
        var state = TODAY.getField("state").schema();
        var kept = state.getFields().stream()
                .filter(field -> !List.of(fields).contains(field.name()))
                .map(field -> new Schema.Field(field, field.schema()))
                .toList();
        var older = Schema.createRecord(state.getName(), null, state.getNamespace(), false, kept);
        return Schema.createRecord(
                TODAY.getName(),
                null,
                TODAY.getNamespace(),
                false,
                List.of(
                        new Schema.Field(
                                TODAY.getField("progress"),
                                TODAY.getField("progress").schema()),
                        new Schema.Field(TODAY.getField("state"), older)));
    }
}
