package cloud.gyroscops.query.http;

import cloud.gyroscops.topology.view.figures.DateRange;

/** The days that figures are asked for. */
public final class Days {

    private Days() {}

    /** {@code from} a day {@code to} another in a {@code zone}; open where they are not given. */
    public static DateRange of(Given given) {
        return given.asked(() ->
                new DateRange(given.date("from").orElse(null), given.date("to").orElse(null), given.zone("zone")));
    }
}
