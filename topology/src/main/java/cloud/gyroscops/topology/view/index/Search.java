package cloud.gyroscops.topology.view.index;

import java.io.IOException;
import org.apache.lucene.search.IndexSearcher;

/**
 * Something that is searched for.
 *
 * @param <A> what is found
 */
@FunctionalInterface
public interface Search<A> {

    /** Searches; what is found must not depend on the searcher any more. */
    A on(IndexSearcher searcher) throws IOException;
}
