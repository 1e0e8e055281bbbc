package cloud.gyroscops.topology.view.figures;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a partition knows of users, to be added up.
 *
 * @param roles how many users have a role
 * @param days those with users, in order
 */
record UserSums(long total, long active, long verified, long withLogin, Map<String, Long> roles, List<Day> days) {

    static final UserSums NONE = new UserSums(0, 0, 0, 0, Map.of(), List.of());

    /**
     * The users that were created in a day.
     *
     * @param date days since 1970, in the zone that was asked for
     */
    record Day(long date, long count, long active) {
        Day plus(Day other) {
            return new Day(date, count + other.count, active + other.active);
        }
    }

    UserSums plus(UserSums other) {
        return new UserSums(
                total + other.total,
                active + other.active,
                verified + other.verified,
                withLogin + other.withLogin,
                merged(roles.entrySet().stream(), other.roles.entrySet().stream()),
                inOrder(Stream.concat(days.stream(), other.days.stream())));
    }

    private static Map<String, Long> merged(
            Stream<Map.Entry<String, Long>> some, Stream<Map.Entry<String, Long>> others) {
        return Stream.concat(some, others)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, Long::sum, TreeMap::new));
    }

    private static List<Day> inOrder(Stream<Day> days) {
        return List.copyOf(days.collect(Collectors.toMap(Day::date, Function.identity(), Day::plus, TreeMap::new))
                .values());
    }
}
