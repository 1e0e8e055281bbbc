package cloud.gyroscops.topology.view.figures;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * The days in which something was created.
 *
 * @param from the first day; null: from the beginning
 * @param to the last day; null: to the end
 * @param zone where the days begin and end
 */
public record DateRange(LocalDate from, LocalDate to, ZoneId zone) {

    /** All days there are, in UTC. */
    public static final DateRange ALL = new DateRange(null, null, ZoneOffset.UTC);

    private static final int LAST_YEAR = 9999;

    /** Checks the values; throws {@link IllegalArgumentException} that names a bad one. */
    public DateRange {
        check("from", from);
        check("to", to);
        if (from != null && to != null && from.isAfter(to)) {
            throw new IllegalArgumentException("from is " + from + ", after to, " + to);
        }
        if (zone.getRules().isFixedOffset()) {
            var offset = zone.getRules().getOffset(Instant.EPOCH);
            if (offset.getTotalSeconds() % Quarters.SECONDS != 0) {
                throw new IllegalArgumentException(
                        "zone is " + zone + "; it must be whole quarters of an hour from UTC, as all zones are");
            }
        }
    }

    private static void check(String what, LocalDate date) {
        if (date != null && (date.getYear() < 1 || date.getYear() > LAST_YEAR)) {
            throw new IllegalArgumentException(what + " is " + date + "; it must be in the years 1 to " + LAST_YEAR);
        }
    }

    Span span() {
        return new Span(
                from == null ? Span.OPEN_BEGIN : begin(from), to == null ? Span.OPEN_END : begin(to.plusDays(1)));
    }

    private long begin(LocalDate day) {
        return Quarters.notBefore(day.atStartOfDay(zone).toInstant());
    }
}
