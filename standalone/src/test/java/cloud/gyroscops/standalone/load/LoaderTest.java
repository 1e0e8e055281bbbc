package cloud.gyroscops.standalone.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LoaderTest {

    private static final Backoff BRIEF = new Backoff(Duration.ofMillis(1), Duration.ofMillis(5), 3);

    private StubServer server;

    @BeforeEach
    void start() throws IOException {
        server = new StubServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void sendsTheCommandsOfEachAggregateInOrder() throws InterruptedException {
        var lines = IntStream.range(0, 3_000)
                .mapToObj(i -> rename("o-" + i % 7, "c-" + i))
                .toList();

        var report = load(4, lines);

        assertThat(report.complete()).isTrue();
        assertThat(report.accepted()).isEqualTo(3_000);
        assertThat(byAggregate(server.commands()).values()).allSatisfy(ids -> assertThat(ids)
                .isSortedAccordingTo(Comparator.comparingInt(id -> Integer.parseInt(id.substring(2)))));
    }

    @Test
    void countsRejectionsByReason() throws InterruptedException {
        server.answer(command -> switch (id(command)) {
            case "c-1", "c-2" -> StubServer.rejected("NOT_FOUND");
            case "c-3" -> StubServer.rejected("NAME_TAKEN");
            default -> StubServer.accepted();
        });

        var report = load(1, renames(5));

        assertThat(report.rejected()).isEqualTo(Map.of("NOT_FOUND", 2L, "NAME_TAKEN", 1L));
        assertThat(report.accepted()).isEqualTo(2);
        assertThat(report.complete()).as("what is rejected is answered").isTrue();
    }

    @Test
    void sendsAgainWhatCouldNotBePublishedOrDecided() throws InterruptedException {
        var seen = ConcurrentHashMap.<String>newKeySet();
        server.answer(command -> Set.of("c-1", "c-3").contains(id(command)) && seen.add(id(command))
                ? "{\"status\":\"" + (id(command).equals("c-1") ? "PENDING" : "UNPUBLISHED") + "\"}"
                : StubServer.accepted());

        var report = load(1, renames(5));

        assertThat(report.accepted()).isEqualTo(5);
        assertThat(server.commands().stream()
                        .filter(command -> Set.of("c-1", "c-3").contains(id(command))))
                .hasSize(4);
        assertThat(server.commands()).hasSize(7);
    }

    @Test
    void sendsAgainWhatWasNotAnsweredBeforeTheConnectionBroke() throws InterruptedException {
        var broken = new AtomicBoolean();
        server.answer(command -> id(command).equals("c-3") && broken.compareAndSet(false, true)
                ? StubServer.CUT
                : StubServer.accepted());

        var report = load(1, renames(6));

        assertThat(report.complete()).isTrue();
        assertThat(report.accepted()).isEqualTo(6);
        assertThat(server.commands().stream().filter(command -> id(command).equals("c-3")))
                .hasSize(2);
    }

    @Test
    void waitsForAServerThatIsNotReady() throws InterruptedException {
        server.failWith(503, 500);

        assertThat(load(1, renames(2)).accepted()).isEqualTo(2);
    }

    @Test
    void givesUpAfterSoManyAttemptsInVain() throws InterruptedException {
        server.failWith(503, 503, 503, 503, 503);

        var report = load(1, renames(2));

        assertThat(report.complete()).isFalse();
        assertThat(report.stopped()).isEqualTo("given up at line 1: the server answered 503");
        assertThat(report.answered()).isZero();
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void doesNotGiveUpWhileThereIsProgress() throws InterruptedException {
        // So many in a row: an answer that comes just before the connection breaks may be lost with it.
        var backoff = new Backoff(Duration.ofMillis(1), Duration.ofMillis(5), 20);
        var attempts = new AtomicInteger();
        // Of every request, the first line is answered and the rest left over.
        server.answer(command -> attempts.getAndIncrement() % 2 == 0 ? StubServer.accepted() : StubServer.CUT);

        var report = new Loader(server.uri(), 1, backoff).load(renames(200).iterator(), so -> {}, () -> false);

        assertThat(report.accepted()).isEqualTo(200);
        assertThat(attempts.get()).isGreaterThan(backoff.attempts() * 2);
    }

    @Test
    void stopsAtOnceWhereThereIsNoSuchServer() throws InterruptedException {
        server.failWith(404);

        assertThat(load(1, renames(2)).stopped()).contains("answered 404; is it a gyroscops?");
    }

    @Test
    void stopsWhenItIsCancelled() throws InterruptedException {
        server.answer(command -> "{\"status\":\"PENDING\"}");
        var patient = new Backoff(Duration.ofMillis(1), Duration.ofMillis(5), 1_000_000);

        var report = new Loader(server.uri(), 1, patient)
                .load(renames(2).iterator(), so -> {}, () -> !server.requests().isEmpty());

        assertThat(report.stopped()).isEqualTo("interrupted");
    }

    @Test
    void namesMalformedLinesByTheirNumbers() throws InterruptedException {
        server.answer(command -> command.path("type").asText().equals("Nonsense")
                ? "{\"status\":\"MALFORMED\",\"detail\":\"type is no command\"}"
                : StubServer.accepted());

        var report = load(
                2,
                List.of(
                        rename("o-1", "c-1"),
                        "",
                        "{\"type\":",
                        "[1]",
                        "{\"type\":\"Nonsense\",\"aggregateId\":\"o-1\"}",
                        rename("o-1", "c-2")));

        assertThat(report.accepted()).isEqualTo(2);
        assertThat(report.malformed()).isEqualTo(3);
        assertThat(report.problems())
                .anySatisfy(problem -> assertThat(problem).startsWith("line 3: no JSON"))
                .anySatisfy(problem -> assertThat(problem).startsWith("line 4: no JSON object"))
                .contains("line 5: type is no command");
        assertThat(report.complete()).isFalse();
    }

    @Test
    void givesLinesWithoutIdsTheSameIdsEveryTime() throws InterruptedException {
        var lines = Stream.generate(() -> "{\"type\":\"CapturePayment\",\"aggregateId\":\"p-1\"}")
                .limit(3)
                .toList();
        load(1, lines);
        var first = server.commands().stream().map(LoaderTest::id).toList();

        load(1, lines);

        assertThat(first).doesNotHaveDuplicates().allSatisfy(id -> assertThat(id)
                .startsWith("line-"));
        assertThat(server.commands().stream().skip(3).map(LoaderTest::id)).isEqualTo(first);
    }

    @Test
    void aCommandWaitsUntilWhatItNamesIsAnswered() throws InterruptedException {
        var answered = ConcurrentHashMap.<String>newKeySet();
        var tooEarly = ConcurrentHashMap.<String>newKeySet();
        server.answer(command -> {
            var user = command.path("payload").path("userId").asText("");
            if (!user.isEmpty() && !answered.contains(user)) {
                tooEarly.add(id(command));
            }
            answered.add(command.path("aggregateId").asText());
            return StubServer.accepted();
        });
        var lines = new ArrayList<String>();
        for (int i = 0; i < 50; i++) {
            lines.add("{\"type\":\"CreateUser\",\"aggregateId\":\"u-" + i + "\",\"commandId\":\"cu-" + i
                    + "\",\"payload\":{\"organizationId\":\"o-1\"}}");
            lines.add("{\"type\":\"CreatePayment\",\"aggregateId\":\"p-" + i + "\",\"commandId\":\"cp-" + i
                    + "\",\"payload\":{\"organizationId\":\"o-1\",\"userId\":\"u-" + i + "\"}}");
        }

        var report = load(4, lines);

        assertThat(report.accepted()).isEqualTo(100);
        assertThat(tooEarly).isEmpty();
    }

    @Test
    void tellsHowFarItHasCome() throws InterruptedException {
        var told = new ArrayList<LoadReport>();

        new Loader(server.uri(), 1, BRIEF).load(renames(3).iterator(), told::add, () -> false);

        assertThat(told.get(told.size() - 1).answered()).isEqualTo(3);
    }

    @Test
    void aProblemWithReadingEndsTheLoad() throws InterruptedException {
        var lines = Stream.<String>generate(() -> {
            throw new IllegalStateException("disk on fire");
        });

        var report = new Loader(server.uri(), 1, BRIEF).load(lines.iterator(), so -> {}, () -> false);

        assertThat(report.stopped()).isEqualTo("the commands cannot be read: disk on fire");
    }

    @Test
    void thereIsAtLeastOneLane() {
        assertThatThrownBy(() -> new Loader(server.uri(), 0, BRIEF)).hasMessageContaining("parallel is 0");
    }

    @Test
    void pausesGrowUpToTheLongest() {
        var backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1), 3);

        assertThat(IntStream.of(1, 2, 3, 5, 1_000).mapToObj(backoff::after).map(Duration::toMillis))
                .containsExactly(100L, 200L, 400L, 1_000L, 1_000L);
    }

    private LoadReport load(int parallel, List<String> lines) throws InterruptedException {
        return new Loader(server.uri(), parallel, BRIEF).load(lines.iterator(), so -> {}, () -> false);
    }

    private static List<String> renames(int count) {
        return IntStream.range(0, count).mapToObj(i -> rename("o-1", "c-" + i)).toList();
    }

    private static String rename(String organization, String commandId) {
        return "{\"type\":\"RenameOrganization\",\"aggregateId\":\"" + organization + "\",\"commandId\":\"" + commandId
                + "\",\"payload\":{\"name\":\"N\"}}";
    }

    private static Map<String, List<String>> byAggregate(List<JsonNode> commands) {
        return commands.stream()
                .collect(Collectors.groupingBy(
                        command -> command.path("aggregateId").asText(),
                        Collectors.mapping(LoaderTest::id, Collectors.toList())));
    }

    private static String id(JsonNode command) {
        return command.path("commandId").asText();
    }
}
