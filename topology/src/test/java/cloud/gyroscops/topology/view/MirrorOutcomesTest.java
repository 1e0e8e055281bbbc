package cloud.gyroscops.topology.view;

import static cloud.gyroscops.contract.mirror.MirrorTarget.KEYCLOAK;
import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.contract.AggregateType;
import cloud.gyroscops.contract.mirror.FieldDifference;
import cloud.gyroscops.contract.mirror.MirrorOutcome;
import cloud.gyroscops.contract.mirror.MirrorTarget;
import cloud.gyroscops.contract.user.UserErased;
import cloud.gyroscops.contract.user.UserUpdated;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.topic.TopicCatalogue;
import cloud.gyroscops.schemas.topic.TopicSettings;
import cloud.gyroscops.topology.Payloads;
import cloud.gyroscops.topology.view.history.Histories;
import cloud.gyroscops.topology.view.history.OutcomeEntry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What mirrors made of events is kept beside the views, and goes with the user. */
class MirrorOutcomesTest {

    private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");
    private static final FieldDifference EMAIL =
            new FieldDifference("email", "countess@acme.test", "ada@acme.test", null, "OURS");

    @TempDir
    private Path directory;

    private ViewDriver views;

    @BeforeEach
    void start() {
        views = new ViewDriver(directory);
    }

    @AfterEach
    void stop() {
        views.close();
    }

    @Test
    void outcomesAreKeptAsTheyCame() {
        var outcome = SomeOutcomes.parked(KEYCLOAK, AggregateType.USER, "u-1", 1, 1, at(1));
        views.pipe(outcome);

        assertThat(outcomes("u-1")).containsExactly(outcome);
    }

    @Test
    void theyComeInTheOrderOfTheirSequenceAlsoBeyondNine() {
        for (int sequence = 1; sequence <= 12; sequence++) {
            views.pipe(mirrored(sequence, sequence, at(1)));
        }

        assertThat(outcomes("u-1"))
                .extracting(MirrorOutcome::getSequence)
                .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L, 12L);
    }

    @Test
    void thoseOfSeveralTargetsComeInTheOrderOfTime() {
        views.pipe(mirrored(1, 1, at(1)));
        views.pipe(mirrored(2, 2, at(3)));
        views.pipe(SomeOutcomes.mirrored(MirrorTarget.STRIPE, AggregateType.USER, "u-1", 1, 1, at(2)));

        assertThat(outcomes("u-1"))
                .extracting(MirrorOutcome::getTarget)
                .containsExactly(KEYCLOAK, MirrorTarget.STRIPE, KEYCLOAK);
    }

    @Test
    void thoseOfAnotherAggregateAreNotAmongThem() {
        views.pipe(SomeOutcomes.mirrored(KEYCLOAK, AggregateType.USER, "u-1.1", 1, 1, at(1)));
        views.pipe(SomeOutcomes.mirrored(KEYCLOAK, AggregateType.USER, "u", 1, 1, at(1)));
        views.pipe(SomeOutcomes.mirrored(KEYCLOAK, AggregateType.ORGANIZATION, "u-1", 1, 1, at(1)));

        assertThat(outcomes("u-1")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void theyAreWholePageByPage(int most) {
        for (int sequence = 1; sequence <= 5; sequence++) {
            views.pipe(mirrored(sequence, sequence, at(sequence / 2)));
        }
        var audits = new Histories(views.stores(), views.wire()).audits();

        var page = audits.outcomes(Aggregate.USERS, "u-1", Optional.empty(), most);
        var found = new ArrayList<>(page.outcomes());
        while (page.next().isPresent()) {
            page = audits.outcomes(Aggregate.USERS, "u-1", page.next(), most);
            assertThat(page.outcomes()).hasSizeBetween(1, most);
            found.addAll(page.outcomes());
        }

        assertThat(found).extracting(MirrorOutcome::getSequence).containsExactly(1L, 2L, 3L, 4L, 5L);
    }

    @Test
    void aTombstoneTakesAwayWhatWasKeptUnderItsKeyAlone() {
        views.pipe(mirrored(1, 1, at(1)));
        views.pipe(mirrored(2, 2, at(2)));
        views.pipeTombstone(mirrored(1, 1, at(3)));

        assertThat(outcomes("u-1")).extracting(MirrorOutcome::getSequence).containsExactly(2L);
    }

    @Test
    void aTombstoneOfWhatIsNotThereIsPassedOver() {
        views.pipeTombstone(mirrored(1, 1, at(1)));

        assertThat(outcomes("u-1")).isEmpty();
    }

    @Test
    void aRecordWithAnotherKeyIsPassedOver() {
        var topics = new TopicCatalogue(TopicSettings.single(1));
        var outcome = mirrored(1, 1, at(1));
        var topic = views.driver()
                .createInputTopic(topics.mirrorOutcomes(), new StringSerializer(), new ByteArraySerializer());
        for (var key : List.of("u-1", "KEYCLOAK/users/u-1", "users/u-1@1", "KEYCLOAK/users/u-1@x")) {
            topic.pipeInput(key, views.wire().outcome(outcome));
        }
        views.pipe(outcome);

        assertThat(stored()).hasSize(1);
    }

    @Test
    void anErasureTakesAwayAllThatCameBeforeIt() {
        event(1, Payloads.userCreated("o-1"));
        views.pipe(mirrored(1, 1, at(1)));
        views.pipe(SomeOutcomes.drift(KEYCLOAK, AggregateType.USER, "u-1", 2, at(2), EMAIL));
        event(2, new UserErased());

        assertThat(stored()).isEmpty();
    }

    @Test
    void afterAnErasureNothingIsKeptThatIsNotAboutIt() {
        event(1, Payloads.userCreated("o-1"));
        event(3, new UserErased());
        views.pipe(SomeOutcomes.parked(KEYCLOAK, AggregateType.USER, "u-1", 1, 2, at(4)));
        views.pipe(SomeOutcomes.drift(KEYCLOAK, AggregateType.USER, "u-1", 2, at(5), EMAIL));

        assertThat(stored()).isEmpty();
    }

    @Test
    void whatWasMadeOfTheErasureIsTheSameInEitherOrder() {
        var erasure = mirrored(3, 3, at(4));
        views.pipe(mirrored(1, 1, at(1)));
        views.pipe(erasure);
        event(3, new UserErased());
        assertThat(outcomes("u-1")).containsExactly(erasure);

        views.pipeTombstone(erasure);
        views.pipe(mirrored(1, 1, at(1)));
        views.pipe(erasure);
        assertThat(outcomes("u-1")).containsExactly(erasure);
    }

    @Test
    void nothingThatWasSaidOfAnErasedUserIsLeftInTheStore() {
        event(1, Payloads.userCreated("o-1"));
        event(2, new UserUpdated(null, "countess@acme.test", null, null));
        views.pipe(SomeOutcomes.drift(KEYCLOAK, AggregateType.USER, "u-1", 1, at(2), EMAIL));
        views.pipe(SomeOutcomes.parked(KEYCLOAK, AggregateType.USER, "u-1", 2, 2, at(2)));
        event(3, new UserErased());
        views.pipe(SomeOutcomes.drift(KEYCLOAK, AggregateType.USER, "u-1", 3, at(4), EMAIL));
        views.pipe(mirrored(4, 3, at(5)));

        assertThat(stored()).singleElement().satisfies(value -> assertThat(value)
                .doesNotContain("acme.test")
                .doesNotContain("somebody else"));
    }

    @Test
    void theErasureOfAUserLeavesThoseOfOthersAlone() {
        views.pipe(SomeOutcomes.mirrored(KEYCLOAK, AggregateType.USER, "u-1.1", 1, 1, at(1)));
        views.pipe(SomeOutcomes.mirrored(MirrorTarget.STRIPE, AggregateType.PAYMENT, "u-1", 1, 1, at(1)));
        event(2, new UserErased());

        assertThat(stored()).hasSize(2);
    }

    private void event(long version, SpecificRecord payload) {
        views.pipe(ViewDriver.event(Aggregate.USERS, "u-1", version, at(version), "o-1", "eve", payload));
    }

    private static MirrorOutcome mirrored(long sequence, long version, Instant at) {
        return SomeOutcomes.mirrored(KEYCLOAK, AggregateType.USER, "u-1", sequence, version, at);
    }

    private List<MirrorOutcome> outcomes(String id) {
        return new Histories(views.stores(), views.wire())
                .audits()
                .outcomes(Aggregate.USERS, id, Optional.empty(), 1_000)
                .outcomes();
    }

    /** All values of the store. */
    private List<String> stored() {
        var values = new ArrayList<String>();
        try (var all = views.driver()
                .<String, byte[]>getKeyValueStore(OutcomeEntry.STORE)
                .all()) {
            all.forEachRemaining(entry -> values.add(new String(entry.value, StandardCharsets.ISO_8859_1)));
        }
        return values;
    }

    private static Instant at(long seconds) {
        return START.plusSeconds(seconds);
    }
}
