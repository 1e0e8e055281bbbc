package cloud.gyroscops.query.peer;

import cloud.gyroscops.schemas.ContractClasses;
import cloud.gyroscops.schemas.SchemaHistory;
import cloud.gyroscops.schemas.serde.StateSerde;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.Deserializers;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.specific.SpecificRecord;

/** Avro records within JSON: their class, and the bytes that they are stored as, which instances of other releases read. */
final class ViewsModule extends SimpleModule {

    private static final long serialVersionUID = 1L;
    private static final String PACKAGE = "cloud.gyroscops.contract.";

    private final transient SchemaHistory history = SchemaHistory.load();
    private final transient Map<Class<?>, StateSerde<SpecificRecord>> serdes = new ConcurrentHashMap<>();

    ViewsModule() {
        ContractClasses.trust();
        addSerializer(SpecificRecord.class, new JsonSerializer<SpecificRecord>() {
            @Override
            public void serialize(SpecificRecord record, JsonGenerator out, SerializerProvider provider)
                    throws IOException {
                out.writeStartObject();
                out.writeStringField("class", record.getClass().getName());
                out.writeBinaryField(
                        "bytes", serde(record.getClass()).serializer().serialize(null, record));
                out.writeEndObject();
            }
        });
    }

    @Override
    public void setupModule(SetupContext context) {
        super.setupModule(context);
        context.addDeserializers(new Deserializers.Base() {
            @Override
            public JsonDeserializer<?> findBeanDeserializer(
                    JavaType type, DeserializationConfig config, BeanDescription description) {
                return type.isTypeOrSubTypeOf(SpecificRecord.class) ? new Reader() : null;
            }
        });
    }

    /** Reads any of them: the class is with the bytes. */
    private final class Reader extends JsonDeserializer<SpecificRecord> {
        @Override
        public SpecificRecord deserialize(JsonParser in, DeserializationContext context) throws IOException {
            var tree = context.readTree(in);
            var bytes = tree.required("bytes").binaryValue();
            return serde(type(tree.required("class").asText())).deserializer().deserialize(null, bytes);
        }
    }

    private static Class<?> type(String name) {
        try {
            if (name.startsWith(PACKAGE)) {
                return Class.forName(name, false, ContractClasses.class.getClassLoader())
                        .asSubclass(SpecificRecord.class);
            }
        } catch (ClassNotFoundException | ClassCastException unknown) {
            // Told below.
        }
        throw new IllegalArgumentException("there is no record \"" + name + "\" here");
    }

    @SuppressWarnings("unchecked")
    private StateSerde<SpecificRecord> serde(Class<?> type) {
        return serdes.computeIfAbsent(
                type, any -> new StateSerde<>((Class<SpecificRecord>) any, history.of(any.getName())));
    }
}
