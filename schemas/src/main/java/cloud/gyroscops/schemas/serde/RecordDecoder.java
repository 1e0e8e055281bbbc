package cloud.gyroscops.schemas.serde;

import java.io.EOFException;
import java.io.IOException;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.AvroTypeException;
import org.apache.avro.Resolver;
import org.apache.avro.Resolver.Action;
import org.apache.avro.Resolver.ErrorAction;
import org.apache.avro.Resolver.RecordAdjust;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.FastReaderBuilder;
import org.apache.avro.specific.SpecificData;

/** Reads what was written with one schema as another one. For many threads: each has its own decoder. */
final class RecordDecoder<T> {
    private static final byte[] NOTHING = {};

    private final ThreadLocal<BinaryDecoder> decoders =
            ThreadLocal.withInitial(() -> DecoderFactory.get().binaryDecoder(NOTHING, null));
    private final Schema writer;
    private final Schema reader;
    private final DatumReader<T> datums;

    /**
     * Prepares the reading.
     *
     * @throws MalformedRecordException with {@link Malformation#WRONG_TYPE} if nothing written so can be read
     */
    RecordDecoder(Schema writer, Schema reader, SpecificData model) {
        this.writer = writer;
        this.reader = reader;
        if (!writer.getFullName().equals(reader.getFullName())) {
            throw new MalformedRecordException(
                    Malformation.WRONG_TYPE,
                    "a " + writer.getFullName() + " where a " + reader.getFullName() + " is wanted");
        }
        Schema strict = StrictWriter.of(writer, reader);
        String obstacle = obstacle(Resolver.resolve(strict, reader, model), "");
        if (obstacle != null) {
            throw new MalformedRecordException(
                    Malformation.WRONG_TYPE,
                    "the writer's " + writer.getFullName() + " cannot be read as the reader's: " + obstacle);
        }
        try {
            this.datums = new FastReaderBuilder(model).createDatumReader(strict, reader);
        } catch (IOException e) {
            throw new IllegalStateException("no reader for " + reader.getFullName(), e);
        }
    }

    /** Reads from an offset to the very end. */
    T decode(byte[] bytes, int offset) {
        BinaryDecoder decoder =
                DecoderFactory.get().binaryDecoder(bytes, offset, bytes.length - offset, decoders.get());
        try {
            T record = datums.read(null, decoder);
            if (decoder.isEnd()) {
                return record;
            }
            int rest = decoder.inputStream().available();
            throw malformed(
                    Malformation.TRAILING_BYTES,
                    "ends at byte " + (bytes.length - rest) + ", but " + rest + " more follow",
                    null);
        } catch (EOFException e) {
            throw malformed(Malformation.TRUNCATED, "goes on after byte " + bytes.length + ", where the bytes end", e);
        } catch (AvroTypeException e) {
            throw isOutOfRange(e) ? corrupt(e) : malformed(Malformation.UNKNOWN_BRANCH, e.getMessage(), e);
        } catch (IOException | AvroRuntimeException | IndexOutOfBoundsException | NegativeArraySizeException e) {
            throw corrupt(e);
        } catch (StackOverflowError e) {
            throw malformed(Malformation.CORRUPT, "is nested too deeply to be read", e);
        } catch (UnsupportedOperationException e) {
            // Avro's word for a string or a block longer than what it allows.
            throw corrupt(e);
        }
    }

    /** Avro has one exception for both; only this message tells a bad index from a name that is not known. */
    private static boolean isOutOfRange(AvroTypeException e) {
        return String.valueOf(e.getMessage()).contains("out of range");
    }

    private MalformedRecordException corrupt(Exception e) {
        return malformed(Malformation.CORRUPT, "does not follow its schema: " + e.getMessage(), e);
    }

    private MalformedRecordException malformed(Malformation malformation, String what, Throwable cause) {
        return new MalformedRecordException(malformation, "the " + writer.getFullName() + " " + what, cause);
    }

    /** What stands in the way of every record; branches of unions stand only in the way of those that use them. */
    private static String obstacle(Action action, String path) {
        if (action instanceof ErrorAction error) {
            return (path.isEmpty() ? "" : "field " + path + ": ") + error;
        }
        if (action instanceof RecordAdjust record) {
            int field = 0;
            for (Action of : record.fieldActions) {
                boolean skipped = of.type == Action.Type.SKIP;
                String name = skipped ? "" : record.readerOrder[field++].name();
                String found = skipped ? null : obstacle(of, path.isEmpty() ? name : path + "." + name);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }
}
