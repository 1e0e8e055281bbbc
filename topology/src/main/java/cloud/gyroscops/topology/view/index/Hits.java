package cloud.gyroscops.topology.view.index;

import java.util.Comparator;
import java.util.List;

/**
 * What one partition has found.
 *
 * @param total how many rows match, exactly, whether or not they are among the hits
 * @param hits some of them, in order
 * @param <V> the rows
 */
public record Hits<V>(long total, List<Hit<V>> hits) {

    /** Copies the list. */
    public Hits {
        hits = List.copyOf(hits);
    }

    /** What several partitions have found, in one order. */
    public static <V> Hits<V> merged(List<Hits<V>> parts, Ordering ordering) {
        return new Hits<>(
                parts.stream().mapToLong(Hits::total).sum(),
                parts.stream()
                        .flatMap(part -> part.hits().stream())
                        .sorted(Comparator.comparing(Hit::place, ordering.comparator()))
                        .toList());
    }
}
