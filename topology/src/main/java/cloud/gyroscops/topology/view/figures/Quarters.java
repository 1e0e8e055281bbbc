package cloud.gyroscops.topology.view.figures;

import java.time.Instant;

/**
 * Quarters of an hour since 1970 in UTC: the finest that figures are kept by. In every zone, days have begun with one since
 * 1972; before, and only before, some began a few minutes off, and there a quarter belongs to the day in which it begins.
 */
final class Quarters {

    static final int PER_DAY = 96;
    static final int SECONDS = 900;

    private Quarters() {}

    /** The quarter that holds a moment. */
    static long of(Instant moment) {
        return Math.floorDiv(moment.getEpochSecond(), SECONDS);
    }

    /** The first quarter that does not begin before a moment, which is a whole second. */
    static long notBefore(Instant moment) {
        return -Math.floorDiv(-moment.getEpochSecond(), SECONDS);
    }

    /** The day since 1970 in UTC that holds a quarter. */
    static long day(long quarter) {
        return Math.floorDiv(quarter, PER_DAY);
    }

    /** Which quarter of its day it is, from 0. */
    static int ofDay(long quarter) {
        return Math.floorMod(quarter, PER_DAY);
    }

    static Instant start(long quarter) {
        return Instant.ofEpochSecond(quarter * SECONDS);
    }
}
