package cloud.gyroscops.topology.view;

import static cloud.gyroscops.topology.TopologySpecification.START;
import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.contract.AggregateType;
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
import cloud.gyroscops.contract.payment.CompletePayment;
import cloud.gyroscops.contract.payment.PaymentStatus;
import cloud.gyroscops.contract.user.DeleteUser;
import cloud.gyroscops.contract.user.UserStatus;
import cloud.gyroscops.contract.view.Applied;
import cloud.gyroscops.contract.view.OrganizationView;
import cloud.gyroscops.contract.view.PaymentView;
import cloud.gyroscops.contract.view.UserView;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.EventMessage;
import cloud.gyroscops.topology.Payloads;
import cloud.gyroscops.topology.TopologySpecification;
import java.time.Duration;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ViewTopologyTest {

    private final TopologySpecification topology = new TopologySpecification();

    @AfterEach
    void close() {
        topology.close();
    }

    @Test
    void aViewShowsTheStateAndWhoMadeItWhen() {
        topology.when("o-1", new CreateOrganization("Acme"), header -> header.setActor("eve"))
                .advance(Duration.ofMinutes(1))
                .when("o-1", new RenameOrganization("Emca"), header -> header.setActor("bob"));

        assertThat(topology.view(Aggregate.ORGANIZATIONS, "o-1"))
                .contains(new OrganizationView(
                        new Applied(2L, START, "eve", START.plus(Duration.ofMinutes(1)), "bob"),
                        new OrganizationState(OrganizationStatus.ACTIVE, "Emca", null)));
    }

    @Test
    void thereIsNoViewOfWhatWasRefused() {
        topology.when("o-1", new RenameOrganization("Emca"));

        assertThat(topology.view(Aggregate.ORGANIZATIONS, "o-1")).isEmpty();
    }

    @Test
    void aDeletedUserIsShownAsDeleted() {
        topology.given("u-1", Payloads.userCreated("o-1")).when("u-1", new DeleteUser());

        assertThat(topology.view(Aggregate.USERS, "u-1"))
                .hasValueSatisfying(view ->
                        assertThat(((UserView) view).getState().getStatus()).isEqualTo(UserStatus.DELETED));
    }

    @Test
    void aPaymentsViewFollowsWhatHappensToTheMoney() {
        topology.given("o-1", new OrganizationCreated("Acme"));
        topology.when("p-1", Payloads.createPayment("o-1")).when("p-1", new CompletePayment(1000L, null));

        assertThat(topology.view(Aggregate.PAYMENTS, "p-1"))
                .hasValueSatisfying(view ->
                        assertThat(((PaymentView) view).getState().getStatus()).isEqualTo(PaymentStatus.COMPLETED));
    }

    @Test
    void theViewsStateIsTheStateThatIsDecidedOn() {
        topology.given("o-1", new OrganizationCreated("Acme"));
        topology.when("p-1", Payloads.createPayment("o-1")).when("p-1", new CompletePayment(1000L, null));

        assertThat(((PaymentView) topology.view(Aggregate.PAYMENTS, "p-1").orElseThrow()).getState())
                .isEqualTo(topology.state(Aggregate.PAYMENTS, "p-1"));
    }

    @Test
    void theHistoryIsInTheOrderOfVersionsAlsoBeyondNine() {
        topology.when("o-1", new CreateOrganization("Acme"));
        for (int i = 2; i <= 21; i++) {
            topology.when("o-1", new RenameOrganization("Acme " + i));
        }

        assertThat(topology.history(Aggregate.ORGANIZATIONS, "o-1"))
                .extracting(event -> event.header().getVersion())
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 21).boxed().toList());
    }

    @Test
    void theHistoryHoldsTheEventsAsTheyCame() {
        topology.when("o-1", new CreateOrganization("Acme"));
        var event = topology.events().get(0).message();

        assertThat(topology.history(Aggregate.ORGANIZATIONS, "o-1")).containsExactly(event);
    }

    @Test
    void theHistoryOfOneIsNotTheHistoryOfAnotherWhoseIdBeginsTheSame() {
        topology.when("o-1", new CreateOrganization("Acme")).when("o-1.1", new CreateOrganization("Emca"));

        assertThat(topology.history(Aggregate.ORGANIZATIONS, "o-1")).hasSize(1);
    }

    @Test
    void theResultOfACommandCanBeLookedUp() {
        topology.when("o-1", new CreateOrganization("Acme"));

        assertThat(topology.resultView("c-1")).contains(topology.result().message());
    }

    @Test
    void theLatestResultOfACommandCounts() {
        topology.when("o-1", new CreateOrganization("Acme"), header -> header.setCommandId("c"))
                .advance(Duration.ofSeconds(1))
                .when("o-1", new CreateOrganization("Emca"), header -> header.setCommandId("c"));

        assertThat(topology.resultView("c")).hasValueSatisfying(result -> {
            assertThat(result.getStatus()).isEqualTo(ResultStatus.REJECTED);
            assertThat(result.getRefusal().getReason()).isEqualTo(RefusalReason.COMMAND_ID_REUSED);
        });
    }

    @Test
    void aCommandThatNobodySentHasNoResult() {
        assertThat(topology.resultView("c-1")).isEmpty();
    }

    @Test
    void aStreamWhoseOlderEventsAreGoneIsFollowedAllTheSame() {
        topology.givenVisible(event(7, new OrganizationCreated("Acme")))
                .givenVisible(event(9, new OrganizationRenamed("Emca")));

        assertThat(topology.view(Aggregate.ORGANIZATIONS, "o-1"))
                .contains(new OrganizationView(
                        new Applied(9L, START.plusSeconds(7), "eve", START.plusSeconds(9), "eve"),
                        new OrganizationState(OrganizationStatus.ACTIVE, "Emca", null)));
        assertThat(topology.history(Aggregate.ORGANIZATIONS, "o-1"))
                .extracting(event -> event.header().getVersion())
                .containsExactly(7L, 9L);
    }

    @Test
    void aFirstVisibleEventThatIsNoCreationIsAcceptedToo() {
        topology.givenVisible(event(12, new OrganizationRenamed("Emca")));

        assertThat(topology.view(Aggregate.ORGANIZATIONS, "o-1")).hasValueSatisfying(view -> {
            assertThat(((OrganizationView) view).getApplied().getVersion()).isEqualTo(12);
            assertThat(((OrganizationView) view).getState().getName()).isEqualTo("Emca");
        });
    }

    private static EventMessage event(long version, SpecificRecord payload) {
        return new EventMessage(
                new EventHeader(
                        "organizations/o-1@" + version,
                        AggregateType.ORGANIZATION,
                        "o-1",
                        version,
                        "o-1",
                        START.plusSeconds(version),
                        "eve",
                        Origin.CLIENT,
                        "c-1",
                        "c-1",
                        Map.of()),
                payload);
    }
}
