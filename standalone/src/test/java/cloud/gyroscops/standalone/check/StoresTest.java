package cloud.gyroscops.standalone.check;

import cloud.gyroscops.contract.AggregateType;
import cloud.gyroscops.contract.Claim;
import cloud.gyroscops.contract.ClaimKind;
import cloud.gyroscops.contract.channel.ClaimStatus;
import cloud.gyroscops.contract.channel.Claimant;
import cloud.gyroscops.contract.organization.OrganizationState;
import cloud.gyroscops.contract.organization.OrganizationStatus;
import cloud.gyroscops.contract.organization.RenameOrganization;
import cloud.gyroscops.schemas.Aggregate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StoresTest extends CheckerSpecification {

    private static final Claim NAME = new Claim(ClaimKind.ORGANIZATION_NAME, "name of o-1");
    private static final String PARKED = "app-organizations-parked-changelog";

    private Chronicle.Traces created;

    @BeforeEach
    void create() {
        created = organization("o-1");
    }

    @Test
    void aClaimThatIsNotInTheStoreIsFound() {
        var gone = chronicle.claim(NAME, null);

        violated(Invariant.CLAIMS, created.event());
        chronicle.log.remove(gone);
        content();
    }

    @Test
    void aClaimThatStaysProvisionalIsFound() {
        violated(Invariant.CLAIMS, claim(created.commandId(), ClaimStatus.PROVISIONAL));
    }

    @Test
    void aClaimThatIsConfirmedWhileItWaitsIsRight() {
        claim(created.commandId(), ClaimStatus.PROVISIONAL);
        chronicle.log.fixEnds();
        claim(created.commandId(), ClaimStatus.CONFIRMED);

        content();
    }

    @Test
    void aClaimOfAnotherCommandIsFound() {
        violated(Invariant.CLAIMS, claim("c-x", ClaimStatus.CONFIRMED));
    }

    private Place claim(String commandId, ClaimStatus status) {
        return chronicle.claim(NAME, new Claimant(AggregateType.ORGANIZATION, "o-1", commandId), status);
    }

    @Test
    void aClaimOfNobodyIsFound() {
        var place = chronicle.claim(
                new Claim(ClaimKind.EMAIL, "ada@acme.test"),
                new Claimant(AggregateType.USER, "u-1", "c-x"),
                ClaimStatus.CONFIRMED);

        violated(Invariant.CLAIMS, place);
    }

    @Test
    void aStoredStateOfOtherContentIsFound() {
        var other = new OrganizationState(OrganizationStatus.SUSPENDED, "Name of o-1", "unpaid");

        violated(Invariant.STATES, chronicle.state(Aggregate.ORGANIZATIONS, "o-1", 1, other));
    }

    @Test
    void aStoredStateBehindItsEventsIsFound() {
        var renamed = chronicle.happens("o-1", new RenameOrganization("Apex"));
        chronicle.log.remove(renamed.state());

        violated(Invariant.STATES, created.state());
    }

    @Test
    void aStoredStateBeyondItsEventsIsFound() {
        var place = chronicle.state(Aggregate.ORGANIZATIONS, "o-1", 2, chronicle.state(Aggregate.ORGANIZATIONS, "o-1"));

        violated(Invariant.STATES, place);
    }

    @Test
    void aMissingChangelogIsFound() {
        chronicle.log.removeTopic("app-claims-changelog");

        violated(Invariant.CLAIMS, new Place("app-claims-changelog", 0, 0));
    }

    @Test
    void aCommandThatStaysParkedIsFound() {
        violated(Invariant.PARKED, chronicle.log.put(PARKED, 0, "o-1@1", new byte[] {1}, chronicle.now()));
    }

    @Test
    void aCommandThatWasParkedAndWentOnIsRight() {
        chronicle.log.put(PARKED, 0, "o-1@1", new byte[] {1}, chronicle.now());
        chronicle.log.fixEnds();
        chronicle.log.put(PARKED, 0, "o-1@1", null, chronicle.now());

        content();
    }
}
