package cloud.gyroscops.topology.view.index;

import java.util.Comparator;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.util.BytesRef;

/**
 * In which order rows are given: by a field, equal ones by key. Rows without a number come last, whichever the direction.
 * Texts are compared as UTF-8.
 *
 * @param field a field with doc values
 * @param kind what it holds
 * @param descending whether the greatest come first; keys ascend either way
 */
public record Ordering(String field, Kind kind, boolean descending) {

    /** What a field holds. */
    public enum Kind {
        /** Integers of 64 bits; may be missing. */
        NUMBER,
        /** Texts. */
        TEXT
    }

    /** For places of several indexes. */
    public Comparator<Place> comparator() {
        Comparator<Place> byField = kind == Kind.NUMBER
                ? Comparator.comparingLong(Place::number)
                : Comparator.comparing(place -> new BytesRef(place.text()));
        return (descending ? byField.reversed() : byField).thenComparing(place -> new BytesRef(place.key()));
    }

    Sort sort() {
        var byKey = new SortField(RowFields.KEY, SortField.Type.STRING);
        if (kind == Kind.TEXT) {
            return new Sort(new SortField(field, SortField.Type.STRING, descending), byKey);
        }
        var byNumber = new SortField(field, SortField.Type.LONG, descending);
        byNumber.setMissingValue(descending ? Long.MIN_VALUE : Long.MAX_VALUE);
        return new Sort(byNumber, byKey);
    }

    Place place(FieldDoc found) {
        var key = text(found.fields[1]);
        return kind == Kind.NUMBER
                ? new Place((Long) found.fields[0], "", key)
                : new Place(0, text(found.fields[0]), key);
    }

    /** From where to go on, in an index of so many documents. */
    FieldDoc after(Place place, int documents) {
        Object value = kind == Kind.NUMBER ? (Object) place.number() : new BytesRef(place.text());
        // The last document: all with this very place are before it.
        return new FieldDoc(documents - 1, Float.NaN, new Object[] {value, new BytesRef(place.key())});
    }

    private static String text(Object value) {
        return value == null ? "" : ((BytesRef) value).utf8ToString();
    }
}
