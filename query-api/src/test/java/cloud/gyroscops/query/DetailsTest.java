package cloud.gyroscops.query;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.contract.organization.OrganizationCreated;
import cloud.gyroscops.contract.organization.OrganizationRenamed;
import cloud.gyroscops.contract.organization.OrganizationSuspended;
import cloud.gyroscops.contract.payment.CaptureMethod;
import cloud.gyroscops.contract.payment.PaymentAuthorized;
import cloud.gyroscops.contract.payment.PaymentCancelled;
import cloud.gyroscops.contract.payment.PaymentCompleted;
import cloud.gyroscops.contract.payment.PaymentCreated;
import cloud.gyroscops.contract.payment.PaymentExpired;
import cloud.gyroscops.contract.payment.PaymentFailed;
import cloud.gyroscops.contract.payment.PaymentLinked;
import cloud.gyroscops.contract.payment.Processor;
import cloud.gyroscops.contract.payment.RefundConfirmed;
import cloud.gyroscops.contract.payment.RefundRequested;
import cloud.gyroscops.contract.user.UserCreated;
import cloud.gyroscops.contract.user.UserDeleted;
import cloud.gyroscops.contract.user.UserDisabled;
import cloud.gyroscops.contract.user.UserEmailVerified;
import cloud.gyroscops.contract.user.UserErased;
import cloud.gyroscops.contract.user.UserLoggedIn;
import cloud.gyroscops.contract.user.UserRolesAssigned;
import cloud.gyroscops.query.aggregate.Known;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.EventMessage;
import cloud.gyroscops.topology.view.ViewDriver;
import cloud.gyroscops.topology.view.ViewStores;
import cloud.gyroscops.topology.view.history.Histories;
import cloud.gyroscops.topology.view.history.TimeTravel;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is shown of single aggregates, from the stores of a view topology that runs here. */
class DetailsTest {

    private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

    @TempDir
    private static Path directory;

    private static ViewDriver views;
    private static ServedRoutes routes;

    @BeforeAll
    static void serve() {
        views = new ViewDriver(directory);
        happen(Aggregate.ORGANIZATIONS, "acme", new OrganizationCreated("Acme"), new OrganizationRenamed("Emca"));
        happen(Aggregate.ORGANIZATIONS, "idle", new OrganizationCreated("Idle"), new OrganizationSuspended("unpaid"));
        happen(
                Aggregate.USERS,
                "ann",
                userCreated("ann"),
                new UserEmailVerified(),
                new UserRolesAssigned(List.of("viewer", "stranger")),
                new UserLoggedIn(START.plusSeconds(30)));
        happen(Aggregate.USERS, "new", userCreated("new"));
        happen(Aggregate.USERS, "off", userCreated("off"), new UserDisabled());
        happen(Aggregate.USERS, "gone", userCreated("gone"), new UserDeleted());
        happen(Aggregate.USERS, "erased", userCreated("erased"), new UserErased());
        happen(
                Aggregate.PAYMENTS,
                "paid",
                paymentCreated(),
                new PaymentLinked("pi_1", null),
                new PaymentAuthorized("A-1", null),
                new PaymentCompleted(1_000L, null),
                new RefundRequested("r-1", 300L),
                new RefundConfirmed("r-1", 300L, null),
                new RefundRequested("r-2", 100L));
        happen(Aggregate.PAYMENTS, "failed", paymentCreated(), new PaymentFailed("card_declined", "No.", null));
        happen(Aggregate.PAYMENTS, "long", paymentCreated(), failed(2), failed(3), failed(4), failed(5), failed(6));
        happen(Aggregate.PAYMENTS, "cancelled", paymentCreated(), new PaymentCancelled("changed my mind"));
        happen(Aggregate.PAYMENTS, "expired", paymentCreated(), new PaymentExpired());
        var stores = views.stores();
        routes = new ServedRoutes(
                known(stores),
                new TimeTravel(stores, views.wire()),
                new Histories(stores, views.wire()),
                Clock.fixed(START.plus(Duration.ofDays(10)), ZoneOffset.UTC));
    }

    @AfterAll
    static void stop() {
        routes.close();
        views.close();
    }

    private static Known known(ViewStores stores) {
        return new Known() {
            @Override
            public Optional<SpecificRecord> find(Aggregate aggregate, String id) {
                return stores.find(aggregate, id);
            }

            @Override
            public List<EventMessage> history(Aggregate aggregate, String id, long from, int most) {
                return stores.history(aggregate, id).stream()
                        .filter(event -> event.header().getVersion() >= from)
                        .limit(most)
                        .toList();
            }
        };
    }

    /** One event a minute, by eve, each with a note of its version. */
    private static void happen(Aggregate aggregate, String id, SpecificRecord... payloads) {
        for (int i = 0; i < payloads.length; i++) {
            var organization = aggregate == Aggregate.ORGANIZATIONS ? id : "acme";
            var event = ViewDriver.event(
                    aggregate, id, i + 1, START.plus(Duration.ofMinutes(i)), organization, "eve", payloads[i]);
            event.header().setMetadata(Map.of("note", "v" + (i + 1)));
            views.pipe(event);
        }
    }

    private static UserCreated userCreated(String username) {
        return new UserCreated(username, username + "@example.org", "Ann", "Lee", "acme", List.of());
    }

    private static PaymentFailed failed(int version) {
        return new PaymentFailed("c-" + version, "x".repeat(400_000), null);
    }

    private static PaymentCreated paymentCreated() {
        return new PaymentCreated(
                "acme",
                "ann",
                1_000L,
                "EUR",
                "Shoes",
                Map.of("order", "42"),
                CaptureMethod.MANUAL,
                Processor.STRIPE,
                START.plus(Duration.ofDays(1)));
    }

    @Test
    void anOrganizationTellsWhatItIs() {
        assertThat(routes.json("/organizations/acme"))
                .hasToString("{\"id\":\"acme\",\"createdAt\":\"2026-01-01T12:00:00Z\",\"createdBy\":\"eve\","
                        + "\"updatedAt\":\"2026-01-01T12:01:00Z\",\"updatedBy\":\"eve\",\"version\":2,"
                        + "\"token\":\"organizations/acme@2\",\"status\":\"ACTIVE\",\"name\":\"Emca\"}");
        assertThat(routes.json("/organizations/idle").path("suspendedBecause").textValue())
                .isEqualTo("unpaid");
    }

    @Test
    void aUserTellsAllThereIs() {
        var user = routes.json("/users/ann");

        assertThat(user.path("fullName").textValue()).isEqualTo("Ann Lee");
        assertThat(user.path("organizationName").textValue()).isEqualTo("Emca");
        assertThat(user.path("roles")).hasToString("[\"viewer\",\"stranger\"]");
        assertThat(user.path("permissions")).hasToString("[\"payments:read\",\"users:read\"]");
        assertThat(user.path("lastLoginAt").textValue()).isEqualTo("2026-01-01T12:00:30Z");
        assertThat(user.path("metadata")).hasToString("{\"note\":\"v4\"}");
        assertThat(user.path("version").longValue()).isEqualTo(4);
        assertThat(user.has("deletedAt")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "ann, active, Actif, Active, green, true, false, false, true",
        "new, unverified, Non vérifié, Unverified, orange, false, true, false, true",
        "off, disabled, Désactivé, Disabled, red, false, true, true, false",
        "gone?version=2, unknown, Inconnu, Unknown, gray, false, false, false, false"
    })
    void aUserShowsItsStatusAndWhatMayBeDone(
            String path,
            String status,
            String french,
            String english,
            String color,
            boolean edit,
            boolean delete,
            boolean enable,
            boolean disable) {
        var user = routes.json("/users/" + path);

        assertThat(user.path("status").textValue()).isEqualTo(status);
        assertThat(user.path("statusLabel").textValue()).isEqualTo(french);
        assertThat(user.path("statusColor").textValue()).isEqualTo(color);
        assertThat(user.path("canEdit").booleanValue()).isEqualTo(edit);
        assertThat(user.path("canDelete").booleanValue()).isEqualTo(delete);
        assertThat(user.path("canEnable").booleanValue()).isEqualTo(enable);
        assertThat(user.path("canDisable").booleanValue()).isEqualTo(disable);
        assertThat(routes.json("/users/" + path, "Accept-Language", "en")
                        .path("statusLabel")
                        .textValue())
                .isEqualTo(english);
    }

    @Test
    void anotherLanguageIsAnotherAnswer() {
        var french = routes.get("/users/ann");
        var english = routes.get("/users/ann", "Accept-Language", "en;q=0.9, fr;q=0.1");

        assertThat(english.headers().firstValue("ETag"))
                .isNotEqualTo(french.headers().firstValue("ETag"));
        assertThat(french.headers().allValues("Vary")).contains("Accept-Language");
    }

    @ParameterizedTest
    @CsvSource({"gone, deleted", "erased, erased"})
    void aUserThatIsNoMoreIsGone(String id, String how) {
        var answer = routes.get("/users/" + id);

        assertThat(answer.statusCode()).isEqualTo(410);
        var problem = Problems.parse(answer.body());
        assertThat(problem.path("detail").textValue()).isEqualTo(id + " was " + how + " at 2026-01-01T12:01:00Z");
        assertThat(problem.path("deletedAt").textValue()).isEqualTo("2026-01-01T12:01:00Z");
    }

    @Test
    void aPaymentTellsAllThereIs() {
        var payment = routes.json("/payments/paid");

        assertThat(payment.path("status").textValue()).isEqualTo("COMPLETED");
        assertThat(payment.path("organizationName").textValue()).isEqualTo("Emca");
        assertThat(payment.path("amount").longValue()).isEqualTo(1_000);
        assertThat(payment.path("amountReceived").longValue()).isEqualTo(1_000);
        assertThat(payment.path("amountRefunded").longValue()).isEqualTo(300);
        assertThat(payment.path("amountRefundable").longValue()).isEqualTo(600);
        assertThat(payment.path("authorizationCode").textValue()).isEqualTo("A-1");
        assertThat(payment.path("externalId").textValue()).isEqualTo("pi_1");
        assertThat(payment.path("refunds"))
                .hasToString("[{\"refundId\":\"r-1\",\"amount\":300,\"status\":\"CONFIRMED\"},"
                        + "{\"refundId\":\"r-2\",\"amount\":100,\"status\":\"REQUESTED\"}]");
        assertThat(payment.path("processingTime").textValue()).isEqualTo("PT3M");
        assertThat(payment.path("processingTimeClock").textValue()).isEqualTo("00:03:00");
        assertThat(payment.path("daysSinceCreation").intValue()).isEqualTo(10);
        assertThat(payment.path("metadata")).hasToString("{\"order\":\"42\"}");
        assertThat(payment.has("statusHistory")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "paid, false, true, false, false",
        "paid?version=1, true, false, false, false",
        "failed, false, false, false, false",
        "cancelled, false, false, true, false",
        "expired, false, false, false, true"
    })
    void aPaymentTellsHowItStands(String path, boolean active, boolean completed, boolean cancelled, boolean expired) {
        var payment = routes.json("/payments/" + path);

        assertThat(payment.path("isActive").booleanValue()).isEqualTo(active);
        assertThat(payment.path("isCompleted").booleanValue()).isEqualTo(completed);
        assertThat(payment.path("isCancelled").booleanValue()).isEqualTo(cancelled);
        assertThat(payment.path("isExpired").booleanValue()).isEqualTo(expired);
    }

    @ParameterizedTest
    @CsvSource({"paid, 10", "paid?version=2, 0", "paid?at=2026-01-04T12:00:00Z, 3"})
    void daysAreCountedUpToWhenItIsLookedAt(String path, int days) {
        assertThat(routes.json("/payments/" + path).path("daysSinceCreation").intValue())
                .isEqualTo(days);
    }

    @Test
    void whatIsTooMuchForOneAnswerGoesOnElsewhere() {
        var report = routes.json("/payments/long/report");
        assertThat(report.path("auditTrail")).hasSize(4);
        assertThat(report.path("next").textValue()).isEqualTo("/payments/long/audit?from=5");
        assertThat(routes.json(report.path("next").textValue()).path("entries")).hasSize(2);

        var history = routes.json("/payments/long/history?limit=1000");
        assertThat(history.path("events")).hasSize(4);
        assertThat(history.path("next").textValue()).isEqualTo("/payments/long/history?from=5&limit=1000");
    }

    @Test
    void aFailedPaymentTellsWhy() {
        var payment = routes.json("/payments/failed");

        assertThat(payment.path("error")).hasToString("{\"code\":\"card_declined\",\"message\":\"No.\"}");
        assertThat(payment.path("failedAt").textValue()).isEqualTo("2026-01-01T12:01:00Z");
    }

    @Test
    void theStatusHistoryComesWhenAskedFor() {
        assertThat(routes.json("/payments/paid?include=statusHistory").path("statusHistory"))
                .hasToString(
                        "[{\"status\":\"PENDING\",\"time\":\"2026-01-01T12:00:00Z\",\"actor\":\"eve\",\"version\":1},"
                                + "{\"status\":\"AUTHORIZED\",\"time\":\"2026-01-01T12:02:00Z\",\"actor\":\"eve\",\"version\":3},"
                                + "{\"status\":\"COMPLETED\",\"time\":\"2026-01-01T12:03:00Z\",\"actor\":\"eve\",\"version\":4}]");
    }

    @Test
    void theReportHasAllInOnePlace() {
        var report = routes.json("/payments/paid/report");

        assertThat(report.path("summary").path("status").textValue()).isEqualTo("COMPLETED");
        assertThat(report.path("statusHistory")).hasSize(3);
        assertThat(texts(report.path("auditTrail"), "type"))
                .containsExactly(
                        "PaymentCreated",
                        "PaymentLinked",
                        "PaymentAuthorized",
                        "PaymentCompleted",
                        "RefundRequested",
                        "RefundConfirmed",
                        "RefundRequested");
        assertThat(report.path("metadata")).hasToString("{\"order\":\"42\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "/organizations/acme?version=1, name, Acme",
        "/organizations/acme?at=2026-01-01T12:00:59Z, name, Acme",
        "/organizations/acme?at=2026-01-01T12:01:00Z, name, Emca",
        "/users/ann?version=1, status, unverified",
        "/users/gone?version=1, username, gone",
        "/payments/paid?at=2026-01-01T12:02:30Z, status, AUTHORIZED"
    })
    void whatWasIsShownAsItWas(String path, String member, String value) {
        assertThat(routes.json(path).path(member).textValue()).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({
        "/organizations/none, 404, there is no none among the organizations",
        "/users/none, 404, there is no none among the users",
        "/payments/none/report, 404, there is no none among the payments",
        "/users/none/audit, 404, there is no none among the users",
        "/users/none?version=1, 404, there is no none among the users",
        "/users/ann?version=5, 404, ann has not come to version 5 yet; its latest is 4",
        "/users/ann?at=2026-01-01T11:00:00Z, 404, ann was not there yet",
        "/users/erased?version=1, 410, erased was erased at 2026-01-01T12:01:00Z"
    })
    void whatIsNotThereIsAProblemThatTellsWhy(String path, int status, String why) {
        var answer = routes.get(path);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(Problems.parse(answer.body()).path("detail").textValue()).startsWith(why);
    }

    @Test
    void theHistoryTellsTheEvents() {
        var history = routes.json("/users/ann/history?from=2&limit=2");

        assertThat(texts(history.path("events"), "type")).containsExactly("UserEmailVerified", "UserRolesAssigned");
        assertThat(history.path("next").textValue()).isEqualTo("/users/ann/history?from=4&limit=2");
        assertThat(routes.json(history.path("next").textValue()).has("next")).isFalse();
    }

    @Test
    void theAuditTrailTellsWhoDidWhatWhen() {
        var audit = routes.json("/users/ann/audit?from=3");

        assertThat(audit.path("entries").get(0))
                .hasToString("{\"version\":3,\"type\":\"UserRolesAssigned\",\"time\":\"2026-01-01T12:02:00Z\","
                        + "\"actor\":\"eve\",\"details\":{\"roles\":[\"viewer\",\"stranger\"]}}");
        assertThat(audit.path("entries")).hasSize(2);
    }

    @Test
    void allThatIsLeftOfAnErasedUserIsItsErasure() {
        assertThat(texts(routes.json("/users/erased/audit").path("entries"), "type"))
                .containsExactly("UserErased");
    }

    private static List<String> texts(JsonNode items, String member) {
        return StreamSupport.stream(items.spliterator(), false)
                .map(item -> item.path(member).textValue())
                .toList();
    }
}
