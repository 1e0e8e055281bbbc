package cloud.gyroscops.topology.view.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.TaskCorruptedException;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
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
    void whatIsMarkedAgainWithoutAnyChangeIsNotCommittedAgain() throws IOException {
        try (var index = new LuceneIndex(directory, AT_ONCE)) {
            put(index, "one", "ada");
            index.mark(Map.of("changelog-0", "7"));
            var before = files();

            index.mark(Map.of("changelog-0", "7"));
            assertThat(files()).containsExactlyInAnyOrderElementsOf(before);

            index.mark(Map.of("changelog-0", "8"));
            assertThat(files()).isNotEqualTo(before);
        }
    }

    @Test
    void whatIsMarkedAgainThoughNotOnDiskYetIsCommittedThen() throws IOException {
        try (var index = new LuceneIndex(directory, Duration.ofMillis(50))) {
            put(index, "one", "ada");
            index.mark(Map.of("changelog-0", "7"));

            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
                index.mark(Map.of("changelog-0", "7"));
                return files().stream()
                        .anyMatch(file -> file.getFileName().toString().startsWith("segments_"));
            });
        }
    }

    @Test
    void aPurgeThatIsInMoreOfAHurryDoesNotWaitForTheOneBeforeIt() throws IOException {
        try (var index = new LuceneIndex(directory, AT_ONCE)) {
            putOthers(index);
            put(index, "one", ADA);
            index.mark(Map.of("changelog-0", "1"));
            index.delete(RowFields.term("one"));
            index.mark(Map.of("changelog-0", "2"));
            index.purge(LATER);
            index.purge(AT_ONCE);

            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> !onDisk(ADA));
            assertThat(all(index)).isEqualTo(OTHERS);
        }
    }

    @Test
    void whatCannotBeOpenedCanBeRemovedAndMadeAgain() throws IOException {
        try (var index = new LuceneIndex(directory, AT_ONCE)) {
            putOthers(index);
            index.mark(Map.of("changelog-0", "7"));
        }
        for (var file : files()) {
            if (file.toString().endsWith(".cfs")) {
                Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 100));
            }
        }

        assertThatThrownBy(() -> new LuceneIndex(directory, AT_ONCE)).isInstanceOf(IOException.class);
        for (var file : files()) {
            Files.delete(file);
        }

        try (var index = new LuceneIndex(directory, AT_ONCE)) {
            assertThat(all(index)).isZero();
        }
    }

    @Test
    void anIndexOfWhichSomethingIsGoneIsMadeAgain() throws IOException {
        for (var damage : List.<Damage>of(
                file -> Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 100)),
                file -> Files.write(file, new byte[0]),
                Files::delete)) {
            var context = new MockProcessorContext<>(
                    settings(),
                    new TaskId(0, 0),
                    Files.createTempDirectory(directory, "task").toFile());
            var stores = context.getStateStoreContext();
            try (var index = new LuceneIndex(context.stateDir().toPath().resolve("lucene/rows"), AT_ONCE)) {
                putOthers(index);
                index.mark(Map.of("changelog-0", "7"));
            }
            try (var files = Files.list(context.stateDir().toPath().resolve("lucene/rows"))) {
                for (var file :
                        files.filter(each -> each.toString().endsWith(".cfs")).toList()) {
                    damage.to(file);
                }
            }
            var rows = new IndexedRows<>(
                    "rows", (key, row) -> new Document(), Serdes.String().deserializer());

            assertThatThrownBy(() -> rows.init(stores, rows)).isInstanceOf(TaskCorruptedException.class);
        }
    }

    private static Properties settings() {
        var settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "views");
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:9092");
        return settings;
    }

    private interface Damage {
        void to(Path file) throws IOException;
    }

    private List<Path> files() throws IOException {
        try (var files = Files.list(directory)) {
            return files.toList();
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

            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> !onDisk(ADA) && !onDisk(COUNTESS));
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
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> !onDisk(ADA));

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
