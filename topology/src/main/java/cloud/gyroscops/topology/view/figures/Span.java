package cloud.gyroscops.topology.view.figures;

/**
 * Quarters of an hour that follow each other.
 *
 * @param from the first; {@link #OPEN_BEGIN}: from the beginning
 * @param until the first that does not belong to it; {@link #OPEN_END}: to the end
 */
record Span(long from, long until) {

    static final long OPEN_BEGIN = Long.MIN_VALUE;
    static final long OPEN_END = Long.MAX_VALUE;

    boolean everything() {
        return from == OPEN_BEGIN && until == OPEN_END;
    }

    boolean holds(long quarter) {
        return quarter >= from && quarter < until;
    }

    /** Whether all of a day in UTC belongs to it. */
    boolean holdsDay(long day) {
        return holds(day * Quarters.PER_DAY) && holds((day + 1) * Quarters.PER_DAY - 1);
    }

    /** The first day in UTC of which all belongs to it. */
    long firstWholeDay() {
        return from == OPEN_BEGIN ? OPEN_BEGIN : -Math.floorDiv(-from, Quarters.PER_DAY);
    }

    /** The day in UTC after the last of which all belongs to it. */
    long afterLastWholeDay() {
        return until == OPEN_END ? OPEN_END : Quarters.day(until);
    }
}
