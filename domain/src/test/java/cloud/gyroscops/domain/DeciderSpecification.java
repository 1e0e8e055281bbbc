package cloud.gyroscops.domain;

import cloud.gyroscops.contract.Origin;
import cloud.gyroscops.contract.Refusal;
import cloud.gyroscops.contract.RefusalReason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;

/**
 * What a decider is expected to do, in the order in which one tells it: given events, when a command comes, then events
 * or a refusal.
 *
 * <pre>{@code
 * DeciderSpecification.of(new OrganizationDecider(), "o-1")
 *         .given(new OrganizationCreated("Acme"))
 *         .when(new SuspendOrganization("unpaid"))
 *         .then(new OrganizationSuspended("unpaid"))
 *         .thenState(organization -> assertEquals(SUSPENDED, organization.getStatus()));
 * }</pre>
 *
 * <p>Specifications never change: each step gives a new one, so that tests may share how theirs begin. What fails is an
 * {@link AssertionError} that tells the whole story; no assertion library is needed.
 *
 * @param <S> the decider's states
 */
public final class DeciderSpecification<S> {

    /** The time of commands that {@link #at} says nothing about. */
    public static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final Decider<Command, S, SpecificRecord, Refusal> decider;
    private final List<SpecificRecord> given;
    private final Command command;

    private DeciderSpecification(
            Decider<Command, S, SpecificRecord, Refusal> decider, List<SpecificRecord> given, Command command) {
        this.decider = decider;
        this.given = List.copyOf(given);
        this.command = command;
    }

    /** Begins with an aggregate of which nothing is known: commands come from a client, at {@link #NOON}. */
    public static <S> DeciderSpecification<S> of(
            Decider<Command, S, SpecificRecord, Refusal> decider, String aggregateId) {
        return new DeciderSpecification<>(
                decider, List.of(), new Command(aggregateId, null, NOON, Origin.CLIENT, References.NOT_ASKED));
    }

    /** What has happened, after what was given before. */
    public DeciderSpecification<S> given(SpecificRecord... events) {
        var all = new ArrayList<>(given);
        all.addAll(List.of(events));
        return new DeciderSpecification<>(decider, all, command);
    }

    /** When the command comes. */
    public DeciderSpecification<S> at(Instant time) {
        return commanded(
                new Command(command.aggregateId(), command.payload(), time, command.origin(), command.references()));
    }

    /** Who sends the command. */
    public DeciderSpecification<S> from(Origin origin) {
        return commanded(
                new Command(command.aggregateId(), command.payload(), command.time(), origin, command.references()));
    }

    /** What the aggregates that the command names were found to be. */
    public DeciderSpecification<S> referring(References references) {
        return commanded(
                new Command(command.aggregateId(), command.payload(), command.time(), command.origin(), references));
    }

    /** The one command; it is decided here, and accepted events are evolved. */
    public Outcome<S> when(SpecificRecord payload) {
        var asked = new Command(command.aggregateId(), payload, command.time(), command.origin(), command.references());
        var before = evolve(decider.initial(), given);
        var decision = decider.decide(before, asked);
        var after = decision instanceof Decision.Accepted<SpecificRecord, Refusal> accepted
                ? evolve(before, accepted.events())
                : before;
        return new Outcome<>(given, asked, decision, after);
    }

    private DeciderSpecification<S> commanded(Command next) {
        return new DeciderSpecification<>(decider, given, next);
    }

    private S evolve(S from, List<SpecificRecord> events) {
        var state = from;
        for (var event : events) {
            state = decider.evolve(state, event);
        }
        return state;
    }

    /**
     * What came of the command.
     *
     * @param <S> the decider's states
     */
    public static final class Outcome<S> {

        private final List<SpecificRecord> given;
        private final Command command;
        private final Decision<SpecificRecord, Refusal> decision;
        private final S state;

        private Outcome(
                List<SpecificRecord> given, Command command, Decision<SpecificRecord, Refusal> decision, S state) {
            this.given = given;
            this.command = command;
            this.decision = decision;
            this.state = state;
        }

        /** Exactly these events, in this order. */
        public Outcome<S> then(SpecificRecord... expected) {
            boolean came = decision instanceof Decision.Accepted<SpecificRecord, Refusal> accepted
                    && accepted.events().equals(List.of(expected));
            return came ? this : fail(told(List.of(expected)));
        }

        /** Accepted, with nothing new to record. */
        public Outcome<S> thenNothing() {
            return then();
        }

        /** Refused, whatever the field. */
        public Outcome<S> thenRefused(RefusalReason reason) {
            boolean came = decision instanceof Decision.Refused<SpecificRecord, Refusal> refused
                    && refused.refusal().getReason() == reason;
            return came ? this : fail("refused: " + reason);
        }

        /** Refused because of a field of the payload. */
        public Outcome<S> thenRefused(RefusalReason reason, String field) {
            boolean came = decision instanceof Decision.Refused<SpecificRecord, Refusal> refused
                    && refused.refusal().getReason() == reason
                    && field.equals(refused.refusal().getField());
            return came ? this : fail("refused: " + reason + ", field " + field);
        }

        /** Refused with a message that holds this. */
        public Outcome<S> saying(String part) {
            boolean came = decision instanceof Decision.Refused<SpecificRecord, Refusal> refused
                    && refused.refusal().getMessage().contains(part);
            return came ? this : fail("a refusal that says \"" + part + '"');
        }

        /** Looks at the state after the given and the new events. */
        public Outcome<S> thenState(Consumer<? super S> look) {
            try {
                look.accept(state);
            } catch (AssertionError unexpected) {
                throw new AssertionError(
                        story() + "\n  state:    " + state + "\n" + unexpected.getMessage(), unexpected);
            }
            return this;
        }

        /** The state after the given and the new events. */
        public S state() {
            return state;
        }

        /** What the decider answered. */
        public Decision<SpecificRecord, Refusal> decision() {
            return decision;
        }

        private Outcome<S> fail(String expected) {
            throw new AssertionError(story() + "\n  expected: " + expected);
        }

        private String story() {
            var answer = decision instanceof Decision.Accepted<SpecificRecord, Refusal> accepted
                    ? told(accepted.events())
                    : told(((Decision.Refused<SpecificRecord, Refusal>) decision).refusal());
            return "\n  given:    " + told(given) + "\n  when:     " + told(command.payload()) + " for "
                    + command.aggregateId() + " from " + command.origin() + " at " + command.time()
                    + (command.references().equals(References.NOT_ASKED) ? "" : ", " + command.references())
                    + "\n  came:     " + answer;
        }

        private static String told(List<SpecificRecord> events) {
            return events.isEmpty()
                    ? "no events"
                    : String.join(
                            "\n            ", events.stream().map(Outcome::told).toList());
        }

        private static String told(Refusal refusal) {
            return "refused: " + refusal.getReason()
                    + (refusal.getField() == null ? "" : ", field " + refusal.getField()) + ": " + refusal.getMessage();
        }

        private static String told(SpecificRecord record) {
            return record.getSchema().getName() + record;
        }
    }
}
