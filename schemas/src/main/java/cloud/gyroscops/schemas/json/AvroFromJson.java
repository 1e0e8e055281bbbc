package cloud.gyroscops.schemas.json;

import cloud.gyroscops.schemas.ContractClasses;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * Makes Avro records of plain JSON: no type tags in unions, timestamps in ISO 8601, enums by symbol. What is not exactly
 * right gets a {@link JsonFieldException}: an unknown field is more likely a typing error than of no matter.
 */
public final class AvroFromJson {

    private static final String UNKNOWN = "UNKNOWN";
    private static final SpecificData MODEL = SpecificData.get();

    private AvroFromJson() {}

    /**
     * A record of a schema.
     *
     * @param at where the JSON stands, for messages
     */
    public static SpecificRecord record(Schema schema, JsonNode json, String at) {
        ContractClasses.trust();
        if (!json.isObject()) {
            throw wrong(at, json, "an object");
        }
        json.fieldNames().forEachRemaining(name -> {
            if (schema.getField(name) == null) {
                throw new JsonFieldException(
                        at + "." + name,
                        at + "." + name + " is unknown; " + schema.getName() + " has " + names(schema));
            }
        });
        var record = (SpecificRecord) SpecificData.newInstance(MODEL.getClass(schema), schema);
        for (var field : schema.getFields()) {
            record.put(field.pos(), field(field, json.get(field.name()), at + "." + field.name()));
        }
        return record;
    }

    private static Object field(Schema.Field field, JsonNode json, String at) {
        if (json != null) {
            return value(field.schema(), json, at);
        }
        if (!field.hasDefaultValue()) {
            throw new JsonFieldException(at, at + " is missing");
        }
        return MODEL.deepCopy(field.schema(), MODEL.getDefaultValue(field));
    }

    private static Object value(Schema schema, JsonNode json, String at) {
        return switch (schema.getType()) {
            case UNION -> json.isNull() ? null : value(present(schema), json, at);
            case RECORD -> record(schema, json, at);
            case STRING -> {
                check(json.isTextual(), at, json, "a string");
                yield json.textValue();
            }
            case BOOLEAN -> {
                check(json.isBoolean(), at, json, "true or false");
                yield json.booleanValue();
            }
            case INT -> {
                check(json.isIntegralNumber() && json.canConvertToInt(), at, json, "a whole number");
                yield json.intValue();
            }
            case LONG ->
                schema.getLogicalType() instanceof LogicalTypes.TimestampMillis ? instant(json, at) : number(json, at);
            case ENUM -> symbol(schema, json, at);
            case ARRAY -> items(schema, json, at);
            case MAP -> entries(schema, json, at);
            default -> throw new IllegalStateException(at + ": contracts have no " + schema.getType());
        };
    }

    /** The one branch beside null. */
    private static Schema present(Schema union) {
        return union.getTypes().stream()
                .filter(branch -> branch.getType() != Schema.Type.NULL)
                .findFirst()
                .orElseThrow();
    }

    private static long number(JsonNode json, String at) {
        check(json.isIntegralNumber() && json.canConvertToLong(), at, json, "a whole number");
        return json.longValue();
    }

    private static Instant instant(JsonNode json, String at) {
        try {
            return Instant.ofEpochMilli(Instant.parse(json.asText()).toEpochMilli());
        } catch (DateTimeParseException | ArithmeticException e) {
            throw wrong(at, json, "an instant like 2026-01-31T12:00:00Z");
        }
    }

    private static Object symbol(Schema schema, JsonNode json, String at) {
        var symbols = new ArrayList<>(schema.getEnumSymbols());
        symbols.remove(UNKNOWN);
        check(symbols.contains(json.asText()), at, json, "one of " + String.join(", ", symbols));
        return MODEL.createEnum(json.asText(), schema);
    }

    private static List<Object> items(Schema schema, JsonNode json, String at) {
        check(json.isArray(), at, json, "an array");
        var items = new ArrayList<>(json.size());
        for (var item : json) {
            items.add(value(schema.getElementType(), item, at + "[" + items.size() + "]"));
        }
        return items;
    }

    private static Map<String, Object> entries(Schema schema, JsonNode json, String at) {
        check(json.isObject(), at, json, "an object");
        var entries = new LinkedHashMap<String, Object>();
        json.properties()
                .forEach(entry -> entries.put(
                        entry.getKey(), value(schema.getValueType(), entry.getValue(), at + "." + entry.getKey())));
        return entries;
    }

    private static void check(boolean right, String at, JsonNode json, String wanted) {
        if (!right) {
            throw wrong(at, json, wanted);
        }
    }

    private static JsonFieldException wrong(String at, JsonNode json, String wanted) {
        var found = json.toString();
        var shown = found.length() > 60 ? found.substring(0, 60) + "…" : found;
        return new JsonFieldException(at, at + " is " + shown + "; it must be " + wanted);
    }

    private static List<String> names(Schema schema) {
        return schema.getFields().stream().map(Schema.Field::name).toList();
    }
}
