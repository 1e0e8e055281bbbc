package cloud.gyroscops.schemas.serde;

import cloud.gyroscops.schemas.registry.SchemaRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serializer;

/** Asks for the schema's id once a topic, then never again. */
final class AvroSerializer<T extends SpecificRecord> implements Serializer<T> {

    private record Header(String topic, byte[] bytes) {}

    private final SchemaRegistry registry;
    private final Schema schema;
    private final RecordEncoder<T> encoder;
    private final Map<String, Header> headers = new ConcurrentHashMap<>();
    // Nearly always the same topic: spares the map.
    private volatile Header last = new Header(null, null);

    AvroSerializer(SchemaRegistry registry, Schema schema, SpecificData model) {
        this.registry = registry;
        this.schema = schema;
        this.encoder = new RecordEncoder<>(schema, model);
    }

    @Override
    public byte[] serialize(String topic, T value) {
        return value == null ? null : encoder.encode(header(topic), value);
    }

    private byte[] header(String topic) {
        Header recent = last;
        if (topic.equals(recent.topic)) {
            return recent.bytes;
        }
        Header header = headers.get(topic);
        if (header == null) {
            // Not computed inside the map, which would hold up other topics during an outage.
            header = new Header(topic, WireFormat.header(registry.register(topic + "-value", schema)));
            headers.put(topic, header);
        }
        last = header;
        return header.bytes;
    }
}
