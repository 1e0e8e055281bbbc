package cloud.gyroscops.topology.view.index;

import org.apache.lucene.document.Document;

/**
 * What of a row can be searched and sorted by.
 *
 * @param <V> the rows
 */
@FunctionalInterface
public interface Documents<V> {

    /** The fields of a row; key and row are added to them. */
    Document of(String key, V row);
}
