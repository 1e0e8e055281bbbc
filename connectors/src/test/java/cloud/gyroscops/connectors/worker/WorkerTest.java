package cloud.gyroscops.connectors.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cloud.gyroscops.connectors.target.Fact;
import cloud.gyroscops.connectors.target.Finding;
import cloud.gyroscops.connectors.target.TargetException;
import cloud.gyroscops.contract.CommandHeader;
import cloud.gyroscops.contract.Origin;
import cloud.gyroscops.contract.mirror.CompareObject;
import cloud.gyroscops.contract.mirror.DiscardParked;
import cloud.gyroscops.contract.mirror.FinishComparison;
import cloud.gyroscops.contract.mirror.MirrorOutcome;
import cloud.gyroscops.contract.mirror.OutcomeKind;
import cloud.gyroscops.contract.mirror.ParkedAggregate;
import cloud.gyroscops.contract.mirror.PartitionStatus;
import cloud.gyroscops.contract.mirror.ReplayAll;
import cloud.gyroscops.contract.mirror.RetryParked;
import cloud.gyroscops.contract.mirror.RunStatus;
import cloud.gyroscops.contract.user.UserCreated;
import cloud.gyroscops.contract.user.UserDisabled;
import cloud.gyroscops.contract.user.UserEmailVerified;
import cloud.gyroscops.contract.user.UserEnabled;
import cloud.gyroscops.contract.user.UserErased;
import cloud.gyroscops.contract.user.UserLoggedIn;
import cloud.gyroscops.contract.user.VerifyUserEmail;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.CommandMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of events, whatever the target does. */
final class WorkerTest {

    private static final Duration A_MOMENT = Duration.ofMillis(50);

    @TempDir
    private Path directory;

    private final ScriptedTarget target = new ScriptedTarget();
    private WorkerSpecification worker;

    @BeforeEach
    void start() {
        start(settings(20_000));
    }

    private void start(WorkerSettings settings) {
        if (worker != null) {
            worker.close();
        }
        worker = new WorkerSpecification(directory, target, settings);
    }

    private static WorkerSettings settings(int places) {
        return new WorkerSettings(
                8, 4, places, 3, Duration.ofSeconds(60), Duration.ofMillis(100), Duration.ofSeconds(5));
    }

    @AfterEach
    void stop() {
        worker.close();
    }

    @Test
    void eventsOfAnAggregateReachTheTargetInOrderAndEachHasAnOutcome() {
        user("u-1", new UserDisabled(), new UserEnabled());

        worker.advance(A_MOMENT);

        assertThat(target.done).containsExactly("mirror u-1@1", "mirror u-1@2", "mirror u-1@3");
        var outcomes = worker.outcomes();
        assertThat(outcomes).extracting(MirrorOutcome::getSequence).containsExactly(1L, 2L, 3L);
        assertThat(outcomes).extracting(MirrorOutcome::getKind).containsOnly(OutcomeKind.MIRRORED);
        assertThat(outcomes.get(1).getEventType()).isEqualTo("UserDisabled");
        assertThat(outcomes.get(1).getExternalId()).isEqualTo("kc-u-1");
        assertThat(outcomes.get(1).getCorrelationId()).isEqualTo("correlation-u-1");
        assertThat(outcomes.get(1).getOrganizationId()).isEqualTo("o-1");
    }

    @Test
    void whatATargetCausedAndWhatDoesNotConcernItStaysAway() {
        user("u-1");
        worker.events(Origin.KEYCLOAK, Aggregate.USERS, "u-1", new UserEmailVerified())
                .events(Aggregate.USERS, "u-1", new UserLoggedIn(WorkerSpecification.START), new UserDisabled())
                .advance(A_MOMENT);

        assertThat(target.done).containsExactly("mirror u-1@1", "mirror u-1@4");
    }

    @Test
    void anEventThatIsRefusedParksItsAggregateAndNoOther() {
        target.fails("u-1", refused());
        user("u-1", new UserDisabled());
        user("u-2");
        worker.advance(A_MOMENT);
        worker.events(Aggregate.USERS, "u-1", new UserEnabled()).advance(Duration.ofSeconds(20));

        assertThat(target.done).containsExactly("mirror u-2@1");
        assertThat(worker.told()).containsExactly("PARKED u-1@1", "MIRRORED u-2@1");
        var parked =
                (ParkedAggregate) worker.status("KEYCLOAK/parked/users/u-1").orElseThrow();
        assertThat(parked.getWaiting()).isEqualTo(3);
        assertThat(parked.getError().getCode()).isEqualTo("HTTP_400");
        assertThat(parked.getEventType()).isEqualTo("UserCreated");
        var partition = (PartitionStatus) worker.status("KEYCLOAK/partition/0").orElseThrow();
        assertThat(partition.getParked()).isEqualTo(1);
        assertThat(partition.getWaiting()).isZero();
    }

    @Test
    void whatIsTriedAgainGoesOnInOrder() {
        target.fails("u-1", refused());
        user("u-1", new UserDisabled());
        worker.advance(A_MOMENT).told();

        worker.control(Aggregate.USERS, "u-1", new RetryParked(null)).advance(A_MOMENT);
        worker.events(Aggregate.USERS, "u-1", new UserEnabled()).advance(A_MOMENT);

        assertThat(target.done).containsExactly("mirror u-1@1", "mirror u-1@2", "mirror u-1@3");
        assertThat(worker.told())
                .containsExactly("RESUMED u-1@1", "MIRRORED u-1@1", "MIRRORED u-1@2", "MIRRORED u-1@3");
        assertThat(worker.status("KEYCLOAK/parked/users/u-1")).isEmpty();
    }

    @Test
    void whatIsTriedAgainInVainIsParkedAgain() {
        target.fails("u-1", refused(), refused());
        user("u-1", new UserDisabled());
        worker.advance(A_MOMENT);

        worker.control(Aggregate.USERS, "u-1", new RetryParked(null)).advance(A_MOMENT);

        assertThat(worker.told()).containsExactly("PARKED u-1@1", "RESUMED u-1@1", "PARKED u-1@1");
        assertThat(worker.status("KEYCLOAK/parked/users/u-1")).isPresent();
    }

    @Test
    void discardingDropsTheEventThatFailedAndGoesOnWithTheNext() {
        target.fails("u-1", refused());
        user("u-1", new UserDisabled());
        worker.advance(A_MOMENT).told();

        worker.control(Aggregate.USERS, "u-1", new DiscardParked(1L)).advance(A_MOMENT);

        assertThat(target.done).containsExactly("mirror u-1@2");
        assertThat(worker.told()).containsExactly("DISCARDED u-1@1", "MIRRORED u-1@2");
    }

    @Test
    void askedTwiceToDiscardItDropsOneEvent() {
        target.fails("u-1", refused(), refused());
        user("u-1", new UserDisabled());
        worker.advance(A_MOMENT).told();

        worker.control(Aggregate.USERS, "u-1", new DiscardParked(1L))
                .advance(A_MOMENT)
                .control(Aggregate.USERS, "u-1", new DiscardParked(1L))
                .advance(A_MOMENT);

        assertThat(worker.told()).containsExactly("DISCARDED u-1@1", "PARKED u-1@2");
    }

    @Test
    void anErasureIsNotDiscarded() {
        user("u-1");
        worker.advance(A_MOMENT).told();
        target.fails("u-1", refused());
        worker.events(Aggregate.USERS, "u-1", new UserErased()).advance(A_MOMENT);

        worker.control(Aggregate.USERS, "u-1", new DiscardParked(2L)).advance(A_MOMENT);

        assertThat(worker.told()).containsExactly("PARKED u-1@2");
    }

    @Test
    void whatIsShownAgainIsPassedOver() {
        user("u-1", new UserDisabled());
        worker.advance(A_MOMENT);

        worker.event(Origin.CLIENT, Aggregate.USERS, "u-1", 2, new UserDisabled())
                .advance(A_MOMENT);

        assertThat(target.done).containsExactly("mirror u-1@1", "mirror u-1@2");
    }

    @Test
    void tooMuchOfEverythingCostsNoAttempts() {
        for (int times = 0; times < 20; times++) {
            target.fails(
                    "u-1",
                    new TargetException.Unavailable(
                            "HTTP_429", "too many", OptionalInt.of(429), Optional.of(Duration.ofMillis(10)), null));
        }
        user("u-1");
        for (int id = 2; id <= 12; id++) {
            user("u-" + id);
            worker.advance(Duration.ofSeconds(1));
        }

        done(12);
        assertThat(worker.told()).allMatch(told -> told.startsWith("MIRRORED"));
    }

    @Test
    void aSecondObjectThatBearsAnIdOfOursIsTold() {
        user("u-1");
        worker.advance(A_MOMENT).told();

        worker.control(Aggregate.USERS, "u-1", new CompareObject("r-1", "kc-other", "u-1", false))
                .control(Aggregate.USERS, "", new FinishComparison("r-1", WorkerSpecification.START, false))
                .advance(Duration.ofSeconds(2));

        var run = (RunStatus) worker.status("KEYCLOAK/run/r-1/0").orElseThrow();
        assertThat(run.getExtra()).isEqualTo(1);
        assertThat(worker.status("KEYCLOAK/unknown/kc-other")).isPresent();
    }

    @Test
    void controlsForWhatIsNotParkedChangeNothing() {
        user("u-1");
        worker.advance(A_MOMENT).told();

        worker.control(Aggregate.USERS, "u-1", new RetryParked(null))
                .control(Aggregate.USERS, "nobody", new DiscardParked(1L))
                .advance(A_MOMENT);

        assertThat(worker.told()).isEmpty();
        assertThat(target.done).hasSize(1);
    }

    @Test
    void attemptsAreCountedAndUsedUp() {
        target.fails("u-1", failed(), failed(), failed());
        user("u-1");

        worker.advance(Duration.ofSeconds(10));

        var outcomes = worker.outcomes();
        assertThat(outcomes)
                .extracting(MirrorOutcome::getKind)
                .containsExactly(OutcomeKind.RETRIED, OutcomeKind.RETRIED, OutcomeKind.PARKED);
        assertThat(outcomes).extracting(MirrorOutcome::getAttempt).containsExactly(1, 2, 3);
        assertThat(target.done).isEmpty();
    }

    @Test
    void aTargetThatIsAwayIsLeftAloneAndCostsNoAttempts() {
        target.failsAlways(unavailable(Optional.empty()));
        for (int id = 1; id <= 10; id++) {
            user("u-" + id, new UserDisabled());
        }
        worker.advance(Duration.ofMinutes(2));

        assertThat(worker.told()).isEmpty();
        var partition = (PartitionStatus) worker.status("KEYCLOAK/partition/0").orElseThrow();
        assertThat(partition.getWaiting()).isEqualTo(20);
        assertThat(partition.getPausedBecause().getCode()).isEqualTo("CONNECTION");
        assertThat(partition.getOldestWaiting()).isEqualTo(WorkerSpecification.START);

        target.failsAlways(null);
        done(20);
        assertThat(worker.told()).hasSize(20).allMatch(told -> told.startsWith("MIRRORED"));
    }

    @Test
    void aTargetThatSaysWhenIsAskedThenAndNotBefore() {
        target.fails("u-1", unavailable(Optional.of(Duration.ofSeconds(8))));
        user("u-1");
        worker.advance(Duration.ofSeconds(7));
        assertThat(target.done).isEmpty();

        worker.advance(Duration.ofSeconds(2));

        assertThat(target.done).containsExactly("mirror u-1@1");
    }

    @Test
    void anEventThatTheTargetNeverSurvivesIsParkedIfItServesOthersMeanwhile() {
        for (int times = 0; times < 100; times++) {
            target.fails("u-1", unavailable());
        }
        user("u-1");
        worker.advance(A_MOMENT);
        for (int id = 2; id <= 12; id++) {
            user("u-" + id);
            // One by one: let through together, they would all be done before u-1 has failed often enough.
            done(id - 1);
            worker.advance(Duration.ofSeconds(10));
        }

        assertThat(target.done).hasSize(11).doesNotContain("mirror u-1@1");
        assertThat(worker.told()).contains("RETRIED u-1@1", "PARKED u-1@1");
    }

    @Test
    void whatWaitsForAnotherCostsNoAttemptsUntilPatienceIsOver() {
        target.fails("u-1", notYet(), notYet(), notYet(), notYet(), notYet());
        user("u-1");
        worker.advance(Duration.ofSeconds(30));
        assertThat(target.done).containsExactly("mirror u-1@1");

        for (int times = 0; times < 100; times++) {
            target.fails("u-2", notYet());
        }
        user("u-2");
        worker.advance(Duration.ofSeconds(70));

        assertThat(worker.told()).containsExactly("MIRRORED u-1@1", "PARKED u-2@1");
    }

    /** The value that it waits for may be one that it has given up by now. */
    @Test
    void whatWaitsForAnotherGoesOnWithTheLatestState() {
        target.fails("u-1", notYet());
        user("u-1");
        worker.advance(A_MOMENT);
        worker.events(Aggregate.USERS, "u-1", new UserDisabled(), new UserEnabled())
                .advance(Duration.ofSeconds(2));

        assertThat(target.done).containsExactly("replay u-1@3");
        assertThat(worker.told()).containsExactly("MIRRORED u-1@1", "MIRRORED u-1@2", "MIRRORED u-1@3");
        worker.events(Aggregate.USERS, "u-1", new UserDisabled()).advance(A_MOMENT);
        assertThat(target.done).containsExactly("replay u-1@3", "mirror u-1@4");
    }

    @Test
    void moreWorkThanMemoryHoldsWaitsInTheStoreInOrder() {
        start(settings(10));
        target.failsAlways(unavailable(Optional.of(Duration.ofSeconds(1))));
        for (int id = 1; id <= 30; id++) {
            user("u-" + id, new UserDisabled());
        }
        worker.advance(A_MOMENT);
        target.failsAlways(null);
        user("u-31");

        done(61);
        for (int id = 1; id <= 30; id++) {
            assertThat(target.done).containsSubsequence("mirror u-" + id + "@1", "mirror u-" + id + "@2");
        }
    }

    @Test
    void ofAnErasedUserNothingIsLeftButThatItWasErased() {
        user("u-1");
        target.fails("u-1");
        worker.advance(A_MOMENT).told();
        target.fails("u-1", refused());
        worker.events(Aggregate.USERS, "u-1", new UserDisabled(), new UserEnabled())
                .advance(A_MOMENT);
        assertThat(worker.told()).containsExactly("PARKED u-1@2");

        worker.events(Aggregate.USERS, "u-1", new UserErased()).advance(A_MOMENT);

        assertThat(target.done).containsExactly("mirror u-1@1", "mirror u-1@4");
        assertThat(worker.told()).containsExactly("MIRRORED u-1@4");
        assertThat(worker.forgotten).containsExactly("KEYCLOAK/users/u-1@1", "KEYCLOAK/users/u-1@2");
        assertThat(worker.status("KEYCLOAK/parked/users/u-1")).isEmpty();
    }

    @Test
    void factsBecomeCommands() {
        var header = new CommandHeader("kc:1", "u-1", null, "keycloak", Origin.KEYCLOAK, null, Map.of());
        target.tells("u-1", new Fact(Aggregate.USERS, new CommandMessage(header, new VerifyUserEmail())));
        user("u-1");

        worker.advance(A_MOMENT);

        assertThat(worker.commands(Aggregate.USERS)).containsExactly(new CommandMessage(header, new VerifyUserEmail()));
    }

    @Test
    void aReplayShowsTheTargetAllThatShouldBeThere() {
        user("u-1", new UserDisabled(), new UserEnabled());
        user("u-2", new UserDisabled());
        worker.advance(A_MOMENT).told();
        target.done.clear();

        worker.control(Aggregate.USERS, "", new ReplayAll("r-1")).advance(Duration.ofSeconds(2));

        assertThat(target.done).containsExactly("replay u-1@3");
        var run = (RunStatus) worker.status("KEYCLOAK/run/r-1/0").orElseThrow();
        assertThat(run.getFinished()).isTrue();
        assertThat(run.getOutstanding()).isZero();
        assertThat(run.getCorrected()).isEqualTo(1);
    }

    @Test
    void aComparisonLooksAtWhatDiffersAndAtWhatIsMissing() {
        user("same");
        user("other");
        user("missing");
        target.fails("busy", refused());
        user("busy");
        worker.advance(A_MOMENT).told();
        target.done.clear();
        target.finds("other", new Finding(OutcomeKind.DRIFT_CORRECTED, "users.update", List.of()));
        target.finds("missing", new Finding(OutcomeKind.DRIFT_CORRECTED, "users.missing", List.of()));

        worker.control(Aggregate.USERS, "same", new CompareObject("r-1", "kc-same", "same", false))
                .control(Aggregate.USERS, "other", new CompareObject("r-1", "kc-other", "changed", false))
                .control(Aggregate.USERS, "busy", new CompareObject("r-1", "kc-busy", "changed", false))
                .control(Aggregate.USERS, "nobody", new CompareObject("r-1", "kc-nobody", "x", false))
                .control(Aggregate.USERS, "", new FinishComparison("r-1", WorkerSpecification.START, false))
                .advance(Duration.ofSeconds(2));

        assertThat(target.done).containsExactly("compare other seen", "compare missing missing");
        var run = (RunStatus) worker.status("KEYCLOAK/run/r-1/0").orElseThrow();
        assertThat(run.getFinished()).isTrue();
        assertThat(run.getCompared()).isEqualTo(4);
        assertThat(run.getDiffering()).isEqualTo(1);
        assertThat(run.getMissing()).isEqualTo(1);
        assertThat(run.getExtra()).isEqualTo(1);
        assertThat(run.getSkipped()).isEqualTo(1);
        assertThat(run.getCorrected()).isEqualTo(2);
        assertThat(worker.told()).containsExactly("DRIFT_CORRECTED other@null", "DRIFT_CORRECTED missing@null");
    }

    /** The circuit breaker has a clock of its own. */
    private void done(int all) {
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            worker.advance(Duration.ofSeconds(1));
            assertThat(target.done).hasSize(all);
        });
    }

    private void user(String id, SpecificRecord... then) {
        worker.events(
                        Aggregate.USERS,
                        id,
                        new UserCreated(id, id + "@example.com", "Ada", "Lovelace", "o-1", List.of()))
                .events(Aggregate.USERS, id, then);
    }

    private static TargetException refused() {
        return new TargetException.Refused("HTTP_400", "not like that", OptionalInt.of(400), null);
    }

    private static TargetException failed() {
        return new TargetException.Failed("HTTP_423", "locked", OptionalInt.of(423), null);
    }

    private static TargetException notYet() {
        return new TargetException.NotYet("ORGANIZATION_MISSING", "organization o-1 is not there yet");
    }

    private static TargetException unavailable() {
        return unavailable(Optional.empty());
    }

    private static TargetException unavailable(Optional<Duration> retryAfter) {
        return new TargetException.Unavailable("CONNECTION", "nobody answers", OptionalInt.empty(), retryAfter, null);
    }
}
