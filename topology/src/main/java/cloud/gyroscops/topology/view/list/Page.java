package cloud.gyroscops.topology.view.list;

import cloud.gyroscops.topology.view.index.Hit;
import cloud.gyroscops.topology.view.index.Hits;
import cloud.gyroscops.topology.view.index.Ordering;
import java.util.List;
import java.util.Optional;

/**
 * A part of a list.
 *
 * @param total how many rows match, exactly
 * @param rows those of this page, in order
 * @param next the cursor of what comes after; empty if nothing does
 * @param <V> the views
 */
public record Page<V>(long total, List<Row<V>> rows, Optional<String> next) {

    /** A row of a list. */
    public record Row<V>(String id, V view) {}

    /** Copies the list. */
    public Page {
        rows = List.copyOf(rows);
    }

    /** From hits of which the first ones are skipped, and which go beyond the page where there is more. */
    static <V> Page<V> of(Hits<V> found, int skip, int limit, Ordering ordering) {
        var hits = found.hits();
        var page = hits.subList(Math.min(skip, hits.size()), Math.min(skip + limit, hits.size()));
        boolean more = hits.size() > skip + limit;
        return new Page<>(
                found.total(),
                page.stream().map(Page::row).toList(),
                more ? Optional.of(Cursor.write(page.get(page.size() - 1).place(), ordering)) : Optional.empty());
    }

    private static <V> Row<V> row(Hit<V> hit) {
        return new Row<>(hit.place().key(), hit.row());
    }
}
