package cloud.gyroscops.topology.view.figures;

import cloud.gyroscops.contract.view.UserCounts;
import cloud.gyroscops.contract.view.UserFigures;
import cloud.gyroscops.contract.view.UserQuarter;
import java.time.ZoneId;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.TreeMap;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** Adds up what is kept of one scope's users. */
final class UserSumming {

    private static final int SECONDS_PER_DAY = Quarters.PER_DAY * Quarters.SECONDS;

    private final ReadOnlyKeyValueStore<String, UserFigures> figures;
    private final String scope;
    private final Span span;
    private final UserCounts sum = new UserCounts(0L, 0L, 0L, 0L);
    private final TreeMap<String, Long> roles = new TreeMap<>();
    private final TreeMap<Long, UserSums.Day> days = new TreeMap<>();

    UserSumming(ReadOnlyKeyValueStore<String, UserFigures> figures, String scope, Span span) {
        this.figures = figures;
        this.scope = scope;
        this.span = span;
    }

    /** Without the single days. */
    UserSums together() {
        if (span.everything()) {
            var total = figures.get(Keys.total(scope));
            if (total != null) {
                UserCounting.add(sum, total.getSum());
            }
        } else {
            addDays(null);
        }
        addRoles();
        return sums();
    }

    /** With the single days, as they begin and end in a zone. */
    UserSums dayByDay(ZoneId zone) {
        addDays(zone.getRules());
        addRoles();
        return sums();
    }

    private UserSums sums() {
        return new UserSums(
                sum.getTotal(),
                sum.getActive(),
                sum.getVerified(),
                sum.getWithLogin(),
                roles,
                List.copyOf(days.values()));
    }

    private void addDays(ZoneRules zone) {
        var range = Keys.days(scope, firstDay(), afterLastDay());
        try (var found = figures.range(range.first(), range.last())) {
            found.forEachRemaining(entry -> addDay(Keys.dayOf(scope, entry.key), entry.value, zone));
        }
    }

    /** Clients choose roles, and there may be many of them on each day: of everything, their totals are read. */
    private void addRoles() {
        if (span.everything()) {
            var range = Keys.totalsOfRoles(scope);
            try (var found = figures.range(range.first(), range.last())) {
                found.forEachRemaining(entry -> addRole(
                        Keys.roleOfTotal(scope, entry.key), entry.value.getSum().getTotal()));
            }
            return;
        }
        var range = Keys.daysOfRoles(scope, firstDay(), afterLastDay());
        try (var found = figures.range(range.first(), range.last())) {
            found.forEachRemaining(entry ->
                    addRole(Keys.roleOfDay(scope, entry.key), users(Keys.dayOfRoleOf(scope, entry.key), entry.value)));
        }
    }

    private long firstDay() {
        return span.from() == Span.OPEN_BEGIN ? Span.OPEN_BEGIN : Quarters.day(span.from());
    }

    private long afterLastDay() {
        return span.until() == Span.OPEN_END ? Span.OPEN_END : Quarters.day(span.until() - 1) + 1;
    }

    /** Quarters are looked at only in days that a range or a zone cuts. */
    private void addDay(long day, UserFigures ofDay, ZoneRules zone) {
        long first = day * Quarters.PER_DAY;
        boolean one = zone == null || date(zone, first) == date(zone, first + Quarters.PER_DAY - 1);
        if (one && span.holdsDay(day)) {
            add(first, ofDay.getSum(), zone);
            return;
        }
        for (UserQuarter quarter : ofDay.getQuarters()) {
            long which = first + quarter.getQuarter();
            if (span.holds(which)) {
                add(which, quarter.getCounts(), zone);
            }
        }
    }

    private void add(long quarter, UserCounts counts, ZoneRules zone) {
        UserCounting.add(sum, counts);
        if (zone != null) {
            var day = new UserSums.Day(date(zone, quarter), counts.getTotal(), counts.getActive());
            days.merge(day.date(), day, UserSums.Day::plus);
        }
    }

    private long users(long day, UserFigures ofRole) {
        if (span.holdsDay(day)) {
            return ofRole.getSum().getTotal();
        }
        return ofRole.getQuarters().stream()
                .filter(quarter -> span.holds(day * Quarters.PER_DAY + quarter.getQuarter()))
                .mapToLong(quarter -> quarter.getCounts().getTotal())
                .sum();
    }

    private void addRole(String role, long users) {
        if (users > 0) {
            roles.merge(role, users, Long::sum);
        }
    }

    private static long date(ZoneRules zone, long quarter) {
        var start = Quarters.start(quarter);
        return Math.floorDiv(start.getEpochSecond() + zone.getOffset(start).getTotalSeconds(), (long) SECONDS_PER_DAY);
    }
}
