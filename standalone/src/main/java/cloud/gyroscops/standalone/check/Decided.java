package cloud.gyroscops.standalone.check;

import cloud.gyroscops.contract.CommandHeader;
import cloud.gyroscops.contract.EventHeader;
import cloud.gyroscops.contract.Refusal;
import cloud.gyroscops.domain.Command;
import cloud.gyroscops.domain.Decision;
import cloud.gyroscops.domain.Fields;
import cloud.gyroscops.domain.References;
import cloud.gyroscops.domain.References.Found;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.avro.specific.SpecificRecord;

/**
 * Holds every event against what the decider makes of the command that it names, on the state before. Where the command is
 * gone, there must be one that the decider makes this event of.
 */
final class Decided implements EventInvariant {

    /** Whether references were there is another question. */
    private static final References THERE = new References(Found.PRESENT, Found.PRESENT);

    private static final int MOST_UNTOLD = 10_000;

    private final Rules<?> rules;
    private final Commands commands;
    private final CommandsBeside beside;
    private final LongSupplier beginsNow;
    private final Findings findings;
    /** Violations unless their commands, of these offsets, were deleted while they were read. */
    private final List<Map.Entry<Long, Violation>> unlessDeleted = new ArrayList<>();

    /**
     * Prepares.
     *
     * @param beginsNow where the partition of commands begins by now
     */
    Decided(Rules<?> rules, Commands commands, CommandsBeside beside, LongSupplier beginsNow, Findings findings) {
        this.rules = rules;
        this.commands = commands;
        this.beside = beside;
        this.beginsNow = beginsNow;
        this.findings = findings;
    }

    @Override
    public void check(Step step) {
        if (step.before() == null) {
            return;
        }
        findings.checked(Invariant.DECISIONS);
        var stream = step.stream();
        var header = step.record().event().header();
        if (!stream.rest.isEmpty()) {
            var next = stream.rest.get(0);
            stream.rest = stream.rest.subList(1, stream.rest.size());
            if (!header.getCausationId().equals(stream.causationId)
                    || !step.payload().equals(next)) {
                stream.rest = List.of();
                violated(step, "comes where " + name(next) + " of command " + stream.causationId + " belongs");
            }
            return;
        }
        var causes = beside.causes(header);
        if (causes.isEmpty()) {
            withoutCommand(step);
            return;
        }
        String wrong = null;
        for (var cause : causes) {
            var problem = wrong(step, cause);
            if (problem == null) {
                beside.used(cause);
                return;
            }
            wrong = wrong == null ? problem : wrong;
        }
        stream.rest = List.of();
        violatedUnlessDeleted(step, wrong);
    }

    private void withoutCommand(Step step) {
        var record = step.record();
        var header = record.event().header();
        if (step.settled()
                && !commands.mayBeGone(
                        record.place().partition(), header.getOccurredAt().toEpochMilli())) {
            violatedUnlessDeleted(
                    step,
                    "names the command " + header.getCausationId()
                            + (commands.first(header.getAggregateId(), header.getCausationId()) == null
                                    ? ", which is not in the commands topic"
                                    : " of origin " + header.getOrigin()
                                            + ", which was refused, made other events, or is not there"));
            return;
        }
        var payload = Causes.of(rules.aggregate(), step.payload());
        var problem = decided(step, payload);
        if (problem != null) {
            violated(step, "is none that any command could make of version " + step.stream().version + ": " + problem);
        }
    }

    /** What is wrong if this command caused the event; null: nothing. */
    private String wrong(Step step, Records.Command cause) {
        var header = step.record().event().header();
        var command = cause.header();
        var time = Instant.ofEpochMilli(cause.time());
        var latest = step.stream().occurredAt;
        var expected = latest != null && latest.isAfter(time) ? latest : time;
        if (!header.getOccurredAt().equals(expected)) {
            return "occurred at " + header.getOccurredAt() + "; its command " + cause.name()
                    + " and the event before say " + expected;
        }
        if (command.getExpectedVersion() != null && command.getExpectedVersion() != header.getVersion() - 1) {
            return "is made of a command that expects version " + command.getExpectedVersion() + ", " + cause.name();
        }
        var problem = decided(step, cause.command().payload());
        if (problem != null) {
            return "is not what the rules make of " + cause.name() + " at version " + step.stream().version + ": "
                    + problem;
        }
        return carried(header, command, organization(step), cause);
    }

    /** Where the state does not tell any more, it told before. */
    private String organization(Step step) {
        var now = rules.organization(step.stream().id, step.after());
        return now.isEmpty() ? rules.organization(step.stream().id, step.before()) : now;
    }

    private static String carried(
            EventHeader header, CommandHeader command, String organization, Records.Command cause) {
        var correlationId = command.getCorrelationId() == null
                ? ""
                : command.getCorrelationId().strip();
        boolean same = header.getActor().equals(command.getActor().strip())
                && header.getCorrelationId().equals(correlationId.isEmpty() ? command.getCommandId() : correlationId)
                && Map.copyOf(header.getMetadata()).equals(new Fields().metadata("metadata", command.getMetadata()))
                && header.getOrganizationId().equals(organization);
        return same
                ? null
                : "has another actor, correlationId, organizationId or other metadata than its command " + cause.name();
    }

    /** Decides, and keeps what must follow. */
    private String decided(Step step, SpecificRecord payload) {
        var header = step.record().event().header();
        var decision = rules.decide(
                step.before(),
                new Command(header.getAggregateId(), payload, header.getOccurredAt(), header.getOrigin(), THERE),
                step.payload());
        if (decision instanceof Decision.Refused<SpecificRecord, Refusal> refused) {
            return "they refuse it, " + refused.refusal().getReason();
        }
        var events = ((Decision.Accepted<SpecificRecord, Refusal>) decision).events();
        if (events.isEmpty() || !events.get(0).equals(step.payload())) {
            return events.isEmpty() ? "they make no event" : "they make " + name(events.get(0)) + " with other content";
        }
        step.stream().rest = events.subList(1, events.size());
        return null;
    }

    private void violated(Step step, String problem) {
        findings.violated(violation(step, problem));
    }

    private void violatedUnlessDeleted(Step step, String problem) {
        var header = step.record().event().header();
        var first = commands.first(header.getAggregateId(), header.getCausationId());
        if (first == null) {
            violated(step, problem);
            return;
        }
        unlessDeleted.add(Map.entry(first.offset(), violation(step, problem)));
        if (unlessDeleted.size() >= MOST_UNTOLD) {
            end();
        }
    }

    /** Tells what depends on whether commands are still there. */
    void end() {
        if (unlessDeleted.isEmpty()) {
            return;
        }
        long begin = beginsNow.getAsLong();
        unlessDeleted.forEach(one -> {
            if (one.getKey() >= begin) {
                findings.violated(one.getValue());
            }
        });
        unlessDeleted.clear();
    }

    private static Violation violation(Step step, String problem) {
        return new Violation(
                Invariant.DECISIONS,
                step.record().place(),
                name(step.payload()) + " " + step.record().key() + " " + problem);
    }

    private static String name(SpecificRecord payload) {
        return payload.getSchema().getName();
    }

    @Override
    public void end(Stream stream) {
        // An event that is not settled may have its companion beyond the end.
        if (!stream.rest.isEmpty() && !stream.erased && stream.settledVersion == stream.version) {
            findings.violated(
                    Invariant.DECISIONS,
                    stream.last,
                    name(stream.rest.get(0)) + " is missing behind the last event of " + stream.id);
        }
    }
}
