package cloud.gyroscops.topology.view.index;

import java.util.Collection;
import java.util.List;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;

/** Conditions that must all hold, and the fields that they are about. */
public final class Queries {

    private final BooleanQuery.Builder conditions = new BooleanQuery.Builder();
    private Query only;
    private int count;

    /** Has a field hold exactly this; empty: anything. */
    public Queries is(String field, String value) {
        return value.isEmpty() ? this : add(new TermQuery(new Term(field, value)));
    }

    /** Has a field hold one of these; none: anything. */
    public Queries isOneOf(String field, Collection<String> values) {
        return switch (values.size()) {
            case 0 -> this;
            case 1 -> is(field, values.iterator().next());
            default ->
                add(new TermInSetQuery(field, values.stream().map(BytesRef::new).toList()));
        };
    }

    /** Has a field hold a number within bounds, both included; without any bound, also none. */
    public Queries isBetween(String field, long least, long most) {
        return least == Long.MIN_VALUE && most == Long.MAX_VALUE
                ? this
                : add(LongPoint.newRangeQuery(field, least, most));
    }

    /** Has a field hold, for each word of a text, one that begins so; blank: anything. No word is like signs alone. */
    public Queries hasWords(String field, String text) {
        var words = Words.of(text);
        if (words.isEmpty() && !text.isBlank()) {
            add(new MatchNoDocsQuery());
        }
        words.stream().distinct().forEach(word -> add(new PrefixQuery(new Term(field, word))));
        return this;
    }

    private Queries add(Query condition) {
        only = condition;
        count++;
        conditions.add(condition, Occur.FILTER);
        return this;
    }

    /** All conditions together. */
    public Query query() {
        return switch (count) {
            case 0 -> new MatchAllDocsQuery();
            case 1 -> only;
            default -> conditions.build();
        };
    }

    /** A field for {@link #is}; may be there several times. */
    public static void addTerm(Document document, String field, String value) {
        document.add(new StringField(field, value, Field.Store.NO));
    }

    /** A field for {@link #hasWords}. */
    public static void addWords(Document document, String field, List<String> texts) {
        texts.stream()
                .flatMap(text -> Words.of(text).stream())
                .distinct()
                .forEach(word -> addTerm(document, field, word));
    }

    /** A field for {@link #isBetween}, and for an {@link Ordering}. */
    public static void addNumber(Document document, String field, long value) {
        document.add(new LongPoint(field, value));
        document.add(new NumericDocValuesField(field, value));
    }

    /** A field for an {@link Ordering}. */
    public static void addText(Document document, String field, String value) {
        document.add(new SortedDocValuesField(field, new BytesRef(value)));
    }
}
