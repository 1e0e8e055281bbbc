package cloud.gyroscops.topology.view.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import org.apache.lucene.document.Document;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.TermQuery;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LuceneIndexTest {

    private static final Duration AT_ONCE = Duration.ZERO;
    private static final Duration LATER = Duration.ofHours(1);

    /** Files are compressed: texts that have four letters in common would not be found. */
    private static final String ADA = "q7zj4xw@v93kd";

    private static final String BOB = "w5hx2tq@j81mz";
    private static final String COUNTESS = "r3nf6cy@b40ps";
    private static final int OTHERS = 40;

    @TempDir
    private Path directory;

    @Test
    void whatWasPutIsFoundAtOnce() throws IOException {
        try (var index = new LuceneIndex(directory, LATER)) {
            put(index, "one", "ada");

            assertThat(found(index, "one")).isEqualTo(1);
        }
    }

    @Test
    void whatWasPutAgainIsThereOnce() throws IOException {
        try (var index = new LuceneIndex(directory, LATER)) {
            put(index, "one", "ada");
            put(index, "one", "bob");

            assertThat(all(index)).isEqualTo(1);
        }
    }

    @Test
    void whatWasDeletedIsFoundNoMore() throws IOException {
        try (var index = new LuceneIndex(directory, LATER)) {
            put(index, "one", "ada");
            put(index, "two", "bob");
            index.delete(RowFields.term("one"));

            assertThat(found(index, "one")).isZero();
            assertThat(all(index)).isEqualTo(1);
        }
    }

    @Test
    void whatWasMarkedIsThereAgainWithItsMark() throws IOException {
        try (var index = new LuceneIndex(directory, LATER)) {
            put(index, "one", "ada");
            index.mark(Map.of("changelog-0", "7"));
        }

        try (var index = new LuceneIndex(directory, LATER)) {
            assertThat(all(index)).isEqualTo(1);
            assertThat(index.mark("changelog-0")).isEqualTo("7");
        }
    }

    @Test
    void whatWasWrittenAfterTheLastMarkIsNotKept() throws IOException {
        try (var index = new LuceneIndex(directory, AT_ONCE)) {
            put(index, "one", "ada");
            index.mark(Map.of("changelog-0", "7"));
            put(index, "two", "bob");
        }

        try (var index = new LuceneIndex(directory, AT_ONCE)) {
            assertThat(all(index)).isEqualTo(1);
            assertThat(index.mark("changelog-0")).isEqualTo("7");
        }
    }

    @Test
    void forgottenMarksDoNotComeAgain() throws IOException {
        try (var index = new LuceneIndex(directory, LATER)) {
            index.mark(Map.of("changelog-0", "7"));
            index.unmark();
        }

        try (var index = new LuceneIndex(directory, LATER)) {
            assertThat(index.mark("changelog-0")).isNull();
        }
    }

    @Test
    void aMarkThatIsNullIsRemoved() throws IOException {
        try (var index = new LuceneIndex(directory, LATER)) {
            index.mark(Map.of("changelog-0", "7"));
            index.mark(Collections.singletonMap("changelog-0", null));

            assertThat(index.mark("changelog-0")).isNull();
        }
    }

    @Test
    void afterAPurgeNoFileHoldsWhatWasDeletedOrReplaced() throws IOException {
        try (var index = new LuceneIndex(directory, AT_ONCE)) {
            putOthers(index);
            put(index, "one", ADA);
            put(index, "two", BOB);
            index.mark(Map.of("changelog-0", "1"));
            put(index, "one", COUNTESS);
            index.mark(Map.of("changelog-0", "2"));
            assertThat(onDisk(ADA)).isTrue();
            assertThat(onDisk(COUNTESS)).isTrue();

            index.delete(RowFields.term("one"));
            index.mark(Map.of("changelog-0", "3"));
            index.purge(AT_ONCE);

            Awaitility.await().until(() -> !onDisk(ADA) && !onDisk(COUNTESS));
            assertThat(onDisk(BOB)).isTrue();
            assertThat(all(index)).isEqualTo(1 + OTHERS);
        }
    }

    @Test
    void aPurgeThatDidNotComeBeforeTheEndComesAfterTheNextStart() throws IOException {
        try (var index = new LuceneIndex(directory, AT_ONCE)) {
            putOthers(index);
            put(index, "one", ADA);
            put(index, "two", BOB);
            index.mark(Map.of("changelog-0", "1"));
            index.delete(RowFields.term("one"));
            index.purge(LATER);
            index.mark(Map.of("changelog-0", "2"));
        }
        assertThat(onDisk(ADA)).isTrue();

        try (var index = new LuceneIndex(directory, AT_ONCE)) {
            Awaitility.await().until(() -> !onDisk(ADA));

            assertThat(all(index)).isEqualTo(1 + OTHERS);
            assertThat(index.mark("changelog-0")).isEqualTo("2");
        }
    }

    private static void put(LuceneIndex index, String key, String row) throws IOException {
        var document = RowFields.add(new Document(), key, row.getBytes(StandardCharsets.UTF_8));
        Queries.addText(document, "text", row);
        Queries.addTerm(document, "text", row);
        index.put(RowFields.term(key), document);
    }

    /** So many that Lucene has no reason of its own to remove the few that are deleted. */
    private static void putOthers(LuceneIndex index) throws IOException {
        for (int i = 0; i < OTHERS; i++) {
            put(index, "other-" + i, "other " + i);
        }
    }

    private static int found(LuceneIndex index, String key) throws IOException {
        return index.search(searcher -> searcher.count(new TermQuery(RowFields.term(key))));
    }

    private static int all(LuceneIndex index) throws IOException {
        return index.search(searcher -> searcher.count(new MatchAllDocsQuery()));
    }

    private boolean onDisk(String text) throws IOException {
        try (var files = Files.list(directory)) {
            for (var file : files.toList()) {
                if (new String(read(file), StandardCharsets.ISO_8859_1).contains(text)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** A file may go at any time. */
    private static byte[] read(Path file) throws IOException {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException gone) {
            return new byte[0];
        }
    }
}
