package cloud.gyroscops.topology.view;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.contract.AggregateType;
import cloud.gyroscops.contract.CommandResult;
import cloud.gyroscops.contract.EventHeader;
import cloud.gyroscops.contract.Origin;
import cloud.gyroscops.contract.ResultStatus;
import cloud.gyroscops.contract.user.UserErased;
import cloud.gyroscops.contract.user.UserState;
import cloud.gyroscops.contract.user.UserStatus;
import cloud.gyroscops.contract.user.UserUpdated;
import cloud.gyroscops.contract.view.Applied;
import cloud.gyroscops.contract.view.UserView;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.EventKey;
import cloud.gyroscops.schemas.EventMessage;
import cloud.gyroscops.schemas.registry.InMemorySchemaRegistry;
import cloud.gyroscops.schemas.serde.Wire;
import cloud.gyroscops.schemas.settings.KafkaSettings;
import cloud.gyroscops.schemas.topic.TopicCatalogue;
import cloud.gyroscops.schemas.topic.TopicSettings;
import cloud.gyroscops.topology.Payloads;
import cloud.gyroscops.topology.streams.RegistryOutage;
import cloud.gyroscops.topology.streams.StreamsSettings;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ErasedUserTest {

    private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");
    private static final UserState ERASED =
            new UserState(UserStatus.ERASED, false, "", "", "", "", "", List.of(), null);

    @TempDir
    private Path directory;

    private final TopicCatalogue topics = new TopicCatalogue(TopicSettings.single(1));
    private final Wire wire = new Wire(topics, new InMemorySchemaRegistry());
    private TopologyTestDriver driver;
    private ViewStores views;

    @BeforeEach
    void start() {
        wire.register();
        var settings = new StreamsSettings(KafkaSettings.at("none:9092"), "views", directory, 1, 20, 1, 0, 6_000, "");
        driver = new TopologyTestDriver(
                new ViewTopology(topics, wire, new RegistryOutage()).build(), settings.properties(), START);
        views = new ViewStores(driver, wire);
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    @Test
    void theViewOfAnErasedUserKeepsNothingOfTheUser() {
        event(1, Payloads.userCreated("o-1"));
        event(2, new UserErased());

        assertThat(views.find(Aggregate.USERS, "u-1"))
                .contains(new UserView(new Applied(2L, at(2), "actor-2", at(2), "actor-2"), ERASED, null, Map.of()));
    }

    @Test
    void theHistoryOfAnErasedUserIsItsErasureAlone() {
        event(1, Payloads.userCreated("o-1"));
        event(2, new UserUpdated(null, "countess@acme.test", null, null));
        event(3, new UserErased());

        assertThat(views.history(Aggregate.USERS, "u-1"))
                .extracting(EventMessage::payload)
                .containsExactly(new UserErased());
    }

    @Test
    void theHistoryOfAnotherUserIsLeftAlone() {
        event("u-1.1", 1, Payloads.userCreated("o-1"));
        event(1, Payloads.userCreated("o-1"));
        event(2, new UserErased());

        assertThat(views.history(Aggregate.USERS, "u-1.1")).hasSize(1);
    }

    @Test
    void whatIsLeftInThePlaceOfOlderEventsIsPassedOver() {
        event(1, Payloads.userCreated("o-1"));
        event(2, new UserErased());
        tombstone(1);

        assertThat(views.history(Aggregate.USERS, "u-1"))
                .extracting(event -> event.header().getVersion())
                .containsExactly(2L);
    }

    @Test
    void aViewBuiltAfterCompactionIsTheSame() {
        event(2, new UserErased());

        assertThat(views.find(Aggregate.USERS, "u-1"))
                .contains(new UserView(new Applied(2L, at(2), "actor-2", at(2), "actor-2"), ERASED, null, Map.of()));
    }

    @Test
    void aViewBuiltWhileCompactionIsHalfDoneIsTheSame() {
        event(2, new UserUpdated(null, "countess@acme.test", null, null));
        event(4, new UserErased());
        tombstone(2);

        assertThat(views.find(Aggregate.USERS, "u-1"))
                .contains(new UserView(new Applied(4L, at(4), "actor-4", at(4), "actor-4"), ERASED, null, Map.of()));
    }

    @Test
    void aResultThatWasErasedIsNotFoundAnyMore() {
        result("c-1", START);
        result("c-1", null);

        assertThat(views.result("c-1")).isEmpty();
    }

    @Test
    void allResultsOfACommandAreErasedTogether() {
        result("c-1", START);
        result("c-1", START.plusSeconds(60));
        result("c-1", null);

        assertThat(views.result("c-1")).isEmpty();
    }

    @Test
    void theResultOfAnotherCommandStays() {
        result("c-1", START);
        result("c-10", START);
        result("c-1", null);

        assertThat(views.result("c-10")).isPresent();
    }

    private void event(long version, SpecificRecord payload) {
        event("u-1", version, payload);
    }

    private void event(String id, long version, SpecificRecord payload) {
        var header = new EventHeader(
                "users/" + EventKey.of(id, version),
                AggregateType.USER,
                id,
                version,
                "o-1",
                at(version),
                "actor-" + version,
                Origin.CLIENT,
                "c-" + version,
                "c-" + version,
                Map.of());
        pipe(
                topics.events(Aggregate.USERS),
                EventKey.of(id, version),
                wire.event(Aggregate.USERS, new EventMessage(header, payload)),
                at(version));
    }

    private void tombstone(long version) {
        pipe(topics.events(Aggregate.USERS), EventKey.of("u-1", version), null, at(99));
    }

    /** Null: a tombstone. */
    private void result(String commandId, Instant time) {
        var value = time == null
                ? null
                : wire.result(new CommandResult(
                        commandId,
                        AggregateType.USER,
                        "u-1",
                        ResultStatus.ACCEPTED,
                        1L,
                        List.of("u-1@1"),
                        null,
                        time,
                        commandId));
        pipe(topics.results(), commandId, value, time == null ? START.plusSeconds(99) : time);
    }

    private void pipe(String topic, String key, byte[] value, Instant time) {
        driver.createInputTopic(topic, new StringSerializer(), new ByteArraySerializer())
                .pipeInput(key, value, time);
    }

    private static Instant at(long version) {
        return START.plusSeconds(version);
    }
}
