package cloud.gyroscops.topology.command;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.contract.CommandHeader;
import cloud.gyroscops.contract.Origin;
import cloud.gyroscops.contract.RefusalReason;
import cloud.gyroscops.contract.organization.CreateOrganization;
import cloud.gyroscops.contract.organization.OrganizationCreated;
import cloud.gyroscops.contract.organization.RenameOrganization;
import cloud.gyroscops.contract.payment.CompletePayment;
import cloud.gyroscops.contract.payment.ExpirePayment;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.CommandMessage;
import cloud.gyroscops.topology.Payloads;
import cloud.gyroscops.topology.TopologySpecification;
import java.time.Duration;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IdempotencyTest {

    private static final int REMEMBERED = 3;

    private final TopologySpecification topology = new TopologySpecification(new CommandSettings(
            CommandSettings.DEFAULT.paymentTimeToLive(),
            REMEMBERED,
            CommandSettings.DEFAULT.timeoutScan(),
            CommandSettings.DEFAULT.userRemembered()));

    @AfterEach
    void close() {
        topology.close();
    }

    @Test
    void theSameCommandAgainGetsTheSameResultAndMakesNoEvent() {
        var create = command("c-1", "o-1", new CreateOrganization("Acme"));
        var first = topology.when(create).result();

        topology.advance(Duration.ofHours(1)).when(create).thenNoEvent().thenAccepted();

        assertThat(topology.result().bytes()).isEqualTo(first.bytes());
        assertThat(topology.result().key()).isEqualTo(first.key());
        assertThat(topology.version(Aggregate.ORGANIZATIONS, "o-1")).isEqualTo(1);
    }

    @Test
    void theFirstResultStaysWhenTheAggregateHasMovedOn() {
        var create = command("c-1", "o-1", new CreateOrganization("Acme"));
        var first = topology.when(create).result();
        topology.when("o-1", new RenameOrganization("Emca"), header -> header.setCommandId("c-2"));

        topology.when(create).thenNoEvent();

        assertThat(topology.result().bytes()).isEqualTo(first.bytes());
    }

    @Test
    void theAnswerAgainNamesTheRecordThatItAnswers() {
        var create = command("c-1", "o-1", new CreateOrganization("Acme"));

        topology.when(create, create);

        assertThat(topology.results())
                .extracting(result -> result.headers().get("command-offset"))
                .containsExactly("0", "1");
    }

    @Test
    void anIdIsApartFromTheSameIdOfAnotherOrigin() {
        topology.given("o-1", new OrganizationCreated("Acme"));
        topology.when("p-1", Payloads.createPayment("o-1"), header -> header.setCommandId("c-0"));
        topology.when("p-1", new ExpirePayment(), header -> header.setCommandId("foretold"))
                .thenRefused(RefusalReason.ORIGIN_NOT_ALLOWED);

        topology.advance(Duration.ofDays(2)).when("p-1", new ExpirePayment(), header -> {
            header.setCommandId("foretold");
            header.setOrigin(Origin.SYSTEM);
        });

        assertThat(topology.result().message().getRefusal())
                .satisfiesAnyOf(
                        refusal -> assertThat(refusal).isNull(),
                        // The time-out itself was quicker.
                        refusal -> assertThat(refusal.getReason()).isEqualTo(RefusalReason.INVALID_STATE));
    }

    @Test
    void whatACorrelationIdMayNotBeIsNotKept() {
        topology.when("o-1", new CreateOrganization("Acme"), header -> {
            header.setCommandId("c-1");
            header.setCorrelationId("x".repeat(200_000));
        });

        topology.thenRefused(RefusalReason.INVALID_FIELD, "correlationId");
        assertThat(topology.result().message().getCorrelationId()).isEqualTo("c-1");
    }

    @Test
    void aRefusedCommandIsRememberedToo() {
        var rename = command("c-1", "o-1", new RenameOrganization("Emca"));
        var first = topology.when(rename).result();
        topology.when("o-1", new CreateOrganization("Acme"), header -> header.setCommandId("c-2"));

        topology.when(rename).thenNoEvent().thenRefused(RefusalReason.NOT_FOUND);

        assertThat(topology.result().bytes()).isEqualTo(first.bytes());
    }

    @Test
    void aVersionConflictIsRememberedToo() {
        topology.given("o-1", new OrganizationCreated("Acme"));
        var rename = command("c-1", "o-1", new RenameOrganization("Emca"));
        rename.header().setExpectedVersion(2L);
        topology.when(rename).when("o-1", new RenameOrganization("Two"), header -> header.setCommandId("c-2"));

        topology.when(rename).thenNoEvent().thenRefused(RefusalReason.VERSION_CONFLICT);
    }

    @Test
    void aCommandThatChangedNothingIsRememberedToo() {
        topology.given("o-1", new OrganizationCreated("Acme"));
        var complete = command("c-2", "p-1", new CompletePayment(1000L, null));
        topology.when(
                command("c-0", "p-1", Payloads.createPayment("o-1")),
                command("c-1", "p-1", new CompletePayment(1000L, null)));
        var first = topology.when(complete).thenNoEvent().thenAccepted().result();

        topology.when(complete).thenNoEvent().thenAccepted();

        assertThat(first.message().getEventKeys()).isEmpty();
        assertThat(topology.result().bytes()).isEqualTo(first.bytes());
    }

    @Test
    void anotherPayloadUnderTheSameIdIsRefused() {
        topology.when(command("c-1", "o-1", new CreateOrganization("Acme")))
                .when(command("c-1", "o-1", new RenameOrganization("Emca")))
                .thenNoEvent()
                .thenRefused(RefusalReason.COMMAND_ID_REUSED, "commandId");

        assertThat(topology.result().message().getVersion()).isEqualTo(1);
    }

    @Test
    void theFirstCommandIsRememberedAfterItsIdWasReused() {
        var create = command("c-1", "o-1", new CreateOrganization("Acme"));
        topology.when(create).when(command("c-1", "o-1", new RenameOrganization("Emca")));

        topology.when(create).thenNoEvent().thenAccepted();
    }

    @Test
    void twoAggregatesMayHaveTheSameCommandId() {
        topology.when(command("c-1", "o-1", new CreateOrganization("Acme")))
                .when(command("c-1", "o-2", new CreateOrganization("Emca")))
                .then(new OrganizationCreated("Emca"))
                .thenAccepted();
    }

    @Test
    void theLatestCommandsAreRemembered() {
        var create = command("c-1", "o-1", new CreateOrganization("Acme"));
        topology.when(create).when(renames(2, REMEMBERED));

        topology.when(create).thenNoEvent().thenAccepted();
    }

    @Test
    void olderCommandsAreForgotten() {
        var create = command("c-1", "o-1", new CreateOrganization("Acme"));
        topology.when(create).when(renames(2, REMEMBERED + 1));

        topology.when(create).thenNoEvent().thenRefused(RefusalReason.ALREADY_EXISTS);
    }

    private static CommandMessage[] renames(int from, int to) {
        var renames = new CommandMessage[to - from + 1];
        for (int i = from; i <= to; i++) {
            renames[i - from] = command("c-" + i, "o-1", new RenameOrganization("Acme " + i));
        }
        return renames;
    }

    private static CommandMessage command(String commandId, String aggregateId, SpecificRecord payload) {
        return new CommandMessage(
                new CommandHeader(commandId, aggregateId, null, "anonymous", Origin.CLIENT, null, Map.of()), payload);
    }
}
