package cloud.gyroscops.topology.view.list;

import cloud.gyroscops.topology.view.index.Search;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;

/** The best fitting descriptions in one index, each text once. */
record DescriptionSearch(String organizationId, TypedWords typed, int most) implements Search<List<Suggestion>> {

    private static final Sort BEST_FIRST =
            new Sort(SortField.FIELD_SCORE, new SortField(DescriptionDocuments.TEXT, SortField.Type.STRING));
    private static final int MORE = 4;

    @Override
    public List<Suggestion> on(IndexSearcher searcher) throws IOException {
        var query = query();
        // Organizations may have the same texts: then more of them are looked at.
        for (int wanted = most; ; wanted *= MORE) {
            var found = searcher.search(query, wanted, BEST_FIRST).scoreDocs;
            var texts = Arrays.stream(found)
                    .map(doc -> suggestion((FieldDoc) doc))
                    .distinct()
                    .limit(most)
                    .toList();
            if (texts.size() == most || found.length < wanted) {
                return texts;
            }
        }
    }

    private Suggestion suggestion(FieldDoc found) {
        return new Suggestion(
                ((BytesRef) found.fields[1]).utf8ToString(),
                (Float) found.fields[0] / (double) typed.words().size());
    }

    private Query query() {
        var words = typed.query(DescriptionDocuments.WORDS);
        return organizationId.isEmpty()
                ? words
                : new BooleanQuery.Builder()
                        .add(new TermQuery(new Term(DescriptionDocuments.ORGANIZATION, organizationId)), Occur.FILTER)
                        .add(words, Occur.MUST)
                        .build();
    }
}
