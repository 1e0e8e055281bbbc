package cloud.gyroscops.topology.view.figures;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The users that there are of those who were created in a range of dates. Whoever was deleted or erased is not among them.
 * Rates are per cent of them with two decimals, 0.00 where there are none.
 *
 * @param active enabled
 * @param inactive disabled
 * @param withLogin who logged in at least once
 * @param activationRate of the active
 * @param verificationRate of the verified
 * @param loginRate of those with login
 * @param daily the days on which they were created, as charts want them: all days from the first to the last with users,
 *     also those without. Where these are more than {@value #MOST_DAYS} apart: the days with users alone
 * @param roles who has which role, the most frequent first, then by name; somebody may have several, or none
 */
public record UserAnalytics(
        long total,
        long active,
        long inactive,
        long verified,
        long unverified,
        long withLogin,
        BigDecimal activationRate,
        BigDecimal verificationRate,
        BigDecimal loginRate,
        List<Day> daily,
        List<Role> roles) {

    /** How many days are listed with the gaps between them: ten years. */
    public static final int MOST_DAYS = 3_660;

    /** The users that were created on a day, and how many of them are active now. */
    public record Day(LocalDate date, long count, long active) {}

    /** The users with a role, and their percentage of all. */
    public record Role(String role, long count, BigDecimal percentage) {}

    static UserAnalytics of(UserSums sums) {
        return new UserAnalytics(
                sums.total(),
                sums.active(),
                sums.total() - sums.active(),
                sums.verified(),
                sums.total() - sums.verified(),
                sums.withLogin(),
                Rates.percent(sums.active(), sums.total()),
                Rates.percent(sums.verified(), sums.total()),
                Rates.percent(sums.withLogin(), sums.total()),
                daily(sums.days()),
                sums.roles().entrySet().stream()
                        .map(role ->
                                new Role(role.getKey(), role.getValue(), Rates.percent(role.getValue(), sums.total())))
                        .sorted(Comparator.comparingLong(Role::count).reversed().thenComparing(Role::role))
                        .toList());
    }

    private static List<Day> daily(List<UserSums.Day> days) {
        boolean gaps = !days.isEmpty()
                && days.get(days.size() - 1).date() - days.get(0).date() < MOST_DAYS;
        var daily = new ArrayList<Day>();
        for (var day : days) {
            var date = LocalDate.ofEpochDay(day.date());
            while (gaps
                    && !daily.isEmpty()
                    && daily.get(daily.size() - 1).date().isBefore(date.minusDays(1))) {
                daily.add(new Day(daily.get(daily.size() - 1).date().plusDays(1), 0, 0));
            }
            daily.add(new Day(date, day.count(), day.active()));
        }
        return daily;
    }
}
