package cloud.gyroscops.topology.view.history;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Which events are wanted.
 *
 * @param types simple names, like {@code UserCreated}; empty: all
 * @param from the earliest time
 * @param to the time before which; must not be earlier than {@code from}
 * @param organizationId the organization that they belong to; empty: any
 * @param actor who caused them; empty: anybody
 * @param newestFirst the order; otherwise oldest first
 * @param limit how many at most, 1 to 1000
 * @param after a cursor that came with an earlier page of the same query; empty: from the beginning
 */
public record EventQuery(
        Set<String> types,
        Instant from,
        Instant to,
        Optional<String> organizationId,
        Optional<String> actor,
        boolean newestFirst,
        int limit,
        Optional<String> after) {

    /** The most events of a page. */
    public static final int MOST = 1_000;

    /** Every time there is. */
    public static final Instant EVER_SINCE = Instant.EPOCH;

    public static final Instant FOR_EVER = Instant.parse("9999-12-31T23:59:59.999Z");

    /** Checks the values. */
    public EventQuery {
        types = Set.copyOf(types);
        for (var type : types) {
            if (EventTypes.aggregateOf(type).isEmpty()) {
                throw new IllegalArgumentException("type is \"" + type + "\"; it must be one of "
                        + String.join(", ", EventTypes.byName().keySet()));
            }
        }
        if (to.isBefore(from)) {
            throw new IllegalArgumentException("to is " + to + "; it must not be before from, " + from);
        }
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException("limit is " + limit + "; it must be 1 to " + MOST);
        }
        after.ifPresent(EventPlace::parse);
    }
}
