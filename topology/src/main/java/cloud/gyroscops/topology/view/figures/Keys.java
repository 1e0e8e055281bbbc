package cloud.gyroscops.topology.view.figures;

/**
 * Keys of figures. What the figures are of (an organization, or {@link #EVERYTHING}) is their scope; organizations' ids and
 * roles are of {@code [A-Za-z0-9._:-]}, so that no scope's keys are among another's:
 *
 * <pre>
 * !scope                 all days together; these are next to each other, in the order of ids
 * "scope@role            all days together, of one role
 * scope@day              a day in UTC
 * #scope@day@role        a day in UTC, of one role
 * 'scope@quarter         a quarter of an hour
 * </pre>
 */
final class Keys {

    static final String EVERYTHING = "*";

    /** Comes after whatever ids, roles and numbers are made of. */
    private static final char LAST = '~';

    /** Added to days and quarters: any that an instant can have then has as many digits, also before 1970. */
    private static final long DAYS_FROM = 5_000_000_000_000L;

    private static final long QUARTERS_FROM = 500_000_000_000_000L;

    private Keys() {}

    /** The first and the last key of what is looked for. */
    record Range(String first, String last) {
        boolean isEmpty() {
            return first.compareTo(last) > 0;
        }
    }

    static String total(String scope) {
        return '!' + scope;
    }

    /** The scope of a total's key. */
    static String scope(String total) {
        return total.substring(1);
    }

    /** The totals of scopes that come after one in the order of ids. */
    static Range totalsAfter(String scope) {
        return new Range('!' + scope + '!', "!" + LAST);
    }

    static String totalOfRole(String scope, String role) {
        return '"' + scope + '@' + role;
    }

    static Range totalsOfRoles(String scope) {
        return new Range('"' + scope + '@', '"' + scope + '@' + LAST);
    }

    static String day(String scope, long day) {
        return scope + '@' + (DAYS_FROM + day);
    }

    static String dayOfRole(String scope, long day, String role) {
        return '#' + day(scope, day) + '@' + role;
    }

    /** Days from one up to another. */
    static Range days(String scope, long from, long until) {
        return new Range(
                from == Span.OPEN_BEGIN ? scope + '@' : day(scope, from),
                until == Span.OPEN_END ? scope + '@' + LAST : day(scope, until - 1) + LAST);
    }

    /** The roles of days from one up to another. */
    static Range daysOfRoles(String scope, long from, long until) {
        var days = days(scope, from, until);
        return new Range('#' + days.first(), '#' + days.last());
    }

    /** The day in the key of a day. */
    static long dayOf(String scope, String key) {
        return Long.parseLong(key, scope.length() + 1, key.length(), 10) - DAYS_FROM;
    }

    /** The day in the key of a role's day. */
    static long dayOfRoleOf(String scope, String key) {
        int begin = scope.length() + 2;
        return Long.parseLong(key, begin, key.indexOf('@', begin), 10) - DAYS_FROM;
    }

    /** The role in the key of a role's day. */
    static String roleOfDay(String scope, String key) {
        return key.substring(key.indexOf('@', scope.length() + 2) + 1);
    }

    /** The role in the key of a total. */
    static String roleOfTotal(String scope, String key) {
        return key.substring(scope.length() + 2);
    }

    static String quarter(String scope, long quarter) {
        return "'" + scope + '@' + (QUARTERS_FROM + quarter);
    }

    static Range quarters(String scope, long from, long until) {
        return new Range(quarter(scope, from), quarter(scope, until - 1));
    }
}
