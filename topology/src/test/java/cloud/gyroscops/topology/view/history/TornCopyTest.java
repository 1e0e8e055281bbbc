package cloud.gyroscops.topology.view.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.gyroscops.contract.user.UserCreated;
import cloud.gyroscops.contract.user.UserErased;
import cloud.gyroscops.contract.user.UserLoggedIn;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.EventKey;
import cloud.gyroscops.topology.view.ViewDriver;
import cloud.gyroscops.topology.view.partition.ViewModel;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A copy of which some stores have come further than others: each is loaded on its own. */
class TornCopyTest {

    private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

    @TempDir
    private Path directory;

    private ViewDriver views;
    private TimeTravel travel;
    private EventSearch search;

    @BeforeEach
    void start() {
        views = new ViewDriver(directory);
        travel = new TimeTravel(views.stores(), views.wire());
        search = new EventSearch(views.stores(), views.wire());
        happens(1, new UserCreated("ann", "ann@example.org", "Ann", "Lee", "o-1", List.of()));
        happens(2, new UserLoggedIn(START));
        happens(3, new UserLoggedIn(START.plusSeconds(3)));
    }

    @AfterEach
    void stop() {
        views.close();
    }

    @Test
    void aVersionThatTheHistoryLacksIsNotMadeOfTheOnesBefore() {
        givenTheHistoryLacks(3);

        assertThatThrownBy(() -> travel.asOf(Aggregate.USERS, "u-1", 3)).isInstanceOf(InvalidStateStoreException.class);
        assertThat(travel.asOf(Aggregate.USERS, "u-1", 2)).isInstanceOf(Past.AsItWas.class);
    }

    @Test
    void aMomentAfterWhichTheHistoryLacksSomethingIsNotMadeOfWhatIsThere() {
        givenTheHistoryLacks(3);

        assertThatThrownBy(() -> travel.asOf(Aggregate.USERS, "u-1", at(2).plusMillis(1)))
                .isInstanceOf(InvalidStateStoreException.class);
        assertThat(travel.asOf(Aggregate.USERS, "u-1", at(1))).isInstanceOf(Past.AsItWas.class);
    }

    @Test
    void whatHasAViewIsNotUnknownThoughItsHistoryIsEmpty() {
        List.of(1, 2, 3).forEach(this::givenTheHistoryLacks);

        assertThatThrownBy(() -> travel.asOf(Aggregate.USERS, "u-1", 1)).isInstanceOf(InvalidStateStoreException.class);
    }

    @Test
    void anEventThatTheHistoryLacksIsNotPassedOver() {
        givenTheHistoryLacks(2);

        assertThatThrownBy(() -> search.find(everything(START))).isInstanceOf(InvalidStateStoreException.class);
    }

    @Test
    void whatIsMissingOfAnErasedUserIsPassedOver() {
        happens(4, new UserErased());
        views.driver()
                .<String, String>getKeyValueStore(EventIndex.store(Aggregate.USERS))
                .put(EventIndex.from("UserLoggedIn", at(2)) + EventKey.ordered("u-1", 2), "o-1 eve");

        assertThat(search.find(everything(START)).events())
                .singleElement()
                .satisfies(event -> assertThat(event.payload()).isInstanceOf(UserErased.class));
    }

    @Test
    void boundsWithinAMillisecondTakeInWhatComesAfterThemAlone() {
        assertThat(search.find(everything(at(2).plusNanos(1))).events())
                .extracting(event -> event.header().getVersion())
                .containsExactly(3L);
        assertThat(search.find(between(START, at(2).plusNanos(1))).events())
                .extracting(event -> event.header().getVersion())
                .containsExactly(1L, 2L);
    }

    private void givenTheHistoryLacks(int version) {
        views.driver()
                .<String, byte[]>getKeyValueStore(ViewModel.historyStore(Aggregate.USERS))
                .delete(EventKey.ordered("u-1", version));
    }

    private void happens(int version, SpecificRecord payload) {
        views.pipe(ViewDriver.event(Aggregate.USERS, "u-1", version, at(version), "o-1", "eve", payload));
    }

    private static Instant at(int version) {
        return START.plusSeconds(version);
    }

    private static EventQuery everything(Instant from) {
        return between(from, EventQuery.FOR_EVER);
    }

    private static EventQuery between(Instant from, Instant to) {
        return new EventQuery(Set.of(), from, to, Optional.empty(), Optional.empty(), false, 10, Optional.empty());
    }
}
