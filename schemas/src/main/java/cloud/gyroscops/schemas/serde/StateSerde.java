package cloud.gyroscops.schemas.serde;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collection;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/**
 * State in stores and changelogs, in Avro's single-object encoding: 0xC3 0x01, the CRC-64-AVRO fingerprint of the
 * writer's schema in 8 bytes, little-endian, and Avro's binary encoding. It needs no registry: a store's bytes must be
 * readable while one is down, and are written by nobody else.
 *
 * <p>Deserializing throws {@link MalformedRecordException}; null is null, both ways. Serializer and deserializer may be
 * shared by threads.
 *
 * @param <T> the generated class
 */
public final class StateSerde<T extends SpecificRecord> implements Serde<T> {
    private static final byte[] MARKER = {(byte) 0xC3, 0x01};
    private static final int HEADER_LENGTH = 10;

    private final RecordEncoder<T> encoder;
    private final byte[] header;
    private final Readers<RecordDecoder<T>> decoders = new Readers<>();

    /**
     * Reads what was written with the class's own schema or an older one.
     *
     * @param history every schema that such state was ever stored with; the class's own may be among them
     * @throws MalformedRecordException if one of them cannot be read as the class's own
     */
    public StateSerde(Class<T> type, Collection<Schema> history) {
        Schema schema = RecordModel.schemaOf(type);
        SpecificData model = RecordModel.of(type);
        this.encoder = new RecordEncoder<>(schema, model);
        this.header = header(schema);
        decoders.put(SchemaNormalization.parsingFingerprint64(schema), new RecordDecoder<>(schema, schema, model));
        for (Schema older : history) {
            decoders.put(SchemaNormalization.parsingFingerprint64(older), new RecordDecoder<>(older, schema, model));
        }
    }

    @Override
    public Serializer<T> serializer() {
        return (topic, value) -> value == null ? null : encoder.encode(header, value);
    }

    @Override
    public Deserializer<T> deserializer() {
        return (topic, bytes) -> bytes == null ? null : decode(bytes);
    }

    private T decode(byte[] bytes) {
        if (bytes.length == 0) {
            throw new MalformedRecordException(Malformation.EMPTY, "no bytes where a stored state is wanted");
        }
        if (bytes[0] != MARKER[0] || bytes.length > 1 && bytes[1] != MARKER[1]) {
            throw new MalformedRecordException(
                    Malformation.NO_MAGIC_BYTE, "bytes 0 and 1 are not the marker 0xC3 0x01 of a stored state");
        }
        if (bytes.length < HEADER_LENGTH) {
            throw new MalformedRecordException(
                    Malformation.TRUNCATED, "the bytes end at byte " + bytes.length + ", within the fingerprint");
        }
        long fingerprint = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(MARKER.length);
        RecordDecoder<T> decoder = decoders.get(fingerprint);
        if (decoder == null) {
            throw new MalformedRecordException(
                    Malformation.UNKNOWN_SCHEMA_ID,
                    "bytes 2 to 9 hold the fingerprint %016x, which no schema in the history has: was it stored by a newer release?"
                            .formatted(fingerprint));
        }
        return decoder.decode(bytes, HEADER_LENGTH);
    }

    private static byte[] header(Schema schema) {
        return ByteBuffer.allocate(HEADER_LENGTH)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(MARKER)
                .putLong(SchemaNormalization.parsingFingerprint64(schema))
                .array();
    }
}
