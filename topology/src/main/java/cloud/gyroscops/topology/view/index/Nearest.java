package cloud.gyroscops.topology.view.index;

import java.io.IOException;
import java.util.Optional;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.index.PointValues;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexOrDocValuesQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.apache.lucene.search.TopFieldDocs;

/**
 * The first of many documents in an order by number. Documents are in an index much as they were written, so that in a list that
 * begins with the latest each one is better than all before it, and Lucene, which passes over what cannot be among the first
 * any more, passes over nothing. Here it looks at a stretch of the numbers first that should hold enough, and at a longer
 * one where it does not: what is found is the same.
 */
final class Nearest {

    /** Where there are not so many times as many documents as are wanted, all are looked at. */
    private static final int MANY_TIMES = 16;

    /** How much longer a stretch is than it had to be if numbers were spread evenly; and than the one before. */
    private static final int LONGER = 4;

    private static final double NEARLY_ALL = 0.5;

    private final IndexSearcher searcher;
    private final Query query;
    private final Ordering ordering;
    private final int wanted;
    private final Optional<Place> after;

    /**
     * Looks for nothing yet.
     *
     * @param wanted how many, 1 or more
     * @param after the place to go on after; empty: from the beginning
     */
    Nearest(IndexSearcher searcher, Query query, Ordering ordering, int wanted, Optional<Place> after) {
        this.searcher = searcher;
        this.query = query;
        this.ordering = ordering;
        this.wanted = wanted;
        this.after = after;
    }

    /**
     * The first ones.
     *
     * @param total how many match, wherever they are
     */
    TopFieldDocs find(int total) throws IOException {
        var reader = searcher.getIndexReader();
        boolean numbers = ordering.kind() == Ordering.Kind.NUMBER
                && wanted <= total / MANY_TIMES
                && PointValues.size(reader, ordering.field()) > 0;
        if (numbers) {
            long least = LongPoint.decodeDimension(PointValues.getMinPackedValue(reader, ordering.field()), 0);
            long most = LongPoint.decodeDimension(PointValues.getMaxPackedValue(reader, ordering.field()), 0);
            long from = after.map(Place::number).orElse(ordering.descending() ? most : least);
            // Behind the last number are those that have none: a stretch ends before it.
            long room = ordering.descending() ? distance(least, from) : distance(from, most);
            double all = (double) most - least;
            long last = -1;
            for (double part = (double) LONGER * wanted / total; part < NEARLY_ALL; part *= LONGER) {
                long length = (long) (part * all);
                if (length >= room) {
                    break;
                }
                if (length > last) {
                    var found = search(near(from, length));
                    if (found.scoreDocs.length == wanted) {
                        return found;
                    }
                }
                last = length;
            }
        }
        return search(query);
    }

    /** At most what a long holds; 0 where the second is no greater. */
    private static long distance(long low, long high) {
        long distance = high - low;
        return high < low ? 0 : distance < 0 ? Long.MAX_VALUE : distance;
    }

    /** What matches in a stretch of the numbers. */
    private Query near(long from, long length) {
        long low = ordering.descending() ? from - length : from;
        long high = ordering.descending() ? from : from + length;
        var stretch = new IndexOrDocValuesQuery(
                LongPoint.newRangeQuery(ordering.field(), low, high),
                NumericDocValuesField.newSlowRangeQuery(ordering.field(), low, high));
        return new BooleanQuery.Builder()
                .add(query, Occur.FILTER)
                .add(stretch, Occur.FILTER)
                .build();
    }

    private TopFieldDocs search(Query within) throws IOException {
        int documents = searcher.getIndexReader().maxDoc();
        FieldDoc from = after.map(place -> ordering.after(place, documents)).orElse(null);
        return searcher.search(within, new TopFieldCollectorManager(ordering.sort(), wanted, from, 1));
    }
}
