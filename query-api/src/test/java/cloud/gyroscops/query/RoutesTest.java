package cloud.gyroscops.query;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.query.aggregate.Known;
import cloud.gyroscops.query.contract.Contract;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.EventMessage;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoutesTest {

    private static ServedRoutes routes;

    @BeforeAll
    static void serve() {
        routes = ServedRoutes.withoutViews("https://example.org");
    }

    @AfterAll
    static void stop() {
        routes.close();
    }

    static Stream<String> operations() {
        return Contract.INSTANCE.operations().stream();
    }

    @Test
    void theContractHasTheRoutesThatAreServedAndNoOthers() {
        assertThat(served("GET", "POST")).isEqualTo(Contract.INSTANCE.operations());
    }

    @Test
    void whereThereIsGetThereIsHead() {
        assertThat(served("HEAD"))
                .isEqualTo(new TreeSet<>(served("GET").stream()
                        .map(route -> route.replace("GET", "HEAD"))
                        .toList()));
    }

    private static TreeSet<String> served(String... methods) {
        var served = new TreeSet<String>();
        for (var handler : routes.server().unsafe.internalRouter.allHttpHandlers()) {
            var endpoint = handler.endpoint;
            // What instances ask each other is no part of it.
            if (Stream.of(methods).anyMatch(endpoint.method.name()::equals)
                    && !endpoint.path.startsWith("/internal/")) {
                served.add(endpoint.method.name() + " " + endpoint.path);
            }
        }
        return served;
    }

    @ParameterizedTest
    @MethodSource("operations")
    void everyRouteRefusesParametersThatTheContractDoesNotKnow(String operation) {
        var parts = operation.split(" ");
        var answer = routes.send(parts[0], parts[1].replaceAll("\\{[a-z]+}", "x") + "?nonsense=1", null);

        assertThat(answer.statusCode()).isEqualTo(400);
        var problem = Problems.parse(answer.body());
        assertThat(problem.path("field").textValue()).isEqualTo("nonsense");
        assertThat(StreamSupport.stream(problem.path("known").spliterator(), false)
                        .map(name -> name.textValue())
                        .toList())
                .containsExactlyElementsOf(Contract.INSTANCE.queryParameters(operation));
    }

    @ParameterizedTest
    @CsvSource({
        "/organizations/o/users, status, gone, active",
        "/organizations/o/users, sort, age, createdAt",
        "/organizations/o/users, order, up, desc",
        "/organizations/o/users, page, 0, 1 to 10000",
        "/organizations/o/users, limit, 201, 1 to 200",
        "/organizations/o/users, limit, 1.5, whole number",
        "/organizations/o/users, cursor, x, cursor",
        "/organizations/o/users, q, '', 1 to 200 characters",
        "/organizations/o/users/analytics, from, 2026-02-30, 2026-01-31",
        "/organizations/o/users/analytics, zone, Mars, Europe/Paris",
        "/organizations/o/payments, status, PAID, COMPLETED",
        "/organizations/o/payments, currency, euro, EUR",
        "/organizations/o/payments, minAmount, -1, from 0 to",
        "/organizations/o/payments, createdFrom, yesterday, 2026-01-31T09:30:00Z",
        "/organizations/o/payments, userId, a b, 1 to 128",
        "/organizations/o/payments/suggestions?q=a, limit, 51, 1 to 50",
        "/overall/payments, page, 10001, 1 to 10000",
        "/overall/users/analytics/by-organization, after, '', 1 to 128",
        "/users/u, version, 0, whole number",
        "/users/u, at, now, 2026-01-31T09:30:00Z",
        "/users/u, token, u@1, users/u-1@7",
        "/users/u/audit, from, first, whole number",
        "/users/u/audit, cursor, x, came in",
        "/users/u/mirrors, cursor, x, came in",
        "/users/u/mirrors, limit, 1001, 1 to 1000",
        "/payments/p, include, everything, statusHistory",
        "/events, aggregateType, robots, users",
        "/events, type, UserEnjoyed, UserCreated",
        "/events, cursor, x, cursor"
    })
    void aMalformedParameterIsNamedWithItsValueAndWhatWouldBeRight(
            String path, String parameter, String value, String right) {
        var answer = routes.get(path + (path.contains("?") ? "&" : "?") + parameter + "=" + value.replace(" ", "%20"));

        assertThat(answer.statusCode()).isEqualTo(400);
        var problem = Problems.parse(answer.body());
        assertThat(problem.path("field").textValue()).isEqualTo(parameter);
        assertThat(problem.path("detail").textValue())
                .contains(parameter + " is \"" + value + "\"")
                .contains(right);
    }

    @ParameterizedTest
    @CsvSource({
        "/users/u?version=1&version=2, version",
        "/users/u?version=1&at=2026-01-01T00:00:00Z, at",
        "/organizations/o/users?page=2&page=2, page",
        "/organizations/o/payments?minAmount=2&maxAmount=1, maxAmount",
        "/organizations/o/payments?createdFrom=2026-02-01T00:00:00Z&createdTo=2026-01-01T00:00:00Z, createdTo",
        "/organizations/o/payments?processedFrom=2026-02-01T00:00:00Z&processedTo=2026-02-01T00:00:00Z, processedTo",
        "/organizations/o/users?limit=%2B5, limit",
        "/organizations/o/users?limit=%D9%A5, limit",
        "/organizations/o/payments?q=a+b+c+d+e+f+g+h+i+j+k+l+m+n+o+p+q+r+s+t+u, q",
        "/organizations/o/users?q=a+b+c+d+e+f+g+h+i+j+k+l+m+n+o+p+q+r+s+t+u, q",
        "/organizations/o/payments/suggestions, q",
        "/organizations/o/users/analytics?from=2026-02-01&to=2026-01-01, from",
        "/events?aggregateType=payments&type=UserCreated, type",
        "/events?from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z, to",
        "/users/u?version=%zz, version"
    })
    void whatCannotBeAskedIsRefused(String path, String field) {
        // Not through a URI of Java's, which has no malformed ones.
        if (path.contains("%zz")) {
            assertThat(Raw.get(routes.server().port(), path))
                    .startsWith("HTTP/1.1 400")
                    .contains("\"field\":\"" + field + "\"");
            return;
        }
        var answer = routes.get(path);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Problems.parse(answer.body()).path("field").textValue()).isEqualTo(field);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "two", "1.5", ""})
    void aVersionOfTheViewsThatIsNoneIsRefused(String version) {
        var answer = routes.get("/users/u", "X-Views-Version", version);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Problems.parse(answer.body()).path("field").textValue()).isEqualTo("X-Views-Version");
    }

    @Test
    void aVersionOfTheViewsThatIsNotHereIsRefusedWithThoseThatAre() {
        var answer = routes.get("/users/u", "X-Views-Version", "7");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Problems.parse(answer.body()).path("detail").textValue()).isEqualTo("there is no version 7 here");
    }

    @Test
    void theContractIsServedAndShown() {
        assertThat(routes.get("/openapi.yaml").body()).startsWith("openapi: 3.1.0");
        assertThat(routes.get("/docs").body()).contains("docs/swagger-ui-bundle.js");
        assertThat(routes.get("/docs/swagger-ui-bundle.js").body()).contains("SwaggerUIBundle");
        assertThat(routes.get("/docs/swagger-ui.css").statusCode()).isEqualTo(200);
        assertThat(routes.get("/docs/start.js").body()).contains("openapi.yaml");
        assertThat(routes.get("/docs/other.js").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/users/u?version=0", "/nowhere", "/health/live", "/metrics"})
    void whatHasNoTagIsNotToBeStored(String path) {
        assertThat(routes.get(path).headers().allValues("Cache-Control")).containsExactly("no-store");
    }

    @Test
    void whatHasATagIsToBeAskedForAgain() {
        assertThat(routes.get("/docs").headers().allValues("Cache-Control")).containsExactly("no-cache");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/metrics", "/openapi.yaml", "/nowhere"})
    void whateverMayBeCompressedVariesWithWhatIsAccepted(String path) {
        assertThat(routes.get(path).headers().allValues("Vary"))
                .filteredOn("Accept-Encoding"::equals)
                .hasSize(1);
    }

    @Test
    void whoUsesAnotherMethodIsToldTheRightOnes() {
        var answer = routes.send("DELETE", "/docs", null);

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD");
        assertThat(Problems.parse(answer.body()).path("status").intValue()).isEqualTo(405);
    }

    @ParameterizedTest
    @CsvSource({"/%zz, 400", "/%00, 400", "long target, 414", "long header, 431"})
    void whatTheServerRefusesByItselfIsAProblemToo(String path, int status) {
        var answer = path.startsWith("/")
                ? Raw.get(routes.server().port(), path)
                : path.equals("long target")
                        ? Raw.get(routes.server().port(), "/" + "x".repeat(20_000))
                        : Raw.get(routes.server().port(), "/docs", "X-Long: " + "x".repeat(20_000));

        assertThat(answer)
                .startsWith("HTTP/1.1 " + status)
                .contains("Content-Type: application/problem+json")
                .containsPattern("X-Request-Id: \\S+")
                .contains("\"status\":" + status);
    }

    @Test
    void anErrorIsAProblemToo() {
        Known broken = new Known() {
            @Override
            public Optional<SpecificRecord> find(Aggregate aggregate, String id) {
                throw new NoClassDefFoundError("for a test");
            }

            @Override
            public List<EventMessage> history(Aggregate aggregate, String id, long from, int most) {
                throw new NoClassDefFoundError("for a test");
            }
        };
        try (var failing = new ServedRoutes(broken, null, null, Clock.systemUTC())) {
            // It is in no contract.
            assertThat(Raw.get(failing.server().port(), "/users/u"))
                    .startsWith("HTTP/1.1 500")
                    .contains("Content-Type: application/problem+json")
                    .contains("\"title\":\"Internal Server Error\"");
        }
    }

    @Test
    void whoAsksForTheDocumentationWithASlashIsLedToIt() {
        assertThat(Raw.get(routes.server().port(), "/docs/"))
                .startsWith("HTTP/1.1 308")
                .contains("Location: ../docs");
    }

    @Test
    void theDocumentationLoadsNothingFromElsewhere() {
        assertThat(routes.get("/docs").body() + routes.get("/docs/start.js").body())
                .doesNotContain("http:")
                .doesNotContain("https:");
    }

    @Test
    void aLargeAnswerIsCompressedForWhoeverTakesItAndHasAnotherTagThen() {
        var plain = routes.get("/openapi.yaml");
        var gzipped = Raw.get(routes.server().port(), "/openapi.yaml", "Accept-Encoding: gzip");

        assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
        assertThat(plain.headers().allValues("Vary")).contains("Accept-Encoding");
        assertThat(gzipped).containsIgnoringCase("Content-Encoding: gzip");
        var tag = plain.headers().firstValue("ETag").orElseThrow();
        assertThat(gzipped).contains("ETag: " + tag.replaceAll("\"$", "-gzip\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "W/%s", "\"other\", %s", "*"})
    void whoHasTheAnswerGetsNoneAgain(String tags) {
        var tag = routes.get("/openapi.yaml").headers().firstValue("ETag").orElseThrow();

        var answer = routes.get("/openapi.yaml", "If-None-Match", tags.formatted(tag));

        assertThat(answer.statusCode()).isEqualTo(304);
        assertThat(answer.headers().firstValue("ETag")).contains(tag);
        assertThat(answer.headers().firstValue("Content-Type")).isEmpty();
    }

    @Test
    void whoHasAnotherAnswerGetsThisOne() {
        assertThat(routes.get("/openapi.yaml", "If-None-Match", "\"other\"").statusCode())
                .isEqualTo(200);
    }

    @Test
    void headTellsWhatGetWould() {
        var got = routes.get("/docs");
        var head = routes.send("HEAD", "/docs", null);

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.headers().firstValue("ETag")).isEqualTo(got.headers().firstValue("ETag"));
        assertThat(head.headers().firstValue("Content-Length"))
                .isEqualTo(got.headers().firstValue("Content-Length"));
        assertThat(routes.send("HEAD", "/docs/other.js", null).statusCode()).isEqualTo(404);
    }

    @Test
    void aRequestKeepsItsId() {
        assertThat(routes.get("/docs", "X-Request-Id", "my-1").headers().firstValue("X-Request-Id"))
                .contains("my-1");
    }

    @Test
    void aRequestWithoutIdOrWithABadOneGetsOneOfItsOwn() {
        var one = routes.get("/docs").headers().firstValue("X-Request-Id").orElseThrow();
        var other = routes.get("/docs", "X-Request-Id", "a b<c>")
                .headers()
                .firstValue("X-Request-Id")
                .orElseThrow();

        assertThat(other).isNotEqualTo(one).doesNotContain("<");
    }

    @Test
    void anAllowedOriginMayReadAnswers() {
        var answer = routes.get("/docs", "Origin", "https://example.org");

        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).contains("https://example.org");
        assertThat(answer.headers().firstValue("Access-Control-Expose-Headers").orElseThrow())
                .contains("ETag");
        assertThat(answer.headers().allValues("Vary")).contains("Origin");
    }

    @Test
    void anotherOriginMayNot() {
        assertThat(routes.get("/docs", "Origin", "https://example.com")
                        .headers()
                        .firstValue("Access-Control-Allow-Origin"))
                .isEmpty();
    }

    @Test
    void anAllowedOriginIsToldBeforehandWhatItMaySend() {
        var answer = routes.send(
                "OPTIONS",
                "/commands",
                null,
                "Origin",
                "https://example.org",
                "Access-Control-Request-Method",
                "POST",
                "Access-Control-Request-Headers",
                "idempotency-key");

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Methods")).contains("GET, HEAD, POST");
        assertThat(answer.headers().firstValue("Access-Control-Allow-Headers").orElseThrow())
                .contains("Idempotency-Key");
    }

    @ParameterizedTest
    @CsvSource({"OPTIONS, /commands", "GET, /docs", "GET, /docs?nonsense=1", "GET, /nowhere", "POST, /docs"})
    @Timeout(60)
    void aThreadKeepsNothingOfARequestThatItHandled(String method, String path) throws InterruptedException {
        routes.left().clear();

        var answer = routes.send(
                method, path, null, "Origin", "https://example.org", "Access-Control-Request-Method", "POST");

        assertThat(answer.headers().firstValue("X-Request-Id")).isPresent();
        assertThat(routes.left().take()).isEmpty();
    }

    @Test
    void aProblemTellsTheIdOfItsRequest() {
        var answer = routes.get("/docs?nonsense=1", "X-Request-Id", "mine");

        assertThat(Problems.parse(answer.body()).path("requestId").textValue()).isEqualTo("mine");
        assertThat(answer.headers().firstValue("X-Request-Id")).contains("mine");
    }

    @Test
    void withoutAnyAllowedOriginNothingIsSaidOfOrigins() {
        try (var closed = ServedRoutes.withoutViews()) {
            var answer = closed.get("/docs", "Origin", "https://example.org");

            assertThat(answer.headers().firstValue("Access-Control-Allow-Origin"))
                    .isEmpty();
            assertThat(closed.send("OPTIONS", "/docs", null, "Origin", "https://example.org")
                            .statusCode())
                    .isEqualTo(405);
        }
    }

    @Test
    void healthIsPartOfTheContract() {
        assertThat(routes.get("/health/live").statusCode()).isEqualTo(200);
        assertThat(routes.get("/health/ready").statusCode()).isEqualTo(503);
        assertThat(routes.get("/metrics").statusCode()).isEqualTo(200);
    }
}
