package cloud.gyroscops.schemas.json;

import cloud.gyroscops.contract.CommandResult;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.EventKey;
import cloud.gyroscops.schemas.EventMessage;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.Map;
import org.apache.avro.generic.IndexedRecord;

/** Makes plain JSON of Avro records, as {@link AvroFromJson} reads it. Fields that are null are left out. */
public final class AvroToJson {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private AvroToJson() {}

    /** A record as an object. */
    public static ObjectNode record(IndexedRecord record) {
        return into(NODES.objectNode(), record);
    }

    /** Adds a record's fields to an object. */
    public static ObjectNode into(ObjectNode object, IndexedRecord record) {
        for (var field : record.getSchema().getFields()) {
            var value = record.get(field.pos());
            if (value != null) {
                object.set(field.name(), value(value));
            }
        }
        return object;
    }

    /** An event: its key, its type, its head and its payload. */
    public static ObjectNode event(EventMessage event) {
        var header = event.header();
        var object = NODES.objectNode();
        object.put("key", EventKey.of(header.getAggregateId(), header.getVersion()));
        object.put("type", event.payload().getSchema().getName());
        into(object, header);
        object.set("payload", record(event.payload()));
        return object;
    }

    /** A result, with the consistency token of what the command left behind, where it was accepted. */
    public static ObjectNode result(CommandResult result) {
        var object = record(result);
        if (result.getRefusal() == null) {
            var aggregate = Aggregate.of(result.getAggregateType());
            object.put("token", aggregate.plural() + "/" + EventKey.of(result.getAggregateId(), result.getVersion()));
        }
        return object;
    }

    private static JsonNode value(Object value) {
        if (value instanceof IndexedRecord record) {
            return record(record);
        }
        if (value instanceof Collection<?> items) {
            var array = NODES.arrayNode();
            items.forEach(item -> array.add(value(item)));
            return array;
        }
        if (value instanceof Map<?, ?> entries) {
            var object = NODES.objectNode();
            entries.forEach((key, entry) -> object.set(key.toString(), value(entry)));
            return object;
        }
        if (value instanceof Integer number) {
            return NODES.numberNode(number);
        }
        if (value instanceof Long number) {
            return NODES.numberNode(number);
        }
        if (value instanceof Boolean truth) {
            return NODES.booleanNode(truth);
        }
        return NODES.textNode(value.toString());
    }
}
