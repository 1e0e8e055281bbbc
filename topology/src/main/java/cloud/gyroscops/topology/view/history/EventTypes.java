package cloud.gyroscops.topology.view.history;

import cloud.gyroscops.schemas.Aggregate;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.avro.Schema;

/** The types of events by simple name, like {@code UserCreated}, each with the type of aggregate that it happens to. */
public final class EventTypes {

    private static final Map<String, Aggregate> ALL = all();

    private EventTypes() {}

    /** The type of aggregate that a type of events happens to; none if there is no such type of events. */
    public static Optional<Aggregate> aggregateOf(String type) {
        return Optional.ofNullable(ALL.get(type));
    }

    /** All of them, in the order of names. */
    public static Map<String, Aggregate> byName() {
        return ALL;
    }

    private static Map<String, Aggregate> all() {
        var types = new TreeMap<String, Aggregate>();
        for (var aggregate : Aggregate.values()) {
            for (Schema payload :
                    aggregate.eventSchema().getField("payload").schema().getTypes()) {
                types.put(payload.getName(), aggregate);
            }
        }
        return Collections.unmodifiableMap(types);
    }
}
