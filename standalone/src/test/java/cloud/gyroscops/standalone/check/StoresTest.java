package cloud.gyroscops.standalone.check;

import cloud.gyroscops.contract.AggregateType;
import cloud.gyroscops.contract.Claim;
import cloud.gyroscops.contract.ClaimKind;
import cloud.gyroscops.contract.channel.ClaimStatus;
import cloud.gyroscops.contract.channel.Claimant;
import cloud.gyroscops.contract.channel.Parked;
import cloud.gyroscops.contract.channel.ParkedCommand;
import cloud.gyroscops.contract.organization.OrganizationState;
import cloud.gyroscops.contract.organization.OrganizationStatus;
import cloud.gyroscops.contract.organization.RenameOrganization;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.EventKey;
import cloud.gyroscops.schemas.serde.StateSerde;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StoresTest extends CheckerSpecification {

    private static final Claim NAME = new Claim(ClaimKind.ORGANIZATION_NAME, "name of o-1");
    private static final String PARKED = "app-organizations-parked-changelog";

    private static final StateSerde<Parked> PARKED_SERDE = new StateSerde<>(Parked.class, List.of());

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
        violated(Invariant.PARKED, park(created.command(), 1));
    }

    @Test
    void aParkedCommandHasNoResultYet() {
        var command = chronicle.command("o-1", "c-x", new RenameOrganization("Apex"));
        park(command, 1);
        chronicle.log.fixEnds();
        chronicle.log.put(PARKED, 0, EventKey.ordered("o-1", 0), null, chronicle.now());

        content(new Report.Lag(0, 1));
    }

    @Test
    void aLineThatMovesIsUnderWay() {
        park(created.command(), 1);
        park(created.command(), 2);
        chronicle.log.fixEnds();
        chronicle.log.put(PARKED, 0, EventKey.ordered("o-1", 1), null, chronicle.now());

        content(new Report.Lag(0, 1));
    }

    @Test
    void whatIsParkedWhileNobodyRunsWaits() {
        park(created.command(), 1);
        chronicle.log.leave();

        content(new Report.Lag(0, 1));
    }

    @Test
    void whatWaitsForMessagesThatAreNotHandledIsUnderWay() {
        park(created.command(), 1);
        claim(created.commandId(), ClaimStatus.PROVISIONAL);
        chronicle.log.notHandledFrom(chronicle.log.put("claims", 0, "EMAIL:a", new byte[] {1}, chronicle.now()));

        content(new Report.Lag(0, 2));
    }

    private Place park(Place command, int place) {
        var parked = new ParkedCommand(
                ByteBuffer.allocate(0),
                command.topic(),
                command.partition(),
                command.offset(),
                Instant.ofEpochMilli(chronicle.now()),
                null,
                null,
                List.of());
        var bytes = PARKED_SERDE.serializer().serialize("", new Parked(parked));
        return chronicle.log.put(PARKED, 0, EventKey.ordered("o-1", place), bytes, chronicle.now());
    }

    @Test
    void aCommandThatWasParkedAndWentOnIsRight() {
        park(created.command(), 1);
        chronicle.log.fixEnds();
        chronicle.log.put(PARKED, 0, EventKey.ordered("o-1", 1), null, chronicle.now());

        content();
    }
}
