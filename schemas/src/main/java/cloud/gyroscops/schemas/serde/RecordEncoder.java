package cloud.gyroscops.schemas.serde;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.kafka.common.errors.SerializationException;

/** Turns records into Avro's binary encoding behind a header. For many threads: each has its own buffer. */
final class RecordEncoder<T> {

    private static final class Workplace extends ByteArrayOutputStream {
        private static final int KEPT = 64 * 1024;

        private BinaryEncoder encoder;

        BinaryEncoder encoder() {
            // One huge record must not hold its buffer for ever.
            if (buf.length > KEPT) {
                buf = new byte[1024];
            }
            reset();
            encoder = EncoderFactory.get().binaryEncoder(this, encoder);
            return encoder;
        }
    }

    private final Schema schema;
    private final DatumWriter<T> writer;
    private final ThreadLocal<Workplace> workplace = ThreadLocal.withInitial(Workplace::new);

    RecordEncoder(Schema schema, SpecificData model) {
        this.schema = schema;
        this.writer = new SpecificDatumWriter<>(schema, model);
    }

    /** The header's length in bytes is written as it is, each record after it. */
    byte[] encode(byte[] header, T value) {
        Workplace out = workplace.get();
        BinaryEncoder encoder = out.encoder();
        try {
            encoder.writeFixed(header, 0, header.length);
            writer.write(value, encoder);
            encoder.flush();
            return out.toByteArray();
        } catch (IOException | AvroRuntimeException | ClassCastException | NullPointerException e) {
            // What the encoder still holds belongs to the failed record.
            workplace.remove();
            throw new SerializationException("no valid " + schema.getFullName() + ": " + e.getMessage(), e);
        }
    }
}
