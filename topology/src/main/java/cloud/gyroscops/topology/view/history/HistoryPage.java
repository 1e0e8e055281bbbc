package cloud.gyroscops.topology.view.history;

import java.util.List;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;

/**
 * A part of an aggregate's history, in order.
 *
 * @param next the version from which on there is more; none if there is not
 */
public record HistoryPage<T>(List<T> entries, OptionalLong next) {

    /** The first ones, where one more than those has been looked for. */
    static <T> HistoryPage<T> of(List<T> found, int most, ToLongFunction<T> version) {
        return found.size() > most
                ? new HistoryPage<>(
                        List.copyOf(found.subList(0, most)), OptionalLong.of(version.applyAsLong(found.get(most))))
                : new HistoryPage<>(List.copyOf(found), OptionalLong.empty());
    }
}
