package cloud.gyroscops.topology.view.index;

/**
 * Where a row stands among others in an {@link Ordering}.
 *
 * @param number the value sorted by, if it is a number; otherwise 0
 * @param text the value sorted by, if it is a text; otherwise empty
 * @param key the row's key, which decides among equal ones
 */
public record Place(long number, String text, String key) {}
