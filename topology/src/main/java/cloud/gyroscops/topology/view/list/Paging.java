package cloud.gyroscops.topology.view.list;

import cloud.gyroscops.topology.view.index.Ordering;
import cloud.gyroscops.topology.view.index.Place;
import java.util.Optional;

/**
 * Which part of a list is wanted.
 *
 * @param page from 1; 1 where there is a cursor
 * @param limit how many rows a page has, 1 to 200
 * @param cursor to go on where a page ended; empty: by page
 */
public record Paging(int page, int limit, String cursor) {

    /** What a page has unless told otherwise. */
    public static final int DEFAULT_LIMIT = 20;

    /** The most rows of a page. */
    public static final int MAX_LIMIT = 200;

    /** How many rows of an organization can be reached by page; beyond, by cursor. */
    public static final int DEEPEST = 10_000;

    /** The same over all organizations, where each partition gives all rows up to there. */
    public static final int DEEPEST_OVER_ALL = 1_000;

    /** The first page. */
    public static final Paging FIRST = new Paging(1, DEFAULT_LIMIT, "");

    /** Checks the values. */
    public Paging {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("limit is " + limit + "; it must be 1 to " + MAX_LIMIT);
        }
        if (page < 1) {
            throw new IllegalArgumentException("page is " + page + "; it must be 1 or more");
        }
        if (!cursor.isEmpty() && page != 1) {
            throw new IllegalArgumentException("page is " + page + "; there must be none beside a cursor");
        }
    }

    /** Checks that pages are within reach. */
    void within(int deepest) {
        if ((long) page * limit > deepest) {
            throw new IllegalArgumentException("page is " + page + "; only the first " + deepest
                    + " rows can be reached by page: go on with the cursor of a page before it");
        }
    }

    int skipped() {
        return (page - 1) * limit;
    }

    /** The place to go on after. */
    Optional<Place> after(Ordering ordering) {
        return cursor.isEmpty() ? Optional.empty() : Optional.of(Cursor.read(cursor, ordering));
    }
}
