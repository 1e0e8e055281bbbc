package cloud.gyroscops.topology.view.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.Collector;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The first of many documents are the same ones, however few of them are looked at. */
final class NearestTest {

    private static final String NUMBER = "number";
    private static final String GROUP = "group";
    private static final int DOCUMENTS = 2_000;
    private static final int PAGE = 7;

    private record Row(String key, Long number, String group) {}

    @ParameterizedTest(name = "{0}, descending {2}, {3}")
    @MethodSource("lists")
    void pageAfterPageIsAsInAWholeSort(String spread, List<Row> rows, boolean descending, String group)
            throws Exception {
        var ordering = new Ordering(NUMBER, Ordering.Kind.NUMBER, descending);
        var expected = rows.stream()
                .filter(row -> group.isEmpty() || row.group().equals(group))
                .map(row -> new Place(number(row, descending), "", row.key()))
                .sorted(ordering.comparator())
                .toList();
        var found = new ArrayList<Place>();
        try (var directory = new ByteBuffersDirectory();
                var writer = new IndexWriter(directory, new IndexWriterConfig())) {
            for (var row : rows) {
                writer.addDocument(document(new Row(row.key(), 1L, "often")));
                writer.updateDocument(RowFields.term(row.key()), document(row));
                writer.addDocument(document(new Row("deleted", 2L, row.group())));
                writer.deleteDocuments(RowFields.term("deleted"));
                if (row.key().endsWith("500")) {
                    // Several segments.
                    writer.flush();
                }
            }
            try (var reader = DirectoryReader.open(writer)) {
                var query = group.isEmpty() ? new MatchAllDocsQuery() : new TermQuery(new Term(GROUP, group));
                readAll(new IndexSearcher(reader), query, ordering, found, expected.size());
            }
        }

        assertThat(found).isEqualTo(expected);
    }

    @Test
    void theLatestOfManyAreLookedForInAStretch() throws Exception {
        var searches = new ArrayList<Query>();
        try (var directory = new ByteBuffersDirectory();
                var writer = new IndexWriter(directory, new IndexWriterConfig())) {
            for (long number = 0; number < DOCUMENTS; number++) {
                writer.addDocument(document(new Row("k" + number, number, "often")));
            }
            try (var reader = DirectoryReader.open(writer)) {
                var searcher = new IndexSearcher(reader) {
                    @Override
                    public <C extends Collector, T> T search(Query query, CollectorManager<C, T> manager)
                            throws IOException {
                        searches.add(query);
                        return super.search(query, manager);
                    }
                };
                var latest = new Ordering(NUMBER, Ordering.Kind.NUMBER, true);
                new Nearest(searcher, new MatchAllDocsQuery(), latest, PAGE, Optional.empty()).find(DOCUMENTS);
                assertThat(searches).singleElement().satisfies(query -> assertThat(searcher.count(query))
                        .isBetween(PAGE, 10 * PAGE));
            }
        }
    }

    private static void readAll(IndexSearcher searcher, Query query, Ordering ordering, List<Place> found, int total)
            throws Exception {
        var after = Optional.<Place>empty();
        while (true) {
            var page = new Nearest(searcher, query, ordering, PAGE, after).find(searcher.count(query));
            for (var each : page.scoreDocs) {
                found.add(ordering.place((FieldDoc) each));
            }
            if (page.scoreDocs.length < PAGE || found.size() > total) {
                return;
            }
            after = Optional.of(found.get(found.size() - 1));
        }
    }

    /** Without a number a row comes last. */
    private static long number(Row row, boolean descending) {
        return row.number() != null ? row.number() : descending ? Long.MIN_VALUE : Long.MAX_VALUE;
    }

    private static Document document(Row row) {
        var document = new Document();
        Queries.addTerm(document, GROUP, row.group());
        if (row.number() != null) {
            Queries.addNumber(document, NUMBER, row.number());
        }
        return RowFields.add(document, row.key(), new byte[0]);
    }

    private static Stream<Arguments> lists() {
        var random = new Random(5);
        var next = new long[1];
        return Stream.of(
                        spread("rising", random, () -> next[0] += random.nextInt(3)),
                        spread("even", random, () -> random.nextLong(1_000_000)),
                        spread("all but one alike", random, () -> random.nextInt(500) == 0 ? Long.MAX_VALUE : 17L),
                        spread("far apart", random, random::nextLong),
                        spread("often none", random, () -> random.nextInt(3) > 0 ? null : random.nextLong(50)),
                        spread("none, or the greatest or least", random, () -> extreme(random)),
                        spread("never any", random, () -> null))
                .flatMap(list -> Stream.of(true, false).flatMap(descending -> Stream.of("", "often", "seldom")
                        .map(group -> Arguments.of(list.get()[0], list.get()[1], descending, group))));
    }

    private static Long extreme(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> null;
            case 1 -> Long.MAX_VALUE;
            case 2 -> Long.MIN_VALUE;
            default -> random.nextLong(1_000);
        };
    }

    private static Arguments spread(String name, Random random, Supplier<Long> number) {
        var rows = IntStream.range(0, DOCUMENTS)
                .mapToObj(i -> new Row("k" + i, number.get(), random.nextInt(8) == 0 ? "seldom" : "often"))
                .toList();
        return Arguments.of(name, rows);
    }
}
