package cloud.gyroscops.standalone.registry;

import cloud.gyroscops.standalone.registry.Entry.LevelSet;
import cloud.gyroscops.standalone.registry.Entry.SchemaAdded;
import cloud.gyroscops.standalone.registry.Entry.VersionSet;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Entries as records: JSON both, the key such that a later entry on the same thing replaces the earlier one. */
final class EntryJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private EntryJson() {}

    static ProducerRecord<String, String> toRecord(String topic, Entry entry) {
        ObjectNode key = JSON.createObjectNode();
        ObjectNode value = JSON.createObjectNode();
        if (entry instanceof SchemaAdded added) {
            key.put("type", "SCHEMA").put("id", added.id());
            value.put("schema", added.schema());
        } else if (entry instanceof VersionSet set) {
            key.put("type", "VERSION").put("subject", set.subject()).put("version", set.version());
            value.put("id", set.id()).put("deleted", set.deleted());
        } else if (entry instanceof LevelSet set) {
            key.put("type", "LEVEL").put("subject", set.subject());
            value = set.level() == null ? null : value.put("level", set.level().name());
        }
        return new ProducerRecord<>(topic, 0, key.toString(), value == null ? null : value.toString());
    }

    /** Throws an IllegalStateException, which says where, if the record is nothing that this registry wrote. */
    static Entry fromRecord(ConsumerRecord<String, String> record) {
        try {
            JsonNode key = JSON.readTree(record.key());
            JsonNode value = record.value() == null ? JSON.missingNode() : JSON.readTree(record.value());
            String type = key.path("type").asText();
            return switch (type) {
                case "SCHEMA" ->
                    new SchemaAdded(
                            key.required("id").intValue(),
                            value.required("schema").textValue());
                case "VERSION" ->
                    new VersionSet(
                            key.required("subject").textValue(),
                            key.required("version").intValue(),
                            value.required("id").intValue(),
                            value.required("deleted").booleanValue());
                case "LEVEL" ->
                    new LevelSet(
                            key.required("subject").textValue(),
                            value.isMissingNode()
                                    ? null
                                    : CompatibilityLevel.of(
                                            value.required("level").textValue()));
                default -> throw new IllegalArgumentException("the key's type is '" + type + "'");
            };
        } catch (JsonProcessingException | RuntimeException e) {
            throw new IllegalStateException(
                    "offset " + record.offset() + " of " + record.topic() + " is no entry of this registry: "
                            + e.getMessage(),
                    e);
        }
    }
}
