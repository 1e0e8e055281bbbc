package cloud.gyroscops.query.command;

import cloud.gyroscops.contract.CommandHeader;
import cloud.gyroscops.contract.Origin;
import cloud.gyroscops.domain.Fields;
import cloud.gyroscops.query.problem.Problem;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.CommandMessage;
import cloud.gyroscops.schemas.json.AvroFromJson;
import cloud.gyroscops.schemas.json.JsonFieldException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * A command as JSON has it: {@code {"type", "aggregateId", "commandId"?, "expectedVersion"?, "actor"?, "correlationId"?,
 * "metadata"?, "payload"}}.
 *
 * @param aggregate whose command it is
 * @param message the command
 */
record CommandRequest(Aggregate aggregate, CommandMessage message) {

    private static final Set<String> MEMBERS = Set.of(
            "type", "aggregateId", "commandId", "expectedVersion", "actor", "correlationId", "metadata", "payload");

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /**
     * Reads a command.
     *
     * @param idempotencyKey the commandId from the header; null: none
     * @throws Problem 400 that names the field
     */
    static CommandRequest parse(String body, String idempotencyKey) {
        try {
            return read(JSON.readTree(body), idempotencyKey);
        } catch (JsonProcessingException e) {
            throw Problem.badRequest(null, "the body is no JSON: " + e.getOriginalMessage());
        } catch (JsonFieldException e) {
            throw Problem.badRequest(e.field(), e.getMessage());
        }
    }

    private static CommandRequest read(JsonNode json, String idempotencyKey) {
        if (!json.isObject()) {
            throw Problem.badRequest(null, "the body must be a JSON object with type, aggregateId and payload");
        }
        json.fieldNames().forEachRemaining(name -> {
            if (!MEMBERS.contains(name)) {
                throw new JsonFieldException(
                        name, name + " is unknown; a command has " + String.join(", ", new TreeSet<>(MEMBERS)));
            }
        });
        var type = text(json, "type", null);
        if (type == null) {
            throw new JsonFieldException("type", "type is missing; it names the command, like CreateUser");
        }
        var aggregate = Aggregate.thatTakes(type)
                .orElseThrow(() -> new JsonFieldException(
                        "type", "type " + Fields.quote(type) + " is no command; one is CreateUser, for example"));
        var header = new CommandHeader(
                commandId(text(json, "commandId", null), idempotencyKey),
                id("aggregateId", text(json, "aggregateId", null)),
                version(json.get("expectedVersion")),
                text(json, "actor", "anonymous"),
                // Whatever comes in here was caused by a client: other origins are not to be claimed.
                Origin.CLIENT,
                text(json, "correlationId", null),
                metadata(json.get("metadata")));
        var payload = json.has("payload") ? json.get("payload") : JSON.createObjectNode();
        return new CommandRequest(
                aggregate,
                new CommandMessage(
                        header, AvroFromJson.record(aggregate.commands().get(type), payload, "payload")));
    }

    private static String commandId(String inBody, String inHeader) {
        if (inBody != null && inHeader != null && !inBody.equals(inHeader)) {
            throw new JsonFieldException(
                    "commandId",
                    "commandId " + Fields.quote(inBody) + " and Idempotency-Key " + Fields.quote(inHeader)
                            + " differ; give one, or twice the same");
        }
        var given = inBody == null ? inHeader : inBody;
        return given == null ? UUID.randomUUID().toString() : id("commandId", given);
    }

    private static String id(String field, String value) {
        var fields = new Fields();
        fields.id(field, value);
        if (fields.refused()) {
            throw new JsonFieldException(
                    field,
                    value == null ? field + " is missing" : fields.problem().getMessage());
        }
        return value;
    }

    private static String text(JsonNode json, String member, String otherwise) {
        var value = json.get(member);
        if (value == null || value.isNull()) {
            return otherwise;
        }
        if (!value.isTextual()) {
            throw new JsonFieldException(member, member + " is " + value + "; it must be a string");
        }
        return value.textValue();
    }

    private static Long version(JsonNode value) {
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
            throw new JsonFieldException(
                    "expectedVersion", "expectedVersion is " + value + "; it must be a whole number, 0 or more");
        }
        return value.longValue();
    }

    private static Map<String, String> metadata(JsonNode value) {
        var metadata = new HashMap<String, String>();
        if (value == null || value.isNull()) {
            return metadata;
        }
        if (!value.isObject()) {
            throw new JsonFieldException("metadata", "metadata is " + value + "; it must be an object of strings");
        }
        value.properties().forEach(entry -> {
            if (!entry.getValue().isTextual()) {
                var field = "metadata." + entry.getKey();
                throw new JsonFieldException(field, field + " is " + entry.getValue() + "; it must be a string");
            }
            metadata.put(entry.getKey(), entry.getValue().textValue());
        });
        return metadata;
    }
}
