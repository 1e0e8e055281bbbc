package cloud.gyroscops.standalone.http;

import static cloud.gyroscops.standalone.http.Commands.createOrganization;
import static cloud.gyroscops.standalone.http.Commands.createUser;
import static cloud.gyroscops.standalone.http.Commands.renameOrganization;
import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.query.ApiSettings;
import cloud.gyroscops.query.feed.FeedSettings;
import cloud.gyroscops.query.user.Permissions;
import cloud.gyroscops.schemas.topic.TopicSettings;
import cloud.gyroscops.standalone.http.HttpUser.Answer;
import cloud.gyroscops.standalone.system.GyroscopsSystem;
import cloud.gyroscops.standalone.system.SystemSettings;
import cloud.gyroscops.topology.command.CommandSettings;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Queries as clients ask them: with the token of what they did, and without waiting by themselves. */
class ReadSideIT {

    private static final int USERS = 5;
    private static final Duration TOKEN_WAIT = Duration.ofSeconds(2);
    /** A token that does not come. */
    private static final String NEVER = "users/u-1@999";

    private static final Executor IN_A_MOMENT = CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS);

    @TempDir
    private static Path directory;

    private static GyroscopsSystem system;
    private static HttpUser user;
    /** Of all that was done before the tests, for queries over much. */
    private static String tokens;

    @BeforeAll
    static void start() {
        var api = new ApiSettings(
                "127.0.0.1",
                0,
                TOKEN_WAIT,
                List.of("https://example.org"),
                Permissions.parse("admin=users:read,users:write"),
                FeedSettings.DEFAULT);
        system = GyroscopsSystem.start(new SystemSettings(
                directory, 0, null, 0, null, api, TopicSettings.single(3), CommandSettings.DEFAULT, 1, 20));
        user = new HttpUser(system::http);
        user.awaitReady();
        var done = new StringBuilder();
        done.append(token(user.command(createOrganization("acme", "c-acme", "Acme"))));
        for (int i = 1; i <= USERS; i++) {
            done.append('&').append(token(user.command(createUser("u-" + i, "acme"))));
        }
        done.append('&').append(token(user.command(command("VerifyUserEmail", "u-1", "{}"))));
        done.append('&').append(token(user.command(command("AssignUserRoles", "u-1", "{\"roles\": [\"admin\"]}"))));
        done.append('&').append(token(user.command(command("DisableUser", "u-2", "{}"))));
        for (int i = 1; i <= 3; i++) {
            done.append('&')
                    .append(token(user.command(command(
                            "CreatePayment",
                            "p-" + i,
                            "{\"organizationId\": \"acme\", \"amount\": " + i * 100
                                    + ", \"currency\": \"EUR\", \"processor\": \"NONE\", \"description\":"
                                    + " \"Running shoes " + i + "\", \"metadata\": {\"order\": \"42\"}}"))));
        }
        done.append('&').append(token(user.command(command("CompletePayment", "p-1", "{\"amountReceived\": 100}"))));
        done.append('&').append(token(user.command(command("FailPayment", "p-2", "{\"code\": \"card_declined\"}"))));
        tokens = done.toString();
        // By id and by organization: from here on all of that is there, also for who shows no token.
        json("/overall/payments?" + tokens);
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    private static String command(String type, String id, String payload) {
        return "{\"type\": \"" + type + "\", \"aggregateId\": \"" + id + "\", \"payload\": " + payload + "}";
    }

    private static String token(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return "token=" + answer.json().path("token").textValue();
    }

    private static JsonNode json(String path) {
        var answer = user.get(path);
        assertThat(answer.status()).as(path + " " + answer.text()).isEqualTo(200);
        return answer.json();
    }

    private static List<String> texts(JsonNode items, String member) {
        return StreamSupport.stream(items.spliterator(), false)
                .map(item -> item.path(member).textValue())
                .toList();
    }

    @Test
    void whoeverChangedSomethingSeesItAtOnce() {
        for (int i = 1; i <= 10; i++) {
            var token = token(user.command(command("RecordUserLogin", "u-3", "{}")));

            assertThat(json("/users/u-3?" + token).path("version").intValue()).isEqualTo(i + 1);
        }
    }

    @Test
    void aRenamedOrganizationIsShownByItsNewNameWithItsUsersAndPayments() {
        user.command(createOrganization("old", "c-old", "Old"));
        var done = token(user.command(createUser("u-old", "old"))) + "&"
                + token(user.command(renameOrganization("old", "c-new", "New")));

        assertThat(json("/users/u-old?" + done).path("organizationName").textValue())
                .isEqualTo("New");
        assertThat(json("/organizations/old/users?" + done)
                        .path("users")
                        .get(0)
                        .path("organizationName")
                        .textValue())
                .isEqualTo("New");
    }

    @Test
    void aTokenThatDoesNotComeIsNotWaitedForForever() {
        var waited = waitForNever("/users/u-1").join();

        expectInVain("/users/u-1", waited);
        assertThat(waited.answer().header("Retry-After")).isEqualTo("1");
    }

    @Test
    void everyQueryWaitsForTokensThatMatterToIt() {
        // All at once: each of them waits.
        var waiting = Stream.of(
                        "/organizations/acme/users",
                        "/organizations/acme/users/analytics",
                        "/organizations/acme/payments",
                        "/organizations/acme/payments/suggestions?q=run",
                        "/organizations/acme/payments/statistics",
                        "/organizations/acme/payments/dashboard",
                        "/overall/users/analytics",
                        "/overall/users/analytics/by-organization",
                        "/overall/payments",
                        "/overall/payments/suggestions?q=run",
                        "/overall/payments/statistics",
                        "/overall/payments/dashboard",
                        "/events")
                .collect(Collectors.toMap(path -> path, ReadSideIT::waitForNever));

        waiting.forEach((path, waited) -> expectInVain(path, waited.join()));
    }

    /** An answer, and how long it was waited for. */
    private record Waited(Answer answer, Duration took) {}

    private static CompletableFuture<Waited> waitForNever(String path) {
        return ask(path + (path.contains("?") ? "&" : "?") + "token=" + NEVER, 20);
    }

    /** Who is told to come back for another reason, like a partition that is on its way, asks again. */
    private static CompletableFuture<Waited> ask(String link, int times) {
        long start = System.nanoTime();
        return user.getOnceInBackground(link).thenCompose(answer -> {
            var waited = new Waited(answer, Duration.ofNanos(System.nanoTime() - start));
            boolean another = answer.status() == 503 && !detail(answer).contains(NEVER);
            return another && times > 1
                    ? CompletableFuture.supplyAsync(() -> ask(link, times - 1), IN_A_MOMENT)
                            .thenCompose(Function.identity())
                    : CompletableFuture.completedFuture(waited);
        });
    }

    private static void expectInVain(String path, Waited waited) {
        assertThat(waited.answer().status()).as(path).isEqualTo(503);
        assertThat(detail(waited.answer())).as(path).contains("have not come to " + NEVER);
        assertThat(waited.took()).as(path).isGreaterThanOrEqualTo(TOKEN_WAIT);
    }

    private static String detail(Answer problem) {
        return problem.json().path("detail").textValue();
    }

    @Test
    void tokensThatCannotMatterAreNotWaitedFor() {
        assertThat(user.get("/users/u-1?token=users/u-2@999").status()).isEqualTo(200);
        assertThat(user.get("/payments/p-1?token=users/u-2@999").status()).isEqualTo(200);
    }

    @Test
    void anAnswerThatIsKnownIsNotSentAgain() {
        var first = user.get("/payments/p-1?" + tokens);

        var again = user.get("/payments/p-1", "If-None-Match", first.header("ETag"));

        assertThat(again.status()).isEqualTo(304);
        assertThat(again.text()).isEmpty();
    }

    @Test
    void aChangedAnswerIs() {
        var before = user.get("/users/u-4?" + tokens);
        var token = token(user.command(command("VerifyUserEmail", "u-4", "{}")));

        var after = user.get("/users/u-4?" + token, "If-None-Match", before.header("ETag"));

        assertThat(after.status()).isEqualTo(200);
        assertThat(after.header("ETag")).isNotEqualTo(before.header("ETag"));
    }

    @Test
    void headTellsOfEveryRouteWhatGetWould() {
        for (var path : List.of(
                "/users/u-1",
                "/users/u-1/history",
                "/users/nobody",
                "/organizations/acme/payments",
                "/overall/payments/dashboard",
                "/health/live",
                "/docs")) {
            // What was done before is there from the first query on that waits for it.
            json("/overall/payments?" + tokens);
            json("/overall/payments/dashboard?" + tokens);
            var got = user.get(path);
            var head = user.head(path);

            assertThat(head.status()).as(path).isEqualTo(got.status());
            assertThat(head.header("ETag")).as(path).isEqualTo(got.header("ETag"));
            assertThat(head.text()).as(path).isEmpty();
        }
    }

    @Test
    void whatIsLargeIsCompressed() throws IOException {
        var answer = user.getCompressed("/events?" + tokens);

        assertThat(answer.headers().firstValue("Content-Encoding")).contains("gzip");
        try (var text = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
            assertThat(new String(text.readAllBytes(), StandardCharsets.UTF_8)).contains("\"key\":\"u-1@1\"");
        }
    }

    @Test
    void pagesFromAllowedOriginsMayReadAndOthersMayNot() {
        assertThat(user.get("/users/u-1", "X-Origin", "none").header("Access-Control-Allow-Origin"))
                .isNull();
        assertThat(user.get("/users/u-1", "Origin", "https://example.org").header("Access-Control-Allow-Origin"))
                .isEqualTo("https://example.org");
        assertThat(user.get("/users/u-1", "Origin", "https://example.com").header("Access-Control-Allow-Origin"))
                .isNull();
    }

    @Test
    void requestsHaveIds() {
        assertThat(user.get("/users/u-1", "X-Request-Id", "mine").header("X-Request-Id"))
                .isEqualTo("mine");
        assertThat(user.get("/users/u-1").header("X-Request-Id")).isNotBlank();
    }

    @Test
    void labelsAreInTheClientsLanguage() {
        assertThat(user.get("/users/u-2?" + tokens).json().path("statusLabel").textValue())
                .isEqualTo("Désactivé");
        assertThat(user.get("/users/u-2?" + tokens, "Accept-Language", "de, en;q=0.7, fr;q=0.3")
                        .json()
                        .path("statusLabel")
                        .textValue())
                .isEqualTo("Disabled");
    }

    @Test
    void permissionsFollowTheRoles() {
        assertThat(json("/users/u-1?" + tokens).path("permissions")).hasToString("[\"users:read\",\"users:write\"]");
    }

    @Test
    void usersAreListedFilteredAndSorted() {
        assertThat(texts(
                        json("/organizations/acme/users?sort=username&order=desc&" + tokens)
                                .path("users"),
                        "id"))
                .containsExactly("u-5", "u-4", "u-3", "u-2", "u-1");
        assertThat(texts(
                        json("/organizations/acme/users?status=disabled&" + tokens)
                                .path("users"),
                        "statusColor"))
                .containsExactly("red");
        assertThat(texts(json("/organizations/acme/users?role=admin&" + tokens).path("users"), "id"))
                .containsExactly("u-1");
        assertThat(json("/organizations/acme/users?q=ann&" + tokens)
                        .path("total")
                        .intValue())
                .isEqualTo(USERS);
    }

    @Test
    void aListIsReadPageByPage() {
        var next = "/organizations/acme/users?sort=username&limit=2&" + tokens;
        var seen = new StringBuilder();
        while (next != null) {
            var page = json(next);
            texts(page.path("users"), "id").forEach(id -> seen.append(id).append(' '));
            next = page.path("next").textValue();
        }

        assertThat(seen).hasToString("u-1 u-2 u-3 u-4 u-5 ");
    }

    @Test
    void usersAreAnalyzed() {
        var analytics = json("/organizations/acme/users/analytics?zone=Europe/Paris&" + tokens);

        assertThat(analytics.path("total").intValue()).isEqualTo(USERS);
        assertThat(analytics.path("inactive").intValue()).isEqualTo(1);
        assertThat(analytics.path("activationRate").doubleValue()).isEqualTo(80.0);
        assertThat(analytics.path("roles").get(0).path("role").textValue()).isEqualTo("admin");
        assertThat(texts(
                        json("/overall/users/analytics/by-organization?" + tokens)
                                .path("organizations"),
                        "organizationName"))
                .contains("Acme");
        assertThat(json("/overall/users/analytics?from=2000-01-01&to=2000-12-31&" + tokens)
                        .path("total")
                        .intValue())
                .isZero();
    }

    @Test
    void paymentsAreSearched() {
        assertThat(texts(
                        json("/organizations/acme/payments?q=shoes&sort=amount&order=asc&" + tokens)
                                .path("payments"),
                        "id"))
                .containsExactly("p-1", "p-2", "p-3");
        assertThat(texts(
                        json("/overall/payments?status=FAILED&status=COMPLETED&currency=EUR&maxAmount=150&" + tokens)
                                .path("payments"),
                        "id"))
                .containsExactly("p-1");
    }

    @Test
    void descriptionsAreSuggested() {
        assertThat(texts(
                        json("/organizations/acme/payments/suggestions?q=runing&" + tokens)
                                .path("suggestions"),
                        "text"))
                .contains("Running shoes 1");
        assertThat(json("/overall/payments/suggestions?q=run&limit=1&" + tokens).path("suggestions"))
                .hasSize(1);
    }

    @Test
    void paymentsAreCounted() {
        for (var path : List.of("/organizations/acme", "/overall")) {
            var statistics = json(path + "/payments/statistics?" + tokens);
            assertThat(statistics.path("total").intValue()).as(path).isEqualTo(3);
            assertThat(statistics.path("byStatus")).as(path).hasSize(3);
            var dashboard = json(path + "/payments/dashboard?" + tokens);
            assertThat(dashboard.path("successRate").doubleValue()).as(path).isEqualTo(50.0);
            assertThat(dashboard.path("amounts").get(0).path("received").longValue())
                    .as(path)
                    .isEqualTo(100);
            assertThat(dashboard.path("lastFailure").path("code").textValue())
                    .as(path)
                    .isEqualTo("card_declined");
        }
    }

    @Test
    void aPaymentIsReported() {
        var report = json("/payments/p-1/report?" + tokens);

        assertThat(texts(report.path("statusHistory"), "status")).containsExactly("PENDING", "COMPLETED");
        assertThat(report.path("auditTrail")).hasSize(2);
    }

    @Test
    void whatWasCanBeAskedFor() {
        assertThat(json("/users/u-1?version=1&" + tokens).path("status").textValue())
                .isEqualTo("unverified");
    }

    @Test
    void eventsAreFoundByType() {
        var page = json("/events?type=UserDisabled&type=PaymentFailed&" + tokens);

        assertThat(texts(page.path("events"), "key")).contains("u-2@2", "p-2@2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/organizations/none/users",
                "/organizations/none/users/analytics",
                "/organizations/none/payments",
                "/organizations/none/payments/suggestions?q=a",
                "/organizations/none/payments/statistics",
                "/organizations/none/payments/dashboard"
            })
    void anOrganizationThatIsNotThereHasNoListsAndFigures(String path) {
        assertThat(user.get(path).status()).isEqualTo(404);
    }
}
