package cloud.gyroscops.standalone.check;

import cloud.gyroscops.contract.organization.OrganizationRenamed;
import cloud.gyroscops.contract.organization.RenameOrganization;
import cloud.gyroscops.schemas.Aggregate;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ResultsAndEventsTest extends CheckerSpecification {

    private Chronicle.Traces created;

    @BeforeEach
    void create() {
        created = organization("o-1");
    }

    @Test
    void resultsAndEventsThatNameEachOtherAreRight() {
        content();
    }

    @Test
    void aResultWithoutItsEventIsFound() {
        var renamed = chronicle.happens("o-1", new RenameOrganization("Apex"));
        chronicle.log.remove(renamed.event());

        violated(Invariant.RESULT_AND_EVENTS, renamed.result());
    }

    @Test
    void anEventThatNoResultNamesIsFound() {
        violated(Invariant.RESULT_AND_EVENTS, renamedBy(created.commandId()));
    }

    @Test
    void anEventOfAnotherCommandThanItsResultsIsFound() {
        var command = chronicle.command("o-1", "c-right", new RenameOrganization("Apex"));
        var event = renamedBy("c-wrong");
        chronicle.result(Aggregate.ORGANIZATIONS, "o-1", "c-right", command, 2, List.of("o-1@2"));

        violated(Invariant.RESULT_AND_EVENTS, event);
    }

    private Place renamedBy(String commandId) {
        return chronicle.event(Aggregate.ORGANIZATIONS, "o-1", 2, "o-1", commandId, new OrganizationRenamed("Apex"));
    }

    @Test
    void aResultWhoseKeysDoNotFitItsVersionIsFound() {
        var command = chronicle.command("o-1", "c-late", new RenameOrganization("Apex"));
        var result = chronicle.result(Aggregate.ORGANIZATIONS, "o-1", "c-late", command, 3, List.of("o-1@2"));

        violated(Invariant.RESULT_AND_EVENTS, result);
    }

    @Test
    void aRepeatedCommandMayRepeatTheKeys() {
        var again = chronicle.command("o-1", created.commandId(), new RenameOrganization("Apex"));
        chronicle.result(Aggregate.ORGANIZATIONS, "o-1", created.commandId(), again, 1, List.of("o-1@1"));

        content();
    }

    @Test
    void aLaterResultOfTheSameCommandIdMayHaveReplacedTheFirst() {
        var again = chronicle.command("o-1", created.commandId(), new RenameOrganization("Apex"));
        chronicle.refused(Aggregate.ORGANIZATIONS, "o-1", created.commandId(), again);
        chronicle.log.remove(created.result());

        content();
    }

    @Test
    void aResultThatNothingReplacedMustBeThere() {
        chronicle.log.remove(created.result());

        violated(Invariant.RESULT_AND_EVENTS, created.event());
    }

    @Test
    void resultsMayExpireWithTheirCommands() {
        chronicle.log.removeAll("organizations.commands");
        chronicle.log.removeAll("command.results");

        content();
    }
}
