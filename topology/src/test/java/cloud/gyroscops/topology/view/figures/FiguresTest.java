package cloud.gyroscops.topology.view.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import cloud.gyroscops.contract.EventHeader;
import cloud.gyroscops.contract.Origin;
import cloud.gyroscops.contract.organization.OrganizationCreated;
import cloud.gyroscops.contract.payment.CaptureMethod;
import cloud.gyroscops.contract.payment.CaptureRejected;
import cloud.gyroscops.contract.payment.PaymentCompleted;
import cloud.gyroscops.contract.payment.PaymentCreated;
import cloud.gyroscops.contract.payment.PaymentFailed;
import cloud.gyroscops.contract.payment.Processor;
import cloud.gyroscops.contract.payment.RefundConfirmed;
import cloud.gyroscops.contract.user.UserCreated;
import cloud.gyroscops.contract.user.UserDeleted;
import cloud.gyroscops.contract.user.UserDisabled;
import cloud.gyroscops.contract.user.UserErased;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.EventKey;
import cloud.gyroscops.schemas.EventMessage;
import cloud.gyroscops.topology.view.ViewDriver;
import cloud.gyroscops.topology.view.partition.Question;
import cloud.gyroscops.topology.view.partition.Questions;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FiguresTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final LocalDate NEW_YEAR = LocalDate.parse("2026-01-01");

    @TempDir
    private Path directory;

    private final Map<String, Long> versions = new HashMap<>();
    private RunningViews views;
    private Figures figures;

    @BeforeEach
    void start() {
        views = new RunningViews(directory, 1);
        figures = views.figures();
    }

    @AfterEach
    void stop() {
        views.close();
    }

    @Test
    void anOrganizationThatNobodyKnowsHasNoFigures() {
        assertThat(figures.users("o-1", DateRange.ALL)).isEqualTo(UserAnalytics.of(UserSums.NONE));
        assertThat(figures.payments("o-1", DateRange.ALL)).isEqualTo(PaymentStatistics.of(PaymentSums.NONE));
        assertThat(figures.dashboard("o-1")).isEqualTo(PaymentDashboard.of(List.of()));
    }

    @Test
    void whatIsAddedUpOverManyOrganizationsIsWhatIsShownAlone() {
        try (var many = new RunningViews(directory.resolve("many"), 4)) {
            for (int i = 0; i < 12; i++) {
                var id = "o-" + (char) ('a' + i);
                many.feed(ViewDriver.event(
                        Aggregate.ORGANIZATIONS, id, 1, NOON, id, "eve", new OrganizationCreated("Acme")));
            }
            var asked = new ArrayList<ReadUsersByOrganization>();
            var watched = new Questions() {
                @Override
                public <A> A ask(String key, Question<A> question) {
                    throw new UnsupportedOperationException();
                }

                @Override
                public <A> List<A> askAll(Question<A> question) {
                    if (question instanceof ReadUsersByOrganization read) {
                        asked.add(read);
                    }
                    return many.askAll(question);
                }
            };

            assertThat(new Figures(watched).usersByOrganization("o-b", 3, DateRange.ALL, true))
                    .extracting(Figures.OfOrganization::organizationId)
                    .containsExactly("o-c", "o-d", "o-e");
            assertThat(asked).singleElement().satisfies(read -> assertThat(read.organizationIds())
                    .containsExactly("o-c", "o-d", "o-e"));
        }
    }

    @Test
    void aDeletedUserLeaves() {
        created("u-1", "o-1", NOON, "admin");
        created("u-2", "o-1", NOON, "buyer");
        user("u-1", "o-1", NOON, new UserDeleted());

        assertThat(figures.users("o-1", DateRange.ALL)).satisfies(users -> {
            assertThat(users.total()).isOne();
            assertThat(users.daily()).containsExactly(new UserAnalytics.Day(NEW_YEAR, 1, 1));
            assertThat(users.roles()).containsExactly(new UserAnalytics.Role("buyer", 1, new BigDecimal("100.00")));
        });
    }

    @Test
    void anErasedUserLeavesAlsoIfDeletedBefore() {
        created("u-1", "o-1", NOON, "admin");
        created("u-2", "o-1", NOON, "admin");
        user("u-1", "o-1", NOON, new UserErased());
        user("u-2", "o-1", NOON, new UserDeleted());
        user("u-2", "o-1", NOON, new UserErased());

        assertThat(figures.users("o-1", DateRange.ALL)).isEqualTo(UserAnalytics.of(UserSums.NONE));
        assertThat(figures.users(DateRange.ALL)).isEqualTo(UserAnalytics.of(UserSums.NONE));
    }

    @Test
    void aUserWithoutAnyEventButTheErasureWasNeverThere() {
        versions.put("u-1", 6L);
        user("u-1", "o-1", NOON, new UserErased());

        assertThat(figures.users(DateRange.ALL).total()).isZero();
    }

    @Test
    void aDisabledUserIsInactive() {
        created("u-1", "o-1", NOON);
        created("u-2", "o-1", NOON);
        created("u-3", "o-1", NOON);
        user("u-3", "o-1", NOON, new UserDisabled());

        assertThat(figures.users("o-1", DateRange.ALL)).satisfies(users -> {
            assertThat(users.active()).isEqualTo(2);
            assertThat(users.inactive()).isOne();
            assertThat(users.activationRate()).isEqualTo("66.67");
            assertThat(users.verificationRate()).isEqualTo("0.00");
            assertThat(users.daily()).containsExactly(new UserAnalytics.Day(NEW_YEAR, 3, 2));
        });
    }

    @Test
    void daysBetweenTheFirstAndTheLastAreListedWithoutUsersToo() {
        created("u-1", "o-1", NOON);
        created("u-2", "o-1", Instant.parse("2026-01-03T00:00:00Z"));

        assertThat(figures.users("o-1", DateRange.ALL).daily())
                .containsExactly(
                        new UserAnalytics.Day(NEW_YEAR, 1, 1),
                        new UserAnalytics.Day(NEW_YEAR.plusDays(1), 0, 0),
                        new UserAnalytics.Day(NEW_YEAR.plusDays(2), 1, 1));
    }

    @Test
    void daysThatAreYearsApartAreListedAlone() {
        created("u-1", "o-1", Instant.parse("1999-12-31T23:59:59.999Z"));
        created("u-2", "o-1", NOON);

        assertThat(figures.users("o-1", DateRange.ALL).daily())
                .containsExactly(
                        new UserAnalytics.Day(LocalDate.parse("1999-12-31"), 1, 1),
                        new UserAnalytics.Day(NEW_YEAR, 1, 1));
    }

    @Test
    void aDayBeginsAndEndsAsItDoesInTheZone() {
        created("u-1", "o-1", Instant.parse("2025-12-31T18:14:59.999Z"));
        created("u-2", "o-1", Instant.parse("2025-12-31T18:15:00Z"));
        created("u-3", "o-1", Instant.parse("2026-01-01T18:14:59.999Z"));
        created("u-4", "o-1", Instant.parse("2026-01-01T18:15:00Z"));

        assertThat(figures.users("o-1", new DateRange(NEW_YEAR, NEW_YEAR, ZoneId.of("Asia/Kathmandu")))
                        .daily())
                .containsExactly(new UserAnalytics.Day(NEW_YEAR, 2, 2));
    }

    @Test
    void theDayOnWhichClocksArePutBackHasTwentyFiveHours() {
        payment("p-0", "o-1", Instant.parse("2025-10-25T21:59:59.999Z"), paid(1));
        payment("p-1", "o-1", Instant.parse("2025-10-25T22:00:00Z"), paid(10));
        payment("p-2", "o-1", Instant.parse("2025-10-26T22:59:59.999Z"), paid(100));
        payment("p-3", "o-1", Instant.parse("2025-10-26T23:00:00Z"), paid(1_000));
        var day = LocalDate.parse("2025-10-26");

        assertThat(figures.payments("o-1", new DateRange(day, day, ZoneId.of("Europe/Paris")))
                        .amounts())
                .containsExactly(new Amounts("EUR", 110, 0, 0));
    }

    @Test
    void organizationsWhoseIdsBeginAlikeAreKeptApart() {
        List.of("o", "o-1", "o-1.1", "o-10", "o-1:", "o-1_").forEach(id -> {
            created("u-" + id, id, NOON, "admin");
            payment("p-" + id, id, NOON, paid(5));
        });

        assertThat(figures.users("o-1", DateRange.ALL).total()).isOne();
        assertThat(figures.users("o-1", new DateRange(NEW_YEAR, null, ZoneId.of("UTC")))
                        .roles())
                .containsExactly(new UserAnalytics.Role("admin", 1, new BigDecimal("100.00")));
        assertThat(figures.payments("o-1", new DateRange(NEW_YEAR, null, ZoneId.of("UTC")))
                        .total())
                .isOne();
        assertThat(figures.payments("o-1", new DateRange(null, NEW_YEAR, ZoneId.of("+01:00")))
                        .total())
                .isOne();
    }

    @Test
    void organizationsWithoutUsersAreListedToo() {
        feed(Aggregate.ORGANIZATIONS, "o-2", "o-2", NOON, new OrganizationCreated("Acme"));
        created("u-1", "o-1", NOON, "admin");

        assertThat(figures.usersByOrganization("", 10, DateRange.ALL, false))
                .extracting(Figures.OfOrganization::organizationId, each -> each.users()
                        .total())
                .containsExactly(tuple("o-1", 1L), tuple("o-2", 0L));
    }

    @Test
    void withoutSingleDaysTheOtherFiguresAreTheSame() {
        created("u-1", "o-1", NOON, "admin");
        created("u-2", "o-1", NOON.plusSeconds(86_400), "buyer", "admin");

        for (var range : List.of(DateRange.ALL, new DateRange(null, NEW_YEAR, ZoneId.of("Asia/Kathmandu")))) {
            assertThat(figures.usersByOrganization("", 1, range, false).get(0).users())
                    .usingRecursiveComparison()
                    .ignoringFields("daily")
                    .isEqualTo(figures.users("o-1", range));
        }
        assertThat(figures.usersByOrganization("", 1, DateRange.ALL, false)
                        .get(0)
                        .users()
                        .daily())
                .isEmpty();
    }

    @Test
    void amountsThatNoLongHoldsAreExactAgainOnceOneIsLess() {
        payment("p-1", "o-1", NOON, paid(Long.MAX_VALUE));
        payment("p-1", "o-1", NOON, new PaymentCompleted(Long.MAX_VALUE, null));
        payment("p-2", "o-1", NOON, paid(Long.MAX_VALUE));
        payment("p-2", "o-1", NOON, new PaymentCompleted(Long.MAX_VALUE, null));
        assertThat(figures.dashboard("o-1").amounts())
                .containsExactly(new Amounts("EUR", Long.MAX_VALUE, Long.MAX_VALUE, 0));

        payment("p-1", "o-1", NOON, new PaymentCompleted(3L, null));
        payment("p-2", "o-1", NOON, new PaymentCompleted(4L, null));

        assertThat(figures.dashboard("o-1").amounts()).containsExactly(new Amounts("EUR", Long.MAX_VALUE, 7, 0));
    }

    @Test
    void aRefundedPaymentWasASuccess() {
        payment("p-1", "o-1", NOON, paid(100));
        payment("p-1", "o-1", NOON, new PaymentCompleted(100L, null));
        payment("p-1", "o-1", NOON, new RefundConfirmed("r-1", 100L, null));
        payment("p-2", "o-1", NOON, paid(100));
        payment("p-2", "o-1", NOON, new PaymentCompleted(100L, null));
        payment("p-3", "o-1", NOON, paid(100));
        payment("p-3", "o-1", NOON, new PaymentFailed("declined", "no funds", null));
        payment("p-4", "o-1", NOON, paid(100));

        assertThat(figures.dashboard("o-1")).satisfies(dashboard -> {
            assertThat(dashboard.total()).isEqualTo(4);
            assertThat(dashboard.failed()).isOne();
            assertThat(dashboard.successRate()).isEqualTo("66.67");
            assertThat(dashboard.refunds()).containsExactly(new PaymentDashboard.Refunds("EUR", 1, 100));
        });
    }

    @Test
    void theLastFailureIsTheLatestReportWhateverBecameOfThePayment() {
        payment("p-1", "o-1", NOON, paid(100));
        payment("p-2", "o-1", NOON, paid(100));
        payment("p-2", "o-1", NOON.plusSeconds(1), new PaymentFailed("late", "", null));
        payment("p-1", "o-1", NOON.plusSeconds(2), new PaymentFailed("declined", "no funds", null));
        payment("p-1", "o-1", NOON.plusSeconds(3), new PaymentCompleted(100L, null));
        payment("p-1", "o-1", NOON.plusSeconds(4), new CaptureRejected("another", "", null));

        assertThat(figures.dashboard("o-1").lastFailure())
                .contains(new PaymentDashboard.Failure("p-1", NOON.plusSeconds(2), "declined", "no funds"));
    }

    @Test
    void ofPaymentsAtTheSameMomentTheLastIsTheOneWithTheLastId() {
        payment("p-2", "o-1", NOON, paid(2));
        payment("p-1", "o-1", NOON, paid(1));

        assertThat(figures.dashboard().lastPayment()).contains(new PaymentDashboard.Payment("p-2", NOON, 2, "EUR"));
    }

    private void created(String id, String organization, Instant at, String... roles) {
        user(id, organization, at, new UserCreated(id, id + "@acme.test", "A", "L", organization, List.of(roles)));
    }

    private void user(String id, String organization, Instant at, SpecificRecord payload) {
        feed(Aggregate.USERS, id, organization, at, payload);
    }

    private static PaymentCreated paid(long amount) {
        return new PaymentCreated(
                "o-1", null, amount, "EUR", "", Map.of(), CaptureMethod.AUTOMATIC, Processor.NONE, NOON);
    }

    private void payment(String id, String organization, Instant at, SpecificRecord payload) {
        feed(Aggregate.PAYMENTS, id, organization, at, payload);
    }

    private void feed(Aggregate aggregate, String id, String organization, Instant at, SpecificRecord payload) {
        long version = versions.merge(id, 1L, Long::sum);
        views.feed(new EventMessage(
                new EventHeader(
                        aggregate.plural() + "/" + EventKey.of(id, version),
                        aggregate.type(),
                        id,
                        version,
                        organization,
                        at,
                        "eve",
                        Origin.CLIENT,
                        "c",
                        "c",
                        Map.of()),
                payload));
    }
}
