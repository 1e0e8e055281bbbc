package cloud.gyroscops.standalone.check;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.gyroscops.contract.organization.OrganizationReactivated;
import cloud.gyroscops.contract.organization.OrganizationRenamed;
import cloud.gyroscops.contract.organization.ReactivateOrganization;
import cloud.gyroscops.contract.organization.RenameOrganization;
import cloud.gyroscops.contract.user.UpdateUser;
import cloud.gyroscops.contract.user.UserUpdated;
import cloud.gyroscops.contract.user.VerifyUserEmail;
import cloud.gyroscops.schemas.Aggregate;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DecisionsTest extends CheckerSpecification {

    @BeforeEach
    void create() {
        organization("o-1");
    }

    @Test
    void twoEventsOfOneCommandAreRight() {
        user("u-1", "o-1");
        chronicle.happens("u-1", new VerifyUserEmail());
        chronicle.happens("u-1", new UpdateUser(null, "ada@apex.test", null, null));

        content();
    }

    @Test
    void eventsWithoutTheirCommandsMayBeRight() {
        user("u-1", "o-1");
        chronicle.happens("u-1", new VerifyUserEmail());
        chronicle.happens("u-1", new UpdateUser(null, "ada@apex.test", null, null));
        payment("p-1", "o-1", "u-1");
        chronicle.log.removeAll("command.results");
        List.of(Aggregate.values()).forEach(of -> chronicle.log.removeAll(chronicle.log.topics.commands(of)));

        content();
    }

    @Test
    void commandsThatAreDeletedWhileTheyAreReadAreNotMissed() {
        user("u-1", "o-1");
        chronicle.happens("u-1", new VerifyUserEmail());
        chronicle.happens("u-1", new UpdateUser(null, "ada@apex.test", null, null));
        chronicle.log.deleteOnceRead("users.commands");

        content();
    }

    @Test
    void topicsWithOtherNumbersOfPartitionsAreNamed() {
        chronicle.log.repartition("organizations.commands", 2);

        assertThatThrownBy(chronicle::check)
                .hasMessageContaining("organizations.events has 3 partitions, but organizations.commands has 2");
    }

    @Test
    void whatTheDeciderRefusesIsFound() {
        var command = chronicle.command("o-1", "c-x", new ReactivateOrganization());
        var forged = chronicle.record(
                Aggregate.ORGANIZATIONS, "o-1", "c-x", command, List.of(new OrganizationReactivated()));

        violated(Invariant.DECISIONS, forged.event());
    }

    @Test
    void anotherContentThanTheCommandsIsFound() {
        var command = chronicle.command("o-1", "c-x", new RenameOrganization("Apex"));
        var forged = chronicle.record(
                Aggregate.ORGANIZATIONS, "o-1", "c-x", command, List.of(new OrganizationRenamed("Acme")));

        violated(Invariant.DECISIONS, forged.event());
    }

    @Test
    void whatNoCommandCanMakeIsFoundWhereTheCommandIsGone() {
        var command = chronicle.command("o-1", "c-x", new ReactivateOrganization());
        var forged = chronicle.record(
                Aggregate.ORGANIZATIONS, "o-1", "c-x", command, List.of(new OrganizationReactivated()));
        chronicle.log.removeAll("command.results");
        chronicle.log.removeAll("organizations.commands");

        violated(Invariant.DECISIONS, forged.event());
    }

    @Test
    void aMissingSecondEventIsFound() {
        user("u-1", "o-1");
        chronicle.happens("u-1", new VerifyUserEmail());
        var update = new UpdateUser(null, "ada@apex.test", null, null);
        var half = chronicle.record(
                Aggregate.USERS,
                "u-1",
                "c-x",
                chronicle.command("u-1", "c-x", update),
                List.of(new UserUpdated(null, "ada@apex.test", null, null)));

        violated(Invariant.DECISIONS, half.event());
    }

    @Test
    void anEventOfNoCommandIsFoundWhereAllCommandsAreThere() {
        var event =
                chronicle.event(Aggregate.ORGANIZATIONS, "o-1", 2, "o-1", "nobody's", new OrganizationRenamed("Apex"));

        violated(Invariant.DECISIONS, event);
    }
}
