package cloud.gyroscops.domain;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/**
 * A dispatch table with one row per payload type of an envelope. A branch of the union without a row is found when the
 * table is built, that is when the decider's class is loaded, and not by the first command that needs it.
 *
 * @param <A> what every case gets beside the payload
 * @param <R> what every case returns
 */
public final class Cases<A, R> {

    private final Map<Class<?>, BiFunction<A, SpecificRecord, R>> rows;

    private Cases(Map<Class<?>, BiFunction<A, SpecificRecord, R>> rows) {
        this.rows = Map.copyOf(rows);
    }

    /** Starts a table over the union {@code payload} of an envelope. */
    public static <A, R> Table<A, R> over(Schema envelope) {
        return new Table<>(envelope);
    }

    /** The case for a payload, applied. */
    public R apply(A argument, SpecificRecord payload) {
        var row = rows.get(payload.getClass());
        if (row == null) {
            throw new IllegalArgumentException(payload.getSchema().getFullName() + " has no case here");
        }
        return row.apply(argument, payload);
    }

    /** A table in the making. */
    public static final class Table<A, R> {

        private final Schema envelope;
        private final Map<Class<?>, BiFunction<A, SpecificRecord, R>> rows = new HashMap<>();

        private Table(Schema envelope) {
            this.envelope = envelope;
        }

        /** Adds a row. */
        public <P extends SpecificRecord> Table<A, R> on(Class<P> type, BiFunction<A, P, R> row) {
            if (rows.put(type, (argument, payload) -> row.apply(argument, type.cast(payload))) != null) {
                throw new IllegalStateException(type.getName() + " has two cases");
            }
            return this;
        }

        /** The whole table; throws {@link IllegalStateException} if it is not exactly the union. */
        public Cases<A, R> complete() {
            Set<String> missing = envelope.getField("payload").schema().getTypes().stream()
                    .map(Schema::getFullName)
                    .collect(Collectors.toCollection(TreeSet::new));
            Set<String> unknown = new TreeSet<>();
            for (var type : rows.keySet()) {
                if (!missing.remove(type.getName())) {
                    unknown.add(type.getName());
                }
            }
            if (!missing.isEmpty() || !unknown.isEmpty()) {
                throw new IllegalStateException(
                        envelope.getFullName() + ": no case for " + missing + ", no such branch " + unknown);
            }
            return new Cases<>(rows);
        }
    }
}
