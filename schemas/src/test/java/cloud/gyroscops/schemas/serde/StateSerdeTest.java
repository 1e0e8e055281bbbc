package cloud.gyroscops.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.gyroscops.contract.user.StoredUser;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.junit.jupiter.api.Test;

class StateSerdeTest {
    private final StateSerde<StoredUser> serde = new StateSerde<>(StoredUser.class, List.of());

    @Test
    void aStateComesBackAsItWas() {
        assertThat(read(written())).isEqualTo(Examples.state());
    }

    @Test
    void theBytesAreAvrosSingleObjectEncoding() throws IOException {
        assertThat(StoredUser.getDecoder().decode(written())).isEqualTo(Examples.state());
        assertThat(written()).isEqualTo(Examples.state().toByteBuffer().array());
    }

    @Test
    void nullIsNullBothWays() {
        assertThat(serde.serializer().serialize("t", null)).isNull();
        assertThat(read(null)).isNull();
    }

    @Test
    void anOlderStateIsReadThroughTheHistory() {
        Schema older = older();
        // Version 7, no time, no commands, no claims; then the state with only its status, NONE.
        byte[] bytes = stored(older, 0x0e, 0, 0, 0, 0);

        StoredUser state = new StateSerde<>(StoredUser.class, List.of(older, StoredUser.getClassSchema()))
                .deserializer()
                .deserialize("t", bytes);

        assertThat(state.getProgress().getVersion()).isEqualTo(7);
        assertThat(state.getState().getUsername()).isEmpty();
    }

    @Test
    void anUnknownFingerprintIsNamed() {
        Schema older = older();

        assertMalformed(
                stored(older, 0x0e, 0, 0, 0, 0),
                Malformation.UNKNOWN_SCHEMA_ID,
                "%016x".formatted(SchemaNormalization.parsingFingerprint64(older)));
    }

    @Test
    void otherBytesAreRecognized() {
        assertMalformed(new byte[0], Malformation.EMPTY, "no bytes");
        assertMalformed(new byte[] {0, 0, 0, 0, 1}, Malformation.NO_MAGIC_BYTE, "0xC3 0x01");
        assertMalformed(new byte[] {(byte) 0xC3, 2, 0}, Malformation.NO_MAGIC_BYTE, "0xC3 0x01");
    }

    @Test
    void everyTruncationIsRecognized() {
        byte[] bytes = written();

        for (int length = 1; length < bytes.length; length++) {
            assertMalformed(Arrays.copyOf(bytes, length), Malformation.TRUNCATED, Integer.toString(length));
        }
    }

    private static Schema older() {
        Schema current = StoredUser.getClassSchema();
        String fields = current.getField("state").schema().getFields().stream()
                .skip(1)
                .findFirst()
                .orElseThrow()
                .name();
        String json = current.toString();
        int second = json.indexOf(",{\"name\":\"" + fields + "\"");
        return new Schema.Parser().parse(json.substring(0, second) + "]}}]}");
    }

    private static byte[] stored(Schema schema, int... body) {
        byte[] bytes = new byte[10 + body.length];
        bytes[0] = (byte) 0xC3;
        bytes[1] = 1;
        long fingerprint = SchemaNormalization.parsingFingerprint64(schema);
        for (int i = 0; i < 8; i++) {
            bytes[2 + i] = (byte) (fingerprint >>> 8 * i);
        }
        for (int i = 0; i < body.length; i++) {
            bytes[10 + i] = (byte) body[i];
        }
        return bytes;
    }

    private byte[] written() {
        return serde.serializer().serialize("t", Examples.state());
    }

    private StoredUser read(byte[] bytes) {
        return serde.deserializer().deserialize("t", bytes);
    }

    private void assertMalformed(byte[] bytes, Malformation malformation, String message) {
        assertThatThrownBy(() -> read(bytes))
                .isInstanceOfSatisfying(MalformedRecordException.class, e -> assertThat(e.malformation())
                        .isEqualTo(malformation))
                .hasMessageContaining(message);
    }
}
