package cloud.gyroscops.query;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.contract.AggregateType;
import cloud.gyroscops.contract.mirror.FieldDifference;
import cloud.gyroscops.contract.mirror.MirrorTarget;
import cloud.gyroscops.contract.organization.OrganizationCreated;
import cloud.gyroscops.contract.payment.CaptureMethod;
import cloud.gyroscops.contract.payment.PaymentCreated;
import cloud.gyroscops.contract.payment.PaymentLinked;
import cloud.gyroscops.contract.payment.Processor;
import cloud.gyroscops.contract.user.UserCreated;
import cloud.gyroscops.contract.user.UserErased;
import cloud.gyroscops.contract.user.UserUpdated;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.topology.view.SomeOutcomes;
import cloud.gyroscops.topology.view.ViewDriver;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What mirrors made of aggregates, as HTTP tells it. */
class MirrorsTest {

    private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

    @TempDir
    private static Path directory;

    private static ViewDriver views;
    private static ServedRoutes routes;

    @BeforeAll
    static void serve() {
        views = new ViewDriver(directory);
        happen(Aggregate.ORGANIZATIONS, "acme", new OrganizationCreated("Acme"));
        happen(
                Aggregate.USERS,
                "ann",
                new UserCreated("ann", "ann@example.org", "Ann", "Lee", "acme", List.of()),
                new UserUpdated(null, "countess@example.org", null, null));
        happen(Aggregate.USERS, "new", new UserCreated("new", "new@example.org", "New", "Lee", "acme", List.of()));
        happen(Aggregate.PAYMENTS, "paid", payment(), new PaymentLinked("pi_1", null));
        happen(
                Aggregate.USERS,
                "erased",
                new UserCreated("erased", "erased@example.org", "Erased", "Lee", "acme", List.of()),
                new UserErased());
        views.pipe(SomeOutcomes.mirrored(MirrorTarget.KEYCLOAK, AggregateType.ORGANIZATION, "acme", 1, 1, at(1)));
        views.pipe(SomeOutcomes.mirrored(MirrorTarget.STRIPE, AggregateType.ORGANIZATION, "acme", 1, 1, at(2)));
        views.pipe(SomeOutcomes.mirrored(MirrorTarget.KEYCLOAK, AggregateType.USER, "ann", 1, 1, at(1)));
        views.pipe(SomeOutcomes.parked(MirrorTarget.KEYCLOAK, AggregateType.USER, "ann", 2, 2, at(61)));
        views.pipe(SomeOutcomes.drift(
                MirrorTarget.KEYCLOAK,
                AggregateType.USER,
                "ann",
                3,
                at(90),
                new FieldDifference("email", "countess@example.org", "ann@example.org", null, "OURS")));
        views.pipe(SomeOutcomes.drift(
                MirrorTarget.KEYCLOAK,
                AggregateType.USER,
                "erased",
                1,
                at(90),
                new FieldDifference("email", null, "erased@example.org", null, "OURS")));
        views.pipe(SomeOutcomes.mirrored(MirrorTarget.KEYCLOAK, AggregateType.USER, "erased", 2, 2, at(91)));
        views.pipe(SomeOutcomes.parked(MirrorTarget.STRIPE, AggregateType.PAYMENT, "paid", 1, 1, at(30)));
        routes = new ServedRoutes(views.stores().views(1, Set.of()), views.wire(), true);
    }

    @AfterAll
    static void stop() {
        routes.close();
        views.close();
    }

    @Test
    void whatBecameOfAUserIsToldInOrder() {
        var told = routes.json("/users/ann/mirrors");

        assertThat(told.path("id").textValue()).isEqualTo("ann");
        assertThat(texts(told.path("outcomes"), "kind")).containsExactly("MIRRORED", "PARKED", "DRIFT_FOUND");
        assertThat(told.path("outcomes").get(1))
                .hasToString(
                        "{\"target\":\"KEYCLOAK\",\"sequence\":2,\"kind\":\"PARKED\",\"operation\":\"users.update\","
                                + "\"version\":2,\"eventType\":\"UserUpdated\",\"externalId\":\"kc-ann\",\"attempt\":1,"
                                + "\"at\":\"2026-01-01T12:01:01Z\",\"tookMs\":12,\"error\":{\"code\":\"HTTP_409\","
                                + "\"message\":\"the email belongs to somebody else\",\"httpStatus\":409},\"differences\":[],"
                                + "\"actor\":\"mirror\",\"correlationId\":\"correlation\"}");
        assertThat(told.path("outcomes").get(2).path("differences"))
                .hasToString("[{\"field\":\"email\",\"ours\":\"countess@example.org\","
                        + "\"theirs\":\"ann@example.org\",\"kept\":\"OURS\"}]");
    }

    @Test
    void thoseOfAnOrganizationComeFromBothTargets() {
        assertThat(texts(routes.json("/organizations/acme/mirrors").path("outcomes"), "target"))
                .containsExactly("KEYCLOAK", "STRIPE");
    }

    @Test
    void whoWasNotMirroredYetHasNone() {
        assertThat(routes.json("/users/new/mirrors")).hasToString("{\"id\":\"new\",\"outcomes\":[]}");
        assertThat(routes.get("/users/none/mirrors").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/users/ann/mirrors", "/users/ann/audit"})
    void pagesFollowOneAnother(String path) {
        var rows = path.endsWith("audit") ? "entries" : "outcomes";
        var found = new ArrayList<JsonNode>();
        var next = path + "?limit=1";
        while (next != null) {
            var page = routes.json(next);
            assertThat(page.path(rows)).hasSize(1);
            page.path(rows).forEach(found::add);
            next = page.path("next").textValue();
        }

        assertThat(found).containsExactlyElementsOf(routes.json(path).path(rows));
    }

    @Test
    void theAuditTrailTellsThemBetweenTheEvents() {
        var entries = routes.json("/users/ann/audit").path("entries");

        assertThat(texts(entries, "type"))
                .containsExactly(
                        "UserCreated", "KEYCLOAK_MIRRORED", "UserUpdated", "KEYCLOAK_PARKED", "KEYCLOAK_DRIFT_FOUND");
        assertThat(entries.get(3))
                .hasToString("{\"version\":2,\"type\":\"KEYCLOAK_PARKED\",\"time\":\"2026-01-01T12:01:01Z\","
                        + "\"actor\":\"mirror\",\"details\":{\"target\":\"KEYCLOAK\",\"sequence\":2,"
                        + "\"operation\":\"users.update\",\"eventType\":\"UserUpdated\",\"externalId\":\"kc-ann\","
                        + "\"attempt\":1,\"tookMs\":12,\"error\":{\"code\":\"HTTP_409\","
                        + "\"message\":\"the email belongs to somebody else\",\"httpStatus\":409},"
                        + "\"differences\":[],\"correlationId\":\"correlation\"}}");
        assertThat(entries.get(4).has("version")).isFalse();
    }

    @Test
    void theReportOfAPaymentTellsWhyACallFailed() {
        var trail = routes.json("/payments/paid/report").path("auditTrail");

        assertThat(texts(trail, "type")).containsExactly("PaymentCreated", "STRIPE_PARKED", "PaymentLinked");
        assertThat(trail.get(1).path("details").path("error").path("message").textValue())
                .isEqualTo("the email belongs to somebody else");
    }

    @Test
    void ofAnErasedUserOnlyTheErasureIsTold() {
        assertThat(texts(routes.json("/users/erased/audit").path("entries"), "type"))
                .containsExactly("UserErased", "KEYCLOAK_MIRRORED");
        assertThat(routes.get("/users/erased/mirrors").body()).doesNotContain("example.org");
    }

    private static void happen(Aggregate aggregate, String id, SpecificRecord... payloads) {
        for (int i = 0; i < payloads.length; i++) {
            views.pipe(ViewDriver.event(aggregate, id, i + 1, at(60L * i), "acme", "eve", payloads[i]));
        }
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

    private static Instant at(long second) {
        return START.plusSeconds(second);
    }

    private static List<String> texts(JsonNode items, String member) {
        return StreamSupport.stream(items.spliterator(), false)
                .map(item -> item.path(member).textValue())
                .toList();
    }
}
