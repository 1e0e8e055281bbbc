package cloud.gyroscops.topology.command;

import static cloud.gyroscops.topology.TopologySpecification.START;
import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.contract.AggregateType;
import cloud.gyroscops.contract.CommandHeader;
import cloud.gyroscops.contract.EventHeader;
import cloud.gyroscops.contract.Origin;
import cloud.gyroscops.contract.RefusalReason;
import cloud.gyroscops.contract.ResultStatus;
import cloud.gyroscops.contract.organization.CreateOrganization;
import cloud.gyroscops.contract.organization.OrganizationCreated;
import cloud.gyroscops.contract.organization.OrganizationRenamed;
import cloud.gyroscops.contract.organization.OrganizationState;
import cloud.gyroscops.contract.organization.OrganizationStatus;
import cloud.gyroscops.contract.organization.RenameOrganization;
import cloud.gyroscops.contract.user.UpdateUser;
import cloud.gyroscops.contract.user.UserEmailUnverified;
import cloud.gyroscops.contract.user.UserEmailVerified;
import cloud.gyroscops.contract.user.UserUpdated;
import cloud.gyroscops.contract.user.VerifyUserEmail;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.CommandMessage;
import cloud.gyroscops.topology.Payloads;
import cloud.gyroscops.topology.TopologySpecification;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CommandHandlingTest {

    private final TopologySpecification topology = new TopologySpecification();

    @AfterEach
    void close() {
        topology.close();
    }

    @Test
    void anAcceptedCommandBecomesAnEventAndOneResult() {
        topology.when("o-1", new CreateOrganization("Acme"))
                .then(new OrganizationCreated("Acme"))
                .thenAccepted();

        var result = topology.result();
        assertThat(result.keyText()).isEqualTo("c-1");
        assertThat(result.message().getVersion()).isEqualTo(1);
        assertThat(result.message().getEventKeys()).containsExactly("o-1@1");
        assertThat(result.message().getAggregateType()).isEqualTo(AggregateType.ORGANIZATION);
        assertThat(result.message().getAggregateId()).isEqualTo("o-1");
        assertThat(result.message().getDecidedAt()).isEqualTo(START);
        assertThat(result.time()).isEqualTo(START);
        assertThat(topology.state(Aggregate.ORGANIZATIONS, "o-1"))
                .isEqualTo(new OrganizationState(OrganizationStatus.ACTIVE, "Acme", null));
    }

    @Test
    void aRefusedCommandBecomesOneResultAndNoEvent() {
        topology.given("o-1", new OrganizationCreated("Acme"))
                .when("o-1", new CreateOrganization("Acme"))
                .thenNoEvent()
                .thenRefused(RefusalReason.ALREADY_EXISTS);

        assertThat(topology.result().message().getVersion()).isEqualTo(1);
        assertThat(topology.result().message().getEventKeys()).isEmpty();
        assertThat(topology.result().message().getStatus()).isEqualTo(ResultStatus.REJECTED);
    }

    @Test
    void theResultOfARefusedCommandForNobodyHasVersionZero() {
        topology.when("o-1", new RenameOrganization("Acme")).thenRefused(RefusalReason.NOT_FOUND);

        assertThat(topology.result().message().getVersion()).isZero();
    }

    @Test
    void everyCommandOfManyGetsExactlyOneResult() {
        var commands = new CommandMessage[20];
        for (int i = 0; i < commands.length; i++) {
            commands[i] = new CommandMessage(header("c-" + i, "o-" + i % 3), new CreateOrganization("Acme " + i));
        }

        topology.when(commands);

        assertThat(topology.results())
                .extracting(result -> result.message().getCommandId())
                .containsExactly(Arrays.stream(commands)
                        .map(command -> command.header().getCommandId())
                        .toArray(String[]::new));
        assertThat(topology.events()).hasSize(3);
    }

    @Test
    void oneCommandMayMakeSeveralEventsWithContiguousVersions() {
        topology.given("u-1", Payloads.userCreated("o-1"), new UserEmailVerified())
                .when("u-1", new UpdateUser(null, "ada@other.test", null, null))
                .then(new UserUpdated(null, "ada@other.test", null, null), new UserEmailUnverified())
                .thenAccepted();

        assertThat(topology.events()).extracting(event -> event.keyText()).containsExactly("u-1@3", "u-1@4");
        assertThat(topology.events())
                .extracting(event -> event.message().header().getVersion())
                .containsExactly(3L, 4L);
        assertThat(topology.result().message().getEventKeys()).containsExactly("u-1@3", "u-1@4");
        assertThat(topology.result().message().getVersion()).isEqualTo(4);
    }

    @Test
    void versionsAreContiguousOverCommandsAndRefusalsBetweenThem() {
        topology.when("o-1", new CreateOrganization("Acme"))
                .when("o-1", new CreateOrganization("Acme"))
                .when("o-1", new RenameOrganization("Emca"))
                .when("o-1", new RenameOrganization("Emca"))
                .when("o-1", new RenameOrganization("Acme"));

        assertThat(topology.history(Aggregate.ORGANIZATIONS, "o-1"))
                .extracting(event -> event.header().getVersion())
                .containsExactly(1L, 2L, 3L);
    }

    @Test
    void anEventTellsWhatItsCommandSaid() {
        topology.given("u-1", Payloads.userCreated("o-7")).when("u-1", new VerifyUserEmail(), header -> {
            header.setActor("eve");
            header.setOrigin(Origin.KEYCLOAK);
            header.setCorrelationId("checkout-3");
            header.setMetadata(Map.of("ticket", "42"));
        });

        assertThat(topology.events().get(0).message().header())
                .isEqualTo(new EventHeader(
                        "users/u-1@2",
                        AggregateType.USER,
                        "u-1",
                        2L,
                        "o-7",
                        START,
                        "eve",
                        Origin.KEYCLOAK,
                        "checkout-3",
                        "c-1",
                        Map.of("ticket", "42")));
        assertThat(topology.result().message().getCorrelationId()).isEqualTo("checkout-3");
    }

    @Test
    void anOrganizationBelongsToItself() {
        topology.when("o-1", new CreateOrganization("Acme"));

        assertThat(topology.events().get(0).message().header().getOrganizationId())
                .isEqualTo("o-1");
    }

    @Test
    void whatIsBoundToNothingIsBoundToItsCommand() {
        topology.when("o-1", new CreateOrganization("Acme"));

        assertThat(topology.events().get(0).message().header().getCorrelationId())
                .isEqualTo("c-1");
        assertThat(topology.result().message().getCorrelationId()).isEqualTo("c-1");
    }

    @Test
    void anEventsHeadersAreCloudEventAttributes() {
        topology.given("o-1", new OrganizationCreated("Acme")).when("o-1", new RenameOrganization("Emca"));

        assertThat(topology.events().get(0).headers())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "ce_specversion", "1.0",
                        "ce_type", "cloud.gyroscops.contract.organization.OrganizationRenamed",
                        "ce_source", "/gyroscops/organizations",
                        "ce_id", "organizations/o-1@2",
                        "ce_subject", "o-1",
                        "ce_time", "2026-01-01T12:00:00Z",
                        "content-type", "application/avro"));
    }

    @Test
    void aResultNamesTheRecordThatItAnswers() {
        topology.when("o-1", new CreateOrganization("Acme"))
                .when("u-1", Payloads.createUser("o-1"))
                .when("o-1", new RenameOrganization("Emca"));

        assertThat(topology.result().headers())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "command-topic", "organizations.commands", "command-partition", "0", "command-offset", "1"));
    }

    @Test
    void anEventHappensWhenItsCommandWasAppended() {
        topology.advance(Duration.ofMinutes(5)).when("o-1", new CreateOrganization("Acme"));

        assertThat(occurredAt()).isEqualTo(START.plus(Duration.ofMinutes(5)));
        assertThat(topology.events().get(0).time()).isEqualTo(START.plus(Duration.ofMinutes(5)));
    }

    @Test
    void anEventNeverHappensBeforeTheOneBeforeIt() {
        topology.when("o-1", new CreateOrganization("Acme"))
                .givenBrokerBehind(Duration.ofSeconds(30))
                .when("o-1", new RenameOrganization("Emca"))
                .then(new OrganizationRenamed("Emca"));

        assertThat(occurredAt()).isEqualTo(START);
        assertThat(topology.result().message().getDecidedAt()).isEqualTo(START);
    }

    @Test
    void theExpectedVersionIsTheOneThatTheProducerSaw() {
        topology.given("o-1", new OrganizationCreated("Acme"), new OrganizationRenamed("Emca"))
                .when("o-1", new RenameOrganization("Acme"), header -> header.setExpectedVersion(2L))
                .then(new OrganizationRenamed("Acme"))
                .thenAccepted();
    }

    @Test
    void anotherVersionThanTheExpectedOneIsAConflictThatTellsTheCurrentOne() {
        topology.given("o-1", new OrganizationCreated("Acme"), new OrganizationRenamed("Emca"))
                .when("o-1", new RenameOrganization("Acme"), header -> header.setExpectedVersion(1L))
                .thenNoEvent()
                .thenRefused(RefusalReason.VERSION_CONFLICT, "expectedVersion");

        assertThat(topology.result().message().getVersion()).isEqualTo(2);
    }

    @Test
    void whoExpectsNothingToBeThereExpectsVersionZero() {
        topology.when("o-1", new CreateOrganization("Acme"), header -> header.setExpectedVersion(0L))
                .thenAccepted();
    }

    @Test
    void ofTwoWritersWithTheSameExpectedVersionOneWins() {
        topology.given("o-1", new OrganizationCreated("Acme"))
                .when("o-1", new RenameOrganization("One"), header -> header.setExpectedVersion(1L))
                .thenAccepted()
                .when("o-1", new RenameOrganization("Two"), header -> header.setExpectedVersion(1L))
                .thenRefused(RefusalReason.VERSION_CONFLICT);
    }

    private Instant occurredAt() {
        return topology.events().get(0).message().header().getOccurredAt();
    }

    private static CommandHeader header(String commandId, String aggregateId) {
        return new CommandHeader(commandId, aggregateId, null, "anonymous", Origin.CLIENT, null, Map.of());
    }
}
