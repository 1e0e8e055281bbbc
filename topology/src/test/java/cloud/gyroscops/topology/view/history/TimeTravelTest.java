package cloud.gyroscops.topology.view.history;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.contract.payment.PaymentState;
import cloud.gyroscops.contract.view.Applied;
import cloud.gyroscops.domain.organization.OrganizationDecider;
import cloud.gyroscops.domain.payment.PaymentDecider;
import cloud.gyroscops.domain.user.UserDecider;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.EventMessage;
import cloud.gyroscops.topology.view.ViewDriver;
import cloud.gyroscops.topology.view.ViewStores;
import cloud.gyroscops.topology.view.partition.ViewModel;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TimeTravelTest {

    private static final int CASES = 1_000;
    private static final Instant LATER = Instant.parse("2027-01-01T00:00:00Z");

    @TempDir
    private static Path directory;

    private static RandomHistories histories;
    private static ViewDriver views;
    private static ViewStores stores;
    private static TimeTravel travel;

    @BeforeAll
    static void start() {
        histories = new RandomHistories(20_260_101, 30, 500);
        views = new ViewDriver(directory);
        histories.inOrder().forEach(views::pipe);
        stores = views.stores();
        travel = new TimeTravel(stores, views.wire());
    }

    @AfterAll
    static void stop() {
        views.close();
    }

    @Test
    void atAThousandRandomInstantsTheStateEqualsAFoldOfTheEventsUntilThen() {
        var outcomes = new ArrayList<Class<?>>();
        for (int i = 0; i < CASES; i++) {
            var id = anyId();
            var time = histories.anyTime();
            var past = travel.asOf(RandomHistories.aggregate(id), id, time);

            var until = histories.byId().get(id).stream()
                    .filter(event -> !event.header().getOccurredAt().isAfter(time))
                    .toList();
            thenAsFolded(past, id, until, "at " + time);
            outcomes.add(past.getClass());
        }
        assertThat(outcomes).contains(Past.AsItWas.class, Past.NotYetThere.class, Past.Erased.class);
    }

    @Test
    void atAThousandRandomVersionsTheStateEqualsAFoldOfTheEventsUntilThen() {
        for (int i = 0; i < CASES; i++) {
            var id = anyId();
            var events = histories.byId().get(id);
            int version = 1 + histories.random().nextInt(events.size());

            var past = travel.asOf(RandomHistories.aggregate(id), id, version);

            thenAsFolded(past, id, events.subList(0, version), "version " + version);
        }
    }

    @Test
    void theLatestVersionLooksLikeTheView() {
        histories.byId().forEach((id, events) -> {
            if (!histories.erased(id)) {
                assertThat(travel.asOf(RandomHistories.aggregate(id), id, events.size()))
                        .as(id)
                        .isEqualTo(new Past.AsItWas(
                                stores.find(RandomHistories.aggregate(id), id).orElseThrow()));
            }
        });
    }

    @Test
    void fewerThanAHundredEventsAreReadHoweverLongTheHistory() {
        histories.byId().forEach((id, events) -> {
            for (int version = 1; version <= events.size() && !histories.erased(id); version++) {
                var recalled = stores.ask(
                        id,
                        new Recall(RandomHistories.aggregate(id), id, Optional.of((long) version), Optional.empty()));

                assertThat(recalled.events()).as("%s@%d", id, version).hasSize(version % 100);
                assertThat(recalled.snapshot().isPresent()).isEqualTo(version >= 100);
            }
        });
    }

    @Test
    void beforeTheFirstEventItDidNotExist() {
        var first = histories.byId().get("o-0").get(0).header().getOccurredAt();

        assertThat(travel.asOf(Aggregate.ORGANIZATIONS, "o-0", first.minusMillis(1)))
                .isEqualTo(new Past.NotYetThere(1, first));
    }

    @Test
    void aVersionThatIsNotThereYetIsToldWithTheLatest() {
        long latest = histories.byId().get("o-0").size();

        assertThat(travel.asOf(Aggregate.ORGANIZATIONS, "o-0", latest + 1)).isEqualTo(new Past.StillToCome(latest));
    }

    @Test
    void nobodyKnowsAnAggregateThatNeverWas() {
        assertThat(travel.asOf(Aggregate.ORGANIZATIONS, "o-99", 1)).isEqualTo(new Past.Unknown());
        assertThat(travel.asOf(Aggregate.ORGANIZATIONS, "o-99", LATER)).isEqualTo(new Past.Unknown());
    }

    @Test
    void ofAnErasedUserOnlyTheErasureIsKnownAtAnyTimeAndVersion() {
        var events = histories.byId().get("u-2");
        var erased = new Past.Erased(events.get(events.size() - 1).header().getOccurredAt());

        assertThat(List.of(
                        travel.asOf(Aggregate.USERS, "u-2", 1),
                        travel.asOf(Aggregate.USERS, "u-2", events.size()),
                        travel.asOf(Aggregate.USERS, "u-2", RandomHistories.START.minusSeconds(1)),
                        travel.asOf(Aggregate.USERS, "u-2", LATER)))
                .containsOnly(erased);
        assertThat(travel.asOf(Aggregate.USERS, "u-2", events.size() + 1L))
                .isEqualTo(new Past.StillToCome(events.size()));
    }

    @Test
    void nothingOfAnErasedUserIsLeftInSnapshotsAndHistories() {
        for (var store : List.of(ViewModel.snapshotStore(Aggregate.USERS), ViewModel.historyStore(Aggregate.USERS))) {
            try (var all = views.driver().getKeyValueStore(store).all()) {
                all.forEachRemaining(entry -> {
                    var key = (String) entry.key;
                    var id = key.substring(0, key.indexOf('@'));
                    assertThat(histories.erased(id)
                                    && !key.endsWith("@%019d"
                                            .formatted(histories.byId().get(id).size())))
                            .as("%s in %s", key, store)
                            .isFalse();
                });
            }
        }
    }

    private static void thenAsFolded(Past past, String id, List<EventMessage> until, String when) {
        if (histories.erased(id)) {
            assertThat(past).as("%s %s", id, when).isInstanceOf(Past.Erased.class);
        } else if (until.isEmpty()) {
            assertThat(past).as("%s %s", id, when).isInstanceOf(Past.NotYetThere.class);
        } else {
            assertThat(past).as("%s %s", id, when).isInstanceOf(Past.AsItWas.class);
            var view = ((Past.AsItWas) past).view();
            var last = until.get(until.size() - 1).header();
            var first = until.get(0).header();
            assertThat(view.get(0))
                    .as("%s %s", id, when)
                    .isEqualTo(new Applied(
                            last.getVersion(),
                            first.getOccurredAt(),
                            first.getActor(),
                            last.getOccurredAt(),
                            last.getActor()));
            assertThat(view.get(1)).as("%s %s", id, when).isEqualTo(state(id, until));
        }
    }

    private static SpecificRecord state(String id, List<EventMessage> events) {
        return switch (RandomHistories.aggregate(id)) {
            case ORGANIZATIONS -> {
                var decider = new OrganizationDecider();
                var state = decider.initial();
                for (var event : events) {
                    state = decider.evolve(state, event.payload());
                }
                yield state;
            }
            case USERS -> {
                var decider = new UserDecider();
                var state = decider.initial();
                for (var event : events) {
                    state = decider.evolve(state, event.payload());
                }
                yield state;
            }
            case PAYMENTS -> payment(events);
        };
    }

    private static PaymentState payment(List<EventMessage> events) {
        var decider = new PaymentDecider(PaymentDecider.DEFAULT_TIME_TO_LIVE);
        var state = decider.initial();
        for (var event : events) {
            state = decider.evolve(state, event.payload());
        }
        return state;
    }

    private static String anyId() {
        var ids = List.copyOf(histories.byId().keySet());
        return ids.get(histories.random().nextInt(ids.size()));
    }
}
