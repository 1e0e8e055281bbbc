package cloud.gyroscops.topology.view.history;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.contract.payment.PaymentStatus;
import cloud.gyroscops.contract.user.UserErased;
import cloud.gyroscops.domain.payment.PaymentDecider;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.EventMessage;
import cloud.gyroscops.topology.view.ViewDriver;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistoriesTest {

    private static final int ALL = 10_000;

    @TempDir
    private static Path directory;

    private static RandomHistories random;
    private static ViewDriver views;
    private static Histories histories;

    @BeforeAll
    static void start() {
        random = new RandomHistories(7, 12, 700);
        views = new ViewDriver(directory);
        random.inOrder().forEach(views::pipe);
        histories = new Histories(views.stores(), views.wire());
    }

    @AfterAll
    static void stop() {
        views.close();
    }

    @Test
    void theAuditTrailTellsInOrderWhoDidWhatWhen() {
        random.byId().forEach((id, events) -> {
            if (!random.erased(id)) {
                assertThat(trail(RandomHistories.aggregate(id), id))
                        .as(id)
                        .containsExactlyElementsOf(
                                events.stream().map(HistoriesTest::entry).toList());
            }
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 100})
    void theAuditTrailIsWholePageByPage(int most) {
        var audits = histories.audits();
        var found = new ArrayList<AuditEntry>();
        var next = Optional.of(AuditPlace.BEGINNING);
        while (next.isPresent()) {
            var more = audits.trail(Aggregate.PAYMENTS, "p-1", next.get(), most);
            assertThat(more.entries()).hasSizeLessThanOrEqualTo(most);
            found.addAll(more.entries());
            next = more.next();
        }

        assertThat(found).isEqualTo(trail(Aggregate.PAYMENTS, "p-1"));
    }

    @Test
    void theAuditTrailOfAnErasedUserIsItsErasure() {
        assertThat(trail(Aggregate.USERS, "u-2"))
                .singleElement()
                .extracting(AuditEntry::details)
                .isEqualTo(new UserErased());
    }

    @Test
    void thereIsNoAuditTrailOfNobody() {
        assertThat(histories.audits().trail(Aggregate.USERS, "u-99", AuditPlace.BEGINNING, ALL))
                .isEqualTo(new AuditPage(List.of(), Optional.empty()));
    }

    @Test
    void theStatusesOfAPaymentAreThoseThatItsEventsBrought() {
        for (var id : List.of("p-1", "p-4", "p-7", "p-10")) {
            assertThat(histories.statuses(id, 1, ALL).entries())
                    .as(id)
                    .isNotEmpty()
                    .isEqualTo(statuses(random.byId().get(id)));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void theStatusesAreWholePageByPage(int most) {
        assertThat(all(from -> histories.statuses("p-1", from, most)))
                .isEqualTo(histories.statuses("p-1", 1, ALL).entries());
    }

    @Test
    void statusesFromAnyVersionOnAreTheLaterOnesOfAll() {
        var all = histories.statuses("p-1", 1, ALL).entries();
        for (int from = 1; from <= random.byId().get("p-1").size() + 1; from++) {
            long first = from;
            assertThat(histories.statuses("p-1", from, ALL).entries())
                    .isEqualTo(all.stream()
                            .filter(change -> change.version() >= first)
                            .toList());
        }
    }

    private static List<AuditEntry> trail(Aggregate aggregate, String id) {
        return histories
                .audits()
                .trail(aggregate, id, AuditPlace.BEGINNING, ALL)
                .entries();
    }

    private static <T> List<T> all(LongFunction<HistoryPage<T>> page) {
        var found = new ArrayList<T>();
        var next = OptionalLong.of(1);
        while (next.isPresent()) {
            var more = page.apply(next.getAsLong());
            found.addAll(more.entries());
            next = more.next();
        }
        return found;
    }

    private static AuditEntry entry(EventMessage event) {
        var header = event.header();
        return new AuditEntry(
                header.getVersion(),
                event.payload().getClass().getSimpleName(),
                header.getOccurredAt(),
                header.getActor(),
                event.payload());
    }

    private static List<StatusChange> statuses(List<EventMessage> events) {
        var decider = new PaymentDecider(PaymentDecider.DEFAULT_TIME_TO_LIVE);
        var state = decider.initial();
        var status = PaymentStatus.NONE;
        var changes = new ArrayList<StatusChange>();
        for (var event : events) {
            state = decider.evolve(state, event.payload());
            if (state.getStatus() != status) {
                status = state.getStatus();
                changes.add(new StatusChange(
                        event.header().getVersion(),
                        status,
                        event.header().getOccurredAt(),
                        event.header().getActor()));
            }
        }
        return changes;
    }
}
