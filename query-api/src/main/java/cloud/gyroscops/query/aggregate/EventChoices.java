package cloud.gyroscops.query.aggregate;

import cloud.gyroscops.query.http.Given;
import cloud.gyroscops.query.problem.Problem;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.topology.view.history.EventTypes;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which events a request names by {@code aggregateType} and {@code type}. */
public final class EventChoices {

    private static final Map<String, Aggregate> AGGREGATES =
            Stream.of(Aggregate.values()).collect(Collectors.toMap(Aggregate::plural, Function.identity()));

    private static final Map<String, String> TYPES =
            EventTypes.byName().keySet().stream().collect(Collectors.toMap(Function.identity(), Function.identity()));

    private EventChoices() {}

    /** None: all. */
    public static Set<Aggregate> aggregates(Given given) {
        return Set.copyOf(given.choices("aggregateType", AGGREGATES));
    }

    /** None: all. Throws a {@link Problem} where one never happens to the aggregates that are named. */
    public static Set<String> types(Given given) {
        var aggregates = aggregates(given);
        var types = given.choices("type", TYPES);
        for (var type : types) {
            var aggregate = EventTypes.byName().get(type);
            if (!aggregates.isEmpty() && !aggregates.contains(aggregate)) {
                throw Problem.badRequest(
                        "type", "type is \"" + type + "\"; it happens to " + aggregate.plural() + " only");
            }
        }
        return Set.copyOf(types);
    }
}
