package cloud.gyroscops.query;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.contract.organization.OrganizationCreated;
import cloud.gyroscops.contract.payment.CaptureMethod;
import cloud.gyroscops.contract.payment.PaymentCreated;
import cloud.gyroscops.contract.payment.Processor;
import cloud.gyroscops.contract.user.UserCreated;
import cloud.gyroscops.contract.user.UserDeleted;
import cloud.gyroscops.query.contract.Contract;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.EventMessage;
import cloud.gyroscops.topology.view.ViewDriver;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every operation of the contract is answered with every status that stands there; {@link ServedRoutes} checks the rest. */
class EveryAnswerTest {

    /** By operation, what is answered 200. */
    private static final Map<String, String> WELL = Map.ofEntries(
            Map.entry("GET /organizations/{id}", "/organizations/acme"),
            Map.entry("GET /organizations/{id}/history", "/organizations/acme/history"),
            Map.entry("GET /organizations/{id}/mirrors", "/organizations/acme/mirrors"),
            Map.entry("GET /organizations/{id}/users", "/organizations/acme/users"),
            Map.entry("GET /organizations/{id}/users/analytics", "/organizations/acme/users/analytics"),
            Map.entry("GET /organizations/{id}/payments", "/organizations/acme/payments"),
            Map.entry("GET /organizations/{id}/payments/suggestions", "/organizations/acme/payments/suggestions?q=run"),
            Map.entry("GET /organizations/{id}/payments/statistics", "/organizations/acme/payments/statistics"),
            Map.entry("GET /organizations/{id}/payments/dashboard", "/organizations/acme/payments/dashboard"),
            Map.entry("GET /users/{id}", "/users/ann"),
            Map.entry("GET /users/{id}/history", "/users/ann/history"),
            Map.entry("GET /users/{id}/audit", "/users/ann/audit"),
            Map.entry("GET /users/{id}/mirrors", "/users/ann/mirrors"),
            Map.entry("GET /payments/{id}", "/payments/paid"),
            Map.entry("GET /payments/{id}/history", "/payments/paid/history"),
            Map.entry("GET /payments/{id}/audit", "/payments/paid/audit"),
            Map.entry("GET /payments/{id}/mirrors", "/payments/paid/mirrors"),
            Map.entry("GET /payments/{id}/report", "/payments/paid/report"),
            Map.entry("GET /overall/users/analytics", "/overall/users/analytics"),
            Map.entry("GET /overall/users/analytics/by-organization", "/overall/users/analytics/by-organization"),
            Map.entry("GET /overall/payments", "/overall/payments"),
            Map.entry("GET /overall/payments/suggestions", "/overall/payments/suggestions?q=run"),
            Map.entry("GET /overall/payments/statistics", "/overall/payments/statistics"),
            Map.entry("GET /overall/payments/dashboard", "/overall/payments/dashboard"),
            Map.entry("GET /events", "/events"),
            Map.entry("GET /health/live", "/health/live"),
            Map.entry("GET /health/ready", "/health/ready"),
            Map.entry("GET /metrics", "/metrics"),
            Map.entry("GET /openapi.yaml", "/openapi.yaml"),
            Map.entry("GET /docs", "/docs"),
            Map.entry("GET /docs/{file}", "/docs/start.js"));

    /** What takes a command topology: CommandsOverHttpIT, CommandLinesIT, ServerIT and SplitSystemIT have these answers. */
    private static final Set<String> OF_RUNNING_SYSTEMS = Set.of(
            "GET /commands/{id} 200",
            "GET /commands/{id} 404",
            "GET /commands/{id} 503",
            "POST /commands 200",
            "POST /commands 202",
            "POST /commands 404",
            "POST /commands 409",
            "POST /commands 413",
            "POST /commands 422",
            "POST /commands 503");

    @TempDir
    private static Path directory;

    private static ViewDriver views;
    private static ServedRoutes well;
    private static ServedRoutes half;
    private static ServedRoutes away;

    @BeforeAll
    static void serve() {
        views = new ViewDriver(directory);
        happen(Aggregate.ORGANIZATIONS, "acme", new OrganizationCreated("Acme"));
        happen(Aggregate.USERS, "ann", new UserCreated("ann", "ann@example.org", "Ann", "Lee", "acme", List.of()));
        happen(Aggregate.USERS, "gone", new UserCreated("gone", "gone@example.org", "Ann", "Lee", "acme", List.of()));
        views.pipe(event(Aggregate.USERS, "gone", 2, new UserDeleted()));
        happen(Aggregate.PAYMENTS, "paid", payment());
        var stores = views.stores();
        well = new ServedRoutes(stores.views(1, Set.of()), views.wire(), true);
        half = new ServedRoutes(stores.views(2, Set.of(1)), views.wire(), true);
        away = new ServedRoutes(stores.views(1, Set.of(0)), views.wire(), false);
    }

    @AfterAll
    static void stop() {
        well.close();
        half.close();
        away.close();
        views.close();
    }

    static Stream<String> answers() {
        return Contract.INSTANCE.answers().stream().filter(answer -> !OF_RUNNING_SYSTEMS.contains(answer));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void everyOperationIsAnsweredWithEveryStatusOfTheContract(String answer) {
        int at = answer.lastIndexOf(' ');

        var got = send(answer.substring(0, at), answer.substring(at + 1));

        assertThat(got.statusCode()).isEqualTo(Integer.parseInt(answer.substring(at + 1)));
    }

    @Test
    void whatRunningSystemsHaveToAnswerIsInTheContract() {
        assertThat(Contract.INSTANCE.answers()).containsAll(OF_RUNNING_SYSTEMS);
    }

    private static HttpResponse<String> send(String operation, String status) {
        var path = WELL.get(operation);
        return switch (status) {
            case "400" ->
                operation.startsWith("POST")
                        ? well.send("POST", "/commands", "{}", "Content-Type", "application/json")
                        : well.get((path == null
                                        ? operation.substring(4).replaceAll("\\{[a-z]+}", "x")
                                        : path.split("\\?")[0])
                                + "?nonsense=1");
            case "200" -> well.get(known(operation, path));
            case "304" ->
                well.get(
                        path,
                        "If-None-Match",
                        well.get(known(operation, path))
                                .headers()
                                .firstValue("ETag")
                                .orElseThrow());
            case "404" -> well.get(known(operation, path).replaceAll("acme|ann|paid|start\\.js", "nobody"));
            case "410" -> well.get(known(operation, path).replace("ann", "gone"));
            case "503" -> away.get(known(operation, path));
            default -> throw new AssertionError("nothing here is answered " + operation + " " + status);
        };
    }

    private static String known(String operation, String path) {
        assertThat(path).as("what to ask of " + operation).isNotNull();
        return path;
    }

    static Stream<String> gets() {
        return new TreeSet<>(WELL.values()).stream();
    }

    @ParameterizedTest
    @MethodSource("gets")
    void headTellsWhatGetWould(String path) {
        var got = well.get(path);
        var head = well.send("HEAD", path, null);

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        for (var header : List.of("Content-Type", "ETag", "Vary")) {
            assertThat(head.headers().allValues(header))
                    .as(header)
                    .isEqualTo(got.headers().allValues(header));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/overall/users/analytics",
                "/overall/users/analytics/by-organization",
                "/overall/payments",
                "/overall/payments/suggestions?q=run",
                "/overall/payments/statistics",
                "/overall/payments/dashboard",
                "/events"
            })
    void whatLacksPartitionsIsAnAnswerOnlyForWhoTakesThatAndSaysSo(String path) {
        var and = path.contains("?") ? "&" : "?";

        assertThat(half.get(path).statusCode()).isEqualTo(503);
        assertThat(half.get(path + and + "allowPartial=false").statusCode()).isEqualTo(503);
        assertThat(away.get(path + and + "allowPartial=true").statusCode()).isEqualTo(503);
        assertThat(well.json(path + and + "allowPartial=true").has("partial")).isFalse();

        var partial = half.json(path + and + "allowPartial=true");

        assertThat(partial.path("partial").booleanValue()).isTrue();
        assertThat(partial.path("missing")).isNotEmpty().allSatisfy(place -> assertThat(
                        place.path("partition").intValue())
                .isEqualTo(1));
    }

    @Test
    void anOrganizationWhoseNameIsAmongWhatIsMissingIsShownWithoutIt() {
        happen(Aggregate.ORGANIZATIONS, "o-1", new OrganizationCreated("One"));
        happen(Aggregate.ORGANIZATIONS, "o-2", new OrganizationCreated("Two"));
        happen(Aggregate.ORGANIZATIONS, "o-3", new OrganizationCreated("Three"));
        happen(Aggregate.ORGANIZATIONS, "o-4", new OrganizationCreated("Four"));

        var organizations = half.json("/overall/users/analytics/by-organization?allowPartial=true");

        assertThat(organizations.path("organizations").findValuesAsText("organizationId"))
                .contains("o-1", "o-2", "o-3", "o-4");
        assertThat(organizations.path("organizations").findValuesAsText("organizationName"))
                .isNotEmpty()
                .hasSizeLessThan(organizations.path("organizations").size());
        assertThat(organizations.path("missing"))
                .hasToString("[{\"side\":\"BY_ID\",\"partition\":1},{\"side\":\"BY_ORGANIZATION\",\"partition\":1}]");
    }

    @Test
    void whoWantsToSeeAVersionIsNotAnsweredWithLessThanThatEither() {
        assertThat(half.get("/overall/users/analytics?allowPartial=true&token=users/ann@9")
                        .statusCode())
                .isEqualTo(503);
    }

    private static void happen(Aggregate aggregate, String id, SpecificRecord payload) {
        views.pipe(event(aggregate, id, 1, payload));
    }

    private static EventMessage event(Aggregate aggregate, String id, long version, SpecificRecord payload) {
        var organization = aggregate == Aggregate.ORGANIZATIONS ? id : "acme";
        return ViewDriver.event(
                aggregate, id, version, Instant.parse("2026-01-01T12:00:00Z"), organization, "eve", payload);
    }

    private static PaymentCreated payment() {
        return new PaymentCreated(
                "acme",
                "ann",
                1_000L,
                "EUR",
                "Running shoes",
                Map.of("order", "42"),
                CaptureMethod.MANUAL,
                Processor.STRIPE,
                Instant.parse("2026-01-02T12:00:00Z"));
    }
}
