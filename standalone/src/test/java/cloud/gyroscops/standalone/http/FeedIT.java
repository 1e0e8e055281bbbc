package cloud.gyroscops.standalone.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cloud.gyroscops.contract.organization.OrganizationCreated;
import cloud.gyroscops.contract.organization.OrganizationRenamed;
import cloud.gyroscops.contract.user.UserCreated;
import cloud.gyroscops.contract.user.UserDisabled;
import cloud.gyroscops.contract.user.UserEnabled;
import cloud.gyroscops.query.feed.FeedSettings;
import cloud.gyroscops.topology.view.Token;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class FeedIT {

    private static final int READERS = 6;
    private static final int QUEUE = 1_000;
    private static final int MANY = 12_000;
    private static final int AT_ONCE = 100;

    @TempDir
    private static Path directory;

    private static SplitSystem system;
    private static HttpUser user;
    private static int ids;

    private final List<FeedClient> clients = new ArrayList<>();
    private EventWriter writer;

    @BeforeAll
    static void start() {
        system = new SplitSystem(directory);
        // Who does not listen for two beats is cut off: a machine that stalls for a moment must not look like that.
        system.startApi(new FeedSettings(READERS, QUEUE, Duration.ofSeconds(1)));
        user = new HttpUser(system::http);
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    @BeforeEach
    void openWriter() {
        writer = new EventWriter(system.installation());
    }

    @AfterEach
    void closeAll() throws IOException {
        for (var client : clients) {
            client.close();
        }
        writer.close();
        await().untilAsserted(() -> assertThat(readers()).isZero());
    }

    @Test
    void aReaderHearsWhatIsCommittedFromNowOnAndNothingElse() throws Exception {
        var id = fresh("o");
        var earlier = follow("?aggregateId=" + id, null);
        writer.begin().write(id, id, new OrganizationCreated("Before")).commit();
        assertThat(earlier.keys(1)).hasSize(1);
        var reader = follow("?aggregateId=" + id, null);

        writer.begin().write(id, id, new OrganizationRenamed("Aborted")).abort();
        writer.begin()
                .write(id, id, new OrganizationRenamed("After"))
                .tombstone(id, 1)
                .commit();
        writer.begin().write(id, id, new OrganizationRenamed("Last")).commit();

        assertThat(reader.next().data().path("payload").path("name").textValue())
                .isEqualTo("After");
        var last = reader.next();
        assertThat(last.type()).isEqualTo("message");
        assertThat(last.data().path("key").textValue()).isEqualTo(id + "@3");
        assertThat(last.data().path("type").textValue()).isEqualTo("OrganizationRenamed");
        assertThat(reader.header("Content-Type")).startsWith("text/event-stream");
        assertThat(reader.header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void fromTheBeginningEverythingComesThatWasNotRemoved() throws Exception {
        var id = fresh("o");
        writer.begin().write(id, id, new OrganizationCreated("First")).commit();
        writer.begin().write(id, id, new OrganizationRenamed("Second")).commit();

        var reader = follow("?start=beginning&aggregateId=" + id, null);

        assertThat(reader.keys(2)).containsExactly(id + "@1", id + "@2");
    }

    @Test
    void filtersLetThroughWhatIsRightInEveryRespect() throws Exception {
        var acme = fresh("o");
        var emca = fresh("o");
        var ada = fresh("u");
        var bob = fresh("u");
        var byType = follow(
                "?type=UserDisabled&type=OrganizationCreated&organizationId=" + acme + "&organizationId=" + emca, null);
        var byOrganization = follow("?organizationId=" + acme, null);
        var byAggregate = follow("?aggregateId=" + ada + "&aggregateId=" + emca, null);
        var byAll = follow(
                "?aggregateType=users&organizationId=" + acme + "&aggregateId=" + ada + "&type=UserDisabled", null);

        writer.begin()
                .write(acme, acme, new OrganizationCreated("Acme"))
                .write(emca, emca, new OrganizationCreated("Emca"))
                .write(ada, acme, created(ada, acme))
                .write(bob, emca, created(bob, emca))
                .write(ada, acme, new UserDisabled())
                .write(bob, emca, new UserEnabled())
                .commit();
        // What comes last for each tells that nothing else came before.
        writer.begin()
                .write(ada, acme, new UserDisabled())
                .write(acme, acme, new OrganizationRenamed("Last"))
                .commit();

        assertThat(byType.keys(4)).containsExactlyInAnyOrder(acme + "@1", emca + "@1", ada + "@2", ada + "@3");
        assertThat(byOrganization.keys(5))
                .containsExactlyInAnyOrder(acme + "@1", ada + "@1", ada + "@2", ada + "@3", acme + "@2");
        assertThat(byAggregate.keys(4)).containsExactlyInAnyOrder(emca + "@1", ada + "@1", ada + "@2", ada + "@3");
        assertThat(byAll.keys(2)).containsExactly(ada + "@2", ada + "@3");
    }

    @Test
    void heartbeatsCarryAPositionFromWhichOneMayGoOn() throws Exception {
        var id = fresh("o");
        String position;
        try (var reader = follow("?aggregateId=" + id, null)) {
            writer.begin().write(id, id, new OrganizationCreated("Before")).commit();
            // A commit returns before it can be read; what was heard is behind the position.
            assertThat(reader.keys(1)).containsExactly(id + "@1");
            reader.awaitComment();
            reader.awaitComment();
            position = reader.lastEventId();
        }
        writer.begin().write(id, id, new OrganizationRenamed("After")).commit();

        assertThat(follow("?aggregateId=" + id, position).keys(1)).containsExactly(id + "@2");
        assertThat(follow("?aggregateId=" + id + "&lastEventId=" + position, null)
                        .keys(1))
                .containsExactly(id + "@2");
    }

    @Test
    void whoDoesNotReadIsCutOffWithAReasonAndHindersNobodyAndMayGoOn() throws Exception {
        var id = fresh("o");
        var slow = follow("?aggregateId=" + id, null);
        var fast = follow("?aggregateId=" + id, null);
        double cutOffBefore = metric("gyroscops_feed_cut_off_total{reason=\"too-slow\"}");
        var heard = new AtomicInteger();
        var all = CompletableFuture.supplyAsync(() -> keys(fast, heard), FeedIT::inBackground);
        var writing = CompletableFuture.runAsync(() -> writeMany(id, heard), FeedIT::inBackground);

        await().untilAsserted(() -> assertThat(metric("gyroscops_feed_cut_off_total{reason=\"too-slow\"}"))
                .isEqualTo(cutOffBefore + 1));
        var early = slow.keys(MANY);
        assertThat(slow.last().type()).isEqualTo("cut-off");
        assertThat(slow.last().data().path("reason").textValue()).isEqualTo("too-slow");
        assertThat(slow.next()).isNull();
        assertThat(all.join()).isEqualTo(inOrder(id, MANY));
        // Held up by the one who reads, and by nobody else.
        writing.join();

        var late = follow("?aggregateId=" + id, slow.lastEventId()).keys(MANY - early.size());
        early.addAll(late);
        assertThat(early).isEqualTo(inOrder(id, MANY));
    }

    @Test
    void moreReadersThanAllowedAreToldToComeLater() throws Exception {
        for (int i = 0; i < READERS; i++) {
            assertThat(follow("", null).status()).isEqualTo(200);
        }

        var rejected = follow("", null);

        assertThat(rejected.status()).isEqualTo(200);
        assertThat(rejected.next().type()).isEqualTo("cut-off");
        assertThat(rejected.last().data().path("reason").textValue()).isEqualTo("full");
        assertThat(rejected.last().data().path("retryAfterMs").intValue()).isPositive();
        assertThat(rejected.next()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "type=UserVanished, type is",
        "aggregateType=user, aggregateType is",
        "aggregateType=payments&type=UserCreated, happens to users only",
        "start=then, start is",
        "lastEventId=x, is no position",
        "limit=1, there is no parameter",
        "organizationId=, organizationId is",
        "aggregateId=a%2Cb, aggregateId is",
        "type=, type is",
    })
    void whatIsNotRightIsNamed(String query, String detail) throws Exception {
        var answer = follow("?" + query, null);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains(detail);
    }

    @Test
    void aPositionBehindTheLastEventIsNotOfThisInstallation() throws Exception {
        var ahead = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(new byte[] {1, 9, 0, -1, -1, -1, 127, 0, 0, 0, 0, 0, 0, 0});

        var answer = follow("", ahead);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("is behind the last event");
    }

    @Test
    void whoAcceptsJsonGetsPages() {
        var ada = fresh("u");
        var acme = fresh("o");
        var start = Instant.now();
        writer.begin()
                .write(acme, acme, new OrganizationCreated("Acme"))
                .write(ada, acme, created(ada, acme))
                .write(ada, acme, new UserDisabled())
                .write(ada, acme, new UserEnabled())
                .commit();
        var tokens = "&token=" + Token.parse("users/" + ada + "@3") + "&token=organizations/" + acme + "@1";

        var first = user.get("/events?organizationId=" + acme + "&from=" + start.minusSeconds(1) + "&limit=3" + tokens);
        var second = user.get(first.json().path("next").textValue());
        var newest = user.get("/events?organizationId=" + acme + "&order=desc&type=UserEnabled&type=UserDisabled");

        assertThat(keys(first)).containsExactly(acme + "@1", ada + "@1", ada + "@2");
        assertThat(keys(second)).containsExactly(ada + "@3");
        assertThat(second.json().has("next")).isFalse();
        assertThat(keys(newest)).containsExactly(ada + "@3", ada + "@2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=0",
                "limit=x",
                "limit=1001",
                "from=yesterday",
                "from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z",
                "order=up",
                "cursor=x",
                "type=x",
                "token=x",
                "aggregateId=u-1",
                "actor=a&actor=b"
            })
    void aRequestForPagesThatIsNotRightIsAProblemThatNamesTheParameter(String query) {
        var answer = user.get("/events?" + query);

        assertThat(answer.status()).isEqualTo(400);
        var field = answer.json().path("field").textValue();
        assertThat(query).contains(field + "=");
        assertThat(answer.json().path("detail").textValue()).contains(field);
    }

    private FeedClient follow(String query, String lastEventId) throws IOException, InterruptedException {
        var client = FeedClient.open(system.http(), query, lastEventId);
        clients.add(client);
        return client;
    }

    /** Paced by who reads: where the machine stalls, the queue of that one must not overflow, too. */
    private void writeMany(String id, AtomicInteger heard) {
        for (int written = 0; written < MANY; written += AT_ONCE) {
            int before = written;
            await().pollInSameThread().pollInterval(Duration.ofMillis(1)).until(() -> heard.get() >= before);
            writer.begin();
            for (int i = 0; i < AT_ONCE; i++) {
                writer.write(id, id, new OrganizationRenamed("x".repeat(2_000)));
            }
            writer.commit();
        }
    }

    /** All, or as many as come; counted as they do. */
    private static List<String> keys(FeedClient reader, AtomicInteger heard) {
        var keys = new ArrayList<String>();
        try {
            while (keys.size() < MANY && keys.addAll(reader.keys(1))) {
                heard.incrementAndGet();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return keys;
    }

    private static void inBackground(Runnable task) {
        new Thread(task).start();
    }

    private static List<String> keys(HttpUser.Answer page) {
        var keys = new ArrayList<String>();
        page.json().path("events").forEach(event -> keys.add(event.path("key").textValue()));
        return keys;
    }

    private static List<String> inOrder(String id, int count) {
        var keys = new ArrayList<String>();
        for (int version = 1; version <= count; version++) {
            keys.add(id + "@" + version);
        }
        return keys;
    }

    private static SpecificRecord created(String id, String organization) {
        return new UserCreated(id, id + "@acme.test", "Ada", "Lovelace", organization, List.of());
    }

    private static double readers() {
        return metric("gyroscops_feed_readers");
    }

    private static double metric(String name) {
        return user.get("/metrics")
                .text()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElse(0);
    }

    /** No other test has it. */
    private static String fresh(String type) {
        ids++;
        return type + "-" + ids;
    }
}
