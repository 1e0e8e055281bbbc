package cloud.gyroscops.topology.command;

import cloud.gyroscops.contract.RefusalReason;
import cloud.gyroscops.contract.organization.OrganizationCreated;
import cloud.gyroscops.contract.organization.OrganizationSuspended;
import cloud.gyroscops.contract.organization.ReactivateOrganization;
import cloud.gyroscops.contract.organization.SuspendOrganization;
import cloud.gyroscops.contract.payment.CompletePayment;
import cloud.gyroscops.contract.user.DisableUser;
import cloud.gyroscops.topology.Payloads;
import cloud.gyroscops.topology.TopologySpecification;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SuspendedOrganizationTest {

    private final TopologySpecification topology = new TopologySpecification();

    @AfterEach
    void close() {
        topology.close();
    }

    @Test
    void aSuspendedOrganizationTakesNoNewUsers() {
        topology.given("o-1", new OrganizationCreated("Acme"), new OrganizationSuspended("unpaid"))
                .when("u-1", Payloads.createUser("o-1"))
                .thenNoEvent()
                .thenRefused(RefusalReason.ORGANIZATION_SUSPENDED, "organizationId");
    }

    @Test
    void aSuspendedOrganizationTakesNoNewPayments() {
        topology.given("o-1", new OrganizationCreated("Acme"), new OrganizationSuspended("unpaid"))
                .when("p-1", Payloads.createPayment("o-1"))
                .thenNoEvent()
                .thenRefused(RefusalReason.ORGANIZATION_SUSPENDED, "organizationId");
    }

    @Test
    void aSuspensionIsKnownFromTheEventThatItsCommandMade() {
        topology.given("o-1", new OrganizationCreated("Acme"))
                .when("o-1", new SuspendOrganization("unpaid"))
                .when("u-1", Payloads.createUser("o-1"))
                .thenRefused(RefusalReason.ORGANIZATION_SUSPENDED);
    }

    @Test
    void aReactivatedOrganizationTakesNewUsersAgain() {
        topology.given("o-1", new OrganizationCreated("Acme"), new OrganizationSuspended("unpaid"))
                .when("o-1", new ReactivateOrganization())
                .when("u-1", Payloads.createUser("o-1"))
                .thenAccepted();
    }

    @Test
    void otherOrganizationsAreNotConcerned() {
        topology.given("o-1", new OrganizationCreated("Acme"), new OrganizationSuspended("unpaid"))
                .given("o-2", new OrganizationCreated("Emca"))
                .when("p-1", Payloads.createPayment("o-2"))
                .thenAccepted();
    }

    @Test
    void whoBelongsToItAlreadyIsNotConcerned() {
        topology.given("u-1", Payloads.userCreated("o-1"))
                .given("o-1", new OrganizationCreated("Acme"), new OrganizationSuspended("unpaid"))
                .when("u-1", new DisableUser())
                .thenAccepted();
    }

    @Test
    void moneyThatMovesIsRecordedAllTheSame() {
        topology.given("p-1", Payloads.paymentCreated("o-1", topology.now()))
                .given("o-1", new OrganizationCreated("Acme"), new OrganizationSuspended("unpaid"))
                .when("p-1", new CompletePayment(1000L, null))
                .thenAccepted();
    }
}
