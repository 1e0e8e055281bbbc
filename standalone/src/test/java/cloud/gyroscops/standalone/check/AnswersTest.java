package cloud.gyroscops.standalone.check;

import cloud.gyroscops.contract.organization.CreateOrganization;
import cloud.gyroscops.contract.organization.RenameOrganization;
import cloud.gyroscops.schemas.Aggregate;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class AnswersTest extends CheckerSpecification {

    private static final String COMMANDS = "organizations.commands";

    @Test
    void aCommandWithoutResultIsFound() {
        violated(Invariant.ANSWERS, chronicle.command("o-1", "c-1", new CreateOrganization("Acme")));
    }

    @Test
    void aResultThatComesWhileItWaitsIsEnough() {
        var payload = new CreateOrganization("Acme");
        var command = chronicle.command("o-1", "c-1", payload);
        chronicle.log.fixEnds();
        chronicle.settle("o-1", "c-1", command, payload);

        content();
    }

    @Test
    void aSecondResultOfOneRecordIsFound() {
        var created = organization("o-1");
        var again = chronicle.result(
                Aggregate.ORGANIZATIONS, "o-1", created.commandId(), created.command(), 1, List.of("o-1@1"));

        violated(Invariant.ANSWERS, again);
    }

    @Test
    void theResultOfAnotherCommandIsFound() {
        var command = chronicle.command("o-1", "c-1", new CreateOrganization("Acme"));
        chronicle.refused(Aggregate.ORGANIZATIONS, "o-1", "c-2", command);

        violated(Invariant.ANSWERS, command);
    }

    @Test
    void aResultThatAnswersNoRecordIsFound() {
        var result = chronicle.refused(Aggregate.ORGANIZATIONS, "o-1", "c-1", new Place("elsewhere", 0, 0));

        violated(Invariant.ANSWERS, result);
    }

    @Test
    void aMovedCommandHasTheResultOfItsOriginal() {
        var payload = new CreateOrganization("Acme");
        int wrong = (Chronicle.partition("o-1") + 1) % HandMadeLog.PARTITIONS;
        var original = chronicle.command("o-1", "c-1", payload, wrong, new RecordHeaders());
        chronicle.command("o-1", "c-1", payload, Chronicle.partition("o-1"), Chronicle.source(original));
        chronicle.settle("o-1", "c-1", original, payload);

        content();
    }

    @Test
    void aCommandThatWasNotMovedIsFound() {
        int wrong = (Chronicle.partition("o-1") + 1) % HandMadeLog.PARTITIONS;

        violated(
                Invariant.ANSWERS,
                chronicle.command("o-1", "c-1", new CreateOrganization("Acme"), wrong, new RecordHeaders()));
    }

    @Test
    void rubbishIsAnsweredByItsDeadLetter() {
        deadLetter(chronicle.log.put(COMMANDS, 0, "", new byte[] {1}, chronicle.now()));

        content();
    }

    @Test
    void rubbishThatVanishedIsFound() {
        violated(Invariant.ANSWERS, chronicle.log.put(COMMANDS, 0, "", new byte[] {1}, chronicle.now()));
    }

    @Test
    void aCommandThatCanBeReadNeedsMoreThanADeadLetter() {
        var command = chronicle.command("o-1", "c-1", new CreateOrganization("Acme"));
        deadLetter(command);

        violated(Invariant.ANSWERS, command);
    }

    private void deadLetter(Place source) {
        var headers = new RecordHeaders();
        headers.add("dead-letter-reason", Chronicle.bytes("TRUNCATED"));
        headers.add("dead-letter-topic", Chronicle.bytes(source.topic()));
        headers.add("dead-letter-partition", Chronicle.bytes(Integer.toString(source.partition())));
        headers.add("dead-letter-offset", Chronicle.bytes(Long.toString(source.offset())));
        chronicle.log.put("commands.dead-letter", 0, source.toString(), new byte[] {1}, chronicle.now(), headers);
    }

    @Test
    void commandsThatAreNotHandledYetAreCountedApart() {
        var command = chronicle.command("o-1", "c-1", new CreateOrganization("Acme"));
        chronicle.log.notHandledFrom(command);

        content(new Report.Lag(1, 0));
    }

    @Test
    void aMovedCommandIsNotHandledBeforeItsCopyIs() {
        int wrong = (Chronicle.partition("o-1") + 1) % HandMadeLog.PARTITIONS;
        var payload = new CreateOrganization("Acme");
        var original = chronicle.command("o-1", "c-1", payload, wrong, new RecordHeaders());
        var copy = chronicle.command("o-1", "c-1", payload, Chronicle.partition("o-1"), Chronicle.source(original));
        chronicle.log.notHandledFrom(copy);

        content(new Report.Lag(1, 0));
    }

    @Test
    void aResultIsMissedUntilItMayHaveExpired() {
        var command = chronicle.command("o-1", "c-1", new CreateOrganization("Acme"));

        chronicle.log.expireUpTo("command.results", chronicle.now() - 2_000);
        violated(Invariant.ANSWERS, command);
        chronicle.log.expireUpTo("command.results", chronicle.now());
        content();
    }

    @Test
    void thatResultsOfOldCommandsAreThereSaysNothingOfYoungerOnes() {
        var old = chronicle.command("o-1", "c-1", new CreateOrganization("Acme"));
        chronicle.later(Duration.ofDays(1));
        chronicle.command("o-2", "c-2", new CreateOrganization("Apex"));
        chronicle.log.expireUpTo("command.results", chronicle.now());
        chronicle.refused(Aggregate.ORGANIZATIONS, "o-1", "c-1", old);

        content();
    }

    @Test
    void aRepeatedCommandNeedsAResultOfItsOwnAlsoAtTheSameTime() {
        var created = organization("o-1");
        chronicle.later(Duration.ofMillis(-10));
        var again = chronicle.command("o-1", created.commandId(), new CreateOrganization("Name of o-1"));

        violated(Invariant.ANSWERS, again);
    }

    @Test
    void anOlderResultOfAnotherAggregateUnderTheSameIdExcusesNothing() {
        var created = organization("o-1");

        violated(
                Invariant.ANSWERS,
                chronicle.command("o-2", created.commandId(), new CreateOrganization("Name of o-2")));
    }

    @Test
    void aResultMayGiveWayToALaterOneOfItsCommandIdOnly() {
        var created = organization("o-1");
        var before = chronicle.happens("o-1", new RenameOrganization("Apex"));
        chronicle.log.remove(before.result());
        chronicle.refused(Aggregate.ORGANIZATIONS, "o-1", created.commandId(), created.command());

        violated(Invariant.ANSWERS, before.command());
    }
}
