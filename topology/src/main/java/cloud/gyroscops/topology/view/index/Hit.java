package cloud.gyroscops.topology.view.index;

/**
 * A row that was found.
 *
 * @param <V> the rows
 */
public record Hit<V>(Place place, V row) {}
