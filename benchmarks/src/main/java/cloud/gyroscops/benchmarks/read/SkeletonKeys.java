package cloud.gyroscops.benchmarks.read;

import java.time.Instant;
import java.util.List;

/** The keys of figures, as the views have them, for an aggregate: from its number alone, since nothing is decoded. */
record SkeletonKeys(Population population) {

    private static final long MILLIS_PER_QUARTER = 15 * 60 * 1_000L;
    private static final long QUARTERS_PER_DAY = 96;
    private static final long DAYS_FROM = 5_000_000_000_000L;
    private static final long QUARTERS_FROM = 500_000_000_000_000L;

    String organizationOfUser(String id) {
        return Population.organization(population.organizationOfUser(Population.number(id)));
    }

    String organizationOfPayment(String id) {
        return Population.organization(population.organizationOfPayment(Population.number(id)));
    }

    /** What a change of a user counts in: all together, and its day; at first also its roles. */
    List<String> ofUser(String scope, String id, boolean first) {
        long day = quarter(Lives.createdAt(Population.number(id), population.users())) / QUARTERS_PER_DAY;
        var total = '!' + scope;
        var ofDay = scope + '@' + (DAYS_FROM + day);
        return first ? List.of(total, ofDay, '"' + scope + "@viewer", ofDay + "@viewer") : List.of(total, ofDay);
    }

    /** What a change of a payment counts in: all together, its day, and its quarter of an hour. */
    List<String> ofPayment(String scope, String id) {
        long quarter = quarter(Lives.createdAt(Population.number(id), population.payments()));
        return List.of(
                '!' + scope,
                scope + '@' + (DAYS_FROM + quarter / QUARTERS_PER_DAY),
                "'" + scope + '@' + (QUARTERS_FROM + quarter));
    }

    private static long quarter(Instant time) {
        return time.toEpochMilli() / MILLIS_PER_QUARTER;
    }
}
