package cloud.gyroscops.schemas.serde;

import cloud.gyroscops.schemas.registry.SchemaRegistry;
import cloud.gyroscops.schemas.registry.UnknownSchemaException;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;

/** Resolves every writer once, then reads without looking at schemas again. */
final class AvroDeserializer<T extends SpecificRecord> implements Deserializer<T> {

    /** How to read one writer's records, or why none of them can be. */
    private record Writer<T>(RecordDecoder<T> decoder, MalformedRecordException refusal) {}

    private final SchemaRegistry registry;
    private final Schema reader;
    private final SpecificData model;
    private final Readers<Writer<T>> writers = new Readers<>();

    AvroDeserializer(SchemaRegistry registry, Schema reader, SpecificData model) {
        this.registry = registry;
        this.reader = reader;
        this.model = model;
    }

    @Override
    public T deserialize(String topic, byte[] bytes) {
        if (bytes == null) {
            return null;
        }
        int id = WireFormat.id(bytes);
        Writer<T> writer = writers.get(id);
        if (writer == null) {
            writer = prepare(id);
        }
        if (writer.refusal != null) {
            throw new MalformedRecordException(writer.refusal.malformation(), writer.refusal.getMessage());
        }
        return writer.decoder.decode(bytes, WireFormat.HEADER_LENGTH);
    }

    private Writer<T> prepare(int id) {
        Schema schema;
        try {
            schema = registry.byId(id);
        } catch (UnknownSchemaException e) {
            throw new MalformedRecordException(
                    Malformation.UNKNOWN_SCHEMA_ID, "bytes 1 to 4 hold the schema id " + id + ": " + e.getMessage(), e);
        }
        Writer<T> writer = writer(id, schema);
        writers.put(id, writer);
        return writer;
    }

    private Writer<T> writer(int id, Schema schema) {
        try {
            return new Writer<>(new RecordDecoder<>(schema, reader, model), null);
        } catch (MalformedRecordException e) {
            return new Writer<>(
                    null, new MalformedRecordException(e.malformation(), "schema id " + id + ": " + e.getMessage()));
        }
    }
}
