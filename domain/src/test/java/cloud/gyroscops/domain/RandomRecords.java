package cloud.gyroscops.domain;

import static cloud.gyroscops.domain.DeciderSpecification.NOON;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/** Payloads of whatever their schemas allow: right ones, wrong ones, absurd ones. */
final class RandomRecords {

    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "a",
            "ada",
            " ADA ",
            "ada@acme.test",
            "countess@acme.test",
            "Acme",
            "EUR",
            "XAU",
            "o-1",
            "r-1",
            "r-2",
            "auth-1",
            "\u0000",
            "\u0130",
            "\ud83d\ude00",
            "\ud83d",
            "%s{}\"\\",
            "x".repeat(600));
    private static final List<Long> AMOUNTS = List.of(-1L, 0L, 1L, 400L, 600L, 1000L, Long.MIN_VALUE, Long.MAX_VALUE);

    private final Random random;

    RandomRecords(Random random) {
        this.random = random;
    }

    /** A branch of an envelope's payload. */
    SpecificRecord payload(Schema envelope) {
        return record(one(envelope.getField("payload").schema().getTypes()));
    }

    /** The first branch of an envelope's payload: what an aggregate begins with. */
    SpecificRecord first(Schema envelope) {
        return record(envelope.getField("payload").schema().getTypes().get(0));
    }

    <T> T one(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private SpecificRecord record(Schema schema) {
        try {
            var record = (SpecificRecord) type(schema).getDeclaredConstructor().newInstance();
            for (var field : schema.getFields()) {
                record.put(field.pos(), value(field.schema()));
            }
            return record;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private Object value(Schema schema) throws ReflectiveOperationException {
        return switch (schema.getType()) {
            case NULL -> null;
            case STRING -> one(TEXTS);
            case LONG ->
                schema.getLogicalType() instanceof LogicalTypes.TimestampMillis
                        ? NOON.plusSeconds(random.nextInt(200) - 100)
                        : one(AMOUNTS);
            case ENUM -> one(List.of(type(schema).getEnumConstants()));
            case UNION -> value(one(schema.getTypes()));
            case RECORD -> record(schema);
            case ARRAY -> {
                var values = new ArrayList<>();
                for (int left = random.nextInt(4); left > 0; left--) {
                    values.add(value(schema.getElementType()));
                }
                yield values;
            }
            case MAP -> {
                var values = new HashMap<String, Object>();
                for (int left = random.nextInt(4); left > 0; left--) {
                    values.put(one(TEXTS), value(schema.getValueType()));
                }
                yield values;
            }
            default -> throw new IllegalArgumentException("no random values of " + schema);
        };
    }

    private static Class<?> type(Schema schema) throws ClassNotFoundException {
        return Class.forName(schema.getFullName());
    }
}
