package cloud.gyroscops.query.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The contract's text: parts of it by their places, and values held against its schemas. Those are of OpenAPI 3.1, which are
 * JSON Schemas of 2020-12; they refer to each other where JSON Schema has its definitions.
 */
final class Document {

    private final YAMLMapper yaml = new YAMLMapper();
    private final JsonNode root;
    private final Map<String, JsonSchema> schemas = new ConcurrentHashMap<>();
    private final JsonSchemaFactory factory = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
    private final SchemaValidatorsConfig config =
            SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();

    Document() {
        try (var in = Document.class.getResourceAsStream("/openapi.yaml")) {
            var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            root = yaml.readTree(text.replace("#/components/schemas/", "#/$defs/"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A part of the document, and its place. */
    record Part(String place, JsonNode node) {

        boolean isMissing() {
            return node.isMissingNode();
        }
    }

    Part root() {
        return new Part("", root);
    }

    /** The part at the end of a path of names; missing if there is none. References to it and on the way are followed. */
    Part part(Part from, String... names) {
        var part = from;
        for (var name : names) {
            part = follow(new Part(part.place() + "/" + name, part.node().path(name)));
        }
        return part;
    }

    /** An item of an array. */
    Part item(Part array, int index) {
        return follow(new Part(array.place() + "/" + index, array.node().path(index)));
    }

    private Part follow(Part part) {
        var reference = part.node().path("$ref").asText();
        return reference.startsWith("#/components/") ? new Part(reference, root.at(reference.substring(1))) : part;
    }

    /** What is wrong with a value; nothing if it is right. */
    List<String> breaches(Part schema, JsonNode value) {
        return schemas.computeIfAbsent(schema.place(), place -> load(schema.node())).validate(value).stream()
                .map(ValidationMessage::getMessage)
                .toList();
    }

    private JsonSchema load(JsonNode schema) {
        var whole = JsonNodeFactory.instance.objectNode();
        whole.putArray("allOf").add(schema);
        whole.set("$defs", root.path("components").path("schemas"));
        return factory.getSchema(whole, config);
    }
}
