package cloud.gyroscops.schemas.serde;

import cloud.gyroscops.schemas.registry.SchemaRegistry;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Records in Confluent's wire format: 0x00, the schema's id in 4 bytes, big-endian, and Avro's binary encoding. The
 * schema is registered under the topic's name with {@code -value} behind it, when the first record is written.
 *
 * <p>Deserializing throws {@link MalformedRecordException} for bytes that will never be a record; whatever the registry
 * throws otherwise passes through as it is, first of all {@link
 * cloud.gyroscops.schemas.registry.RegistryUnavailableException}: an outage says nothing about a record. No bytes (null)
 * are no record (null), both ways. Serializer and deserializer may be shared by threads.
 *
 * @param <T> the generated class, whose own schema is the reader's: older writers are resolved to it
 */
public final class AvroSerde<T extends SpecificRecord> implements Serde<T> {
    private final AvroSerializer<T> serializer;
    private final AvroDeserializer<T> deserializer;

    /** Asks the registry nothing yet. */
    public AvroSerde(SchemaRegistry registry, Class<T> type) {
        Schema schema = RecordModel.schemaOf(type);
        SpecificData model = RecordModel.of(type);
        this.serializer = new AvroSerializer<>(registry, schema, model);
        this.deserializer = new AvroDeserializer<>(registry, schema, model);
    }

    @Override
    public Serializer<T> serializer() {
        return serializer;
    }

    @Override
    public Deserializer<T> deserializer() {
        return deserializer;
    }
}
