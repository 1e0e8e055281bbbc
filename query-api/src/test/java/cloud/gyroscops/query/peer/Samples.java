package cloud.gyroscops.query.peer;

import cloud.gyroscops.contract.view.UserView;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/** A value of any type that questions and answers may consist of. */
final class Samples {

    private static final Instant SOME_TIME = Instant.parse("2026-02-03T04:05:06.789Z");

    private static final Map<Type, Object> PLAIN = Map.ofEntries(
            Map.entry(String.class, "o-1"),
            Map.entry(long.class, 7L),
            Map.entry(Long.class, 7L),
            Map.entry(int.class, 7),
            Map.entry(Integer.class, 7),
            Map.entry(double.class, 0.1),
            Map.entry(Double.class, 1e-9),
            Map.entry(float.class, 0.1f),
            Map.entry(boolean.class, true),
            Map.entry(Boolean.class, true),
            Map.entry(byte[].class, new byte[] {0, -1, 127}),
            Map.entry(Instant.class, SOME_TIME.plusNanos(1)),
            Map.entry(Duration.class, Duration.ofSeconds(3, 1)),
            Map.entry(LocalDate.class, LocalDate.of(2026, 2, 28)),
            Map.entry(ZoneId.class, ZoneId.of("Europe/Paris")),
            Map.entry(BigInteger.class, BigInteger.TWO.pow(80)),
            Map.entry(BigDecimal.class, new BigDecimal("12.30")),
            Map.entry(SpecificRecord.class, avro(UserView.class)));

    private Samples() {}

    /**
     * A value of a type.
     *
     * @throws IllegalArgumentException if questions and answers should not have parts of that type
     */
    static Object of(Type type) {
        return of(type, Map.of());
    }

    /** The same, where variables stand for types. */
    private static Object of(Type type, Map<Type, Type> variables) {
        if (variables.containsKey(type)) {
            return of(variables.get(type));
        }
        if (PLAIN.containsKey(type)) {
            return PLAIN.get(type);
        }
        if (type instanceof ParameterizedType generic) {
            return of((Class<?>) generic.getRawType(), generic.getActualTypeArguments(), variables);
        }
        if (type instanceof Class<?> plain) {
            return of(plain);
        }
        throw new IllegalArgumentException(type + " cannot be carried to another instance");
    }

    private static Object of(Class<?> type) {
        if (type.isEnum()) {
            var constants = type.getEnumConstants();
            return constants[constants.length - 1];
        }
        if (type.isRecord()) {
            return record(type, Map.of());
        }
        if (SpecificRecord.class.isAssignableFrom(type)) {
            return avro(type);
        }
        throw new IllegalArgumentException(type + " cannot be carried to another instance");
    }

    private static Object of(Class<?> type, Type[] arguments, Map<Type, Type> variables) {
        if (type == Optional.class) {
            return Optional.of(of(arguments[0], variables));
        }
        if (type == List.class) {
            return List.of(of(arguments[0], variables), of(arguments[0], variables));
        }
        if (type == Set.class) {
            return Set.of(of(arguments[0], variables));
        }
        if (type == Map.class) {
            return Map.of(of(arguments[0], variables), of(arguments[1], variables));
        }
        if (type.isRecord()) {
            var bound = new HashMap<Type, Type>();
            for (int i = 0; i < arguments.length; i++) {
                bound.put(type.getTypeParameters()[i], variables.getOrDefault(arguments[i], arguments[i]));
            }
            return record(type, bound);
        }
        throw new IllegalArgumentException(type + " cannot be carried to another instance");
    }

    private static Object record(Class<?> type, Map<Type, Type> variables) {
        var components = type.getRecordComponents();
        var types = Arrays.stream(components).map(part -> part.getType()).toArray(Class<?>[]::new);
        var parts = Arrays.stream(components)
                .map(part -> of(part.getGenericType(), variables))
                .toArray();
        try {
            var constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(parts);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(type + " takes no sample of its parts", e);
        }
    }

    private static SpecificRecord avro(Class<?> type) {
        return (SpecificRecord) value(SpecificData.get().getSchema(type));
    }

    private static Object value(Schema schema) {
        return switch (schema.getType()) {
            case NULL -> null;
            case STRING -> "text";
            case INT -> 7;
            case LONG -> schema.getLogicalType() instanceof LogicalTypes.TimestampMillis ? SOME_TIME : (Object) 42L;
            case DOUBLE -> 0.5;
            case BOOLEAN -> true;
            case ENUM -> type(schema).getEnumConstants()[0];
            case UNION -> value(schema.getTypes().get(schema.getTypes().size() - 1));
            case ARRAY -> new ArrayList<>(List.of(value(schema.getElementType())));
            case MAP -> new HashMap<>(Map.of("key", value(schema.getValueType())));
            case RECORD -> {
                var record = (SpecificRecord) SpecificData.newInstance(type(schema), schema);
                schema.getFields().forEach(field -> record.put(field.pos(), value(field.schema())));
                yield record;
            }
            default -> throw new IllegalArgumentException("no sample of " + schema);
        };
    }

    private static Class<?> type(Schema schema) {
        return SpecificData.get().getClass(schema);
    }
}
