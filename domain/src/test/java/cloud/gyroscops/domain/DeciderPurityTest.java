package cloud.gyroscops.domain;

import static cloud.gyroscops.domain.DeciderSpecification.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.contract.Origin;
import cloud.gyroscops.contract.Refusal;
import cloud.gyroscops.contract.organization.OrganizationCommand;
import cloud.gyroscops.contract.organization.OrganizationEvent;
import cloud.gyroscops.contract.payment.PaymentCommand;
import cloud.gyroscops.contract.payment.PaymentEvent;
import cloud.gyroscops.contract.user.UserCommand;
import cloud.gyroscops.contract.user.UserEvent;
import cloud.gyroscops.domain.References.Found;
import cloud.gyroscops.domain.organization.OrganizationDecider;
import cloud.gyroscops.domain.payment.PaymentDecider;
import cloud.gyroscops.domain.user.UserDecider;
import java.util.List;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Deciders are pure, whatever they are given: events in any order, commands with any content. */
final class DeciderPurityTest {

    private static final int LIVES = 300;
    private static final int STEPS = 40;

    private record Subject<S extends SpecificRecord>(
            String name, Decider<Command, S, SpecificRecord, Refusal> decider, Schema commands, Schema events) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static List<Subject<?>> deciders() {
        return List.of(
                new Subject<>(
                        "organizations",
                        new OrganizationDecider(),
                        OrganizationCommand.getClassSchema(),
                        OrganizationEvent.getClassSchema()),
                new Subject<>("users", new UserDecider(), UserCommand.getClassSchema(), UserEvent.getClassSchema()),
                new Subject<>(
                        "payments",
                        new PaymentDecider(PaymentDecider.DEFAULT_TIME_TO_LIVE),
                        PaymentCommand.getClassSchema(),
                        PaymentEvent.getClassSchema()));
    }

    @ParameterizedTest
    @MethodSource("deciders")
    <S extends SpecificRecord> void evolving_changes_neither_the_state_nor_the_event(Subject<S> subject) {
        for (long seed = 0; seed < LIVES; seed++) {
            var records = new RandomRecords(new Random(seed));
            var state = subject.decider().initial();
            for (int step = 0; step < STEPS; step++) {
                var event = records.payload(subject.events());
                var stateBefore = state.toString();
                var eventBefore = event.toString();

                var next = subject.decider().evolve(state, event);

                assertThat(state).as("seed %d, %s", seed, event).hasToString(stateBefore);
                assertThat(event).as("seed %d", seed).hasToString(eventBefore);
                state = next;
            }
        }
    }

    @ParameterizedTest
    @MethodSource("deciders")
    <S extends SpecificRecord> void evolving_again_gives_the_same_state(Subject<S> subject) {
        for (long seed = 0; seed < LIVES; seed++) {
            var records = new RandomRecords(new Random(seed));
            var state = subject.decider().initial();
            for (int step = 0; step < STEPS; step++) {
                var event = records.payload(subject.events());

                var next = subject.decider().evolve(state, event);

                assertThat(subject.decider().evolve(state, event))
                        .as("seed %d, %s", seed, event)
                        .isEqualTo(next);
                state = next;
            }
        }
    }

    /** Also shows that no content of a command makes a decider throw. */
    @ParameterizedTest
    @MethodSource("deciders")
    <S extends SpecificRecord> void deciding_changes_neither_the_state_nor_the_command(Subject<S> subject) {
        for (long seed = 0; seed < LIVES; seed++) {
            var random = new RandomRecords(new Random(seed));
            var state = grown(subject, random);
            for (int step = 0; step < STEPS; step++) {
                var command = command(subject, random);
                var stateBefore = state.toString();
                var commandBefore = command.toString();

                subject.decider().decide(state, command);

                assertThat(state).as("seed %d, %s", seed, command).hasToString(stateBefore);
                assertThat(command).as("seed %d", seed).hasToString(commandBefore);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("deciders")
    <S extends SpecificRecord> void deciding_again_gives_the_same_decision(Subject<S> subject) {
        for (long seed = 0; seed < LIVES; seed++) {
            var random = new RandomRecords(new Random(seed));
            var state = grown(subject, random);
            for (int step = 0; step < STEPS; step++) {
                var command = command(subject, random);

                var decision = subject.decider().decide(state, command);

                assertThat(subject.decider().decide(state, command))
                        .as("seed %d, %s", seed, command)
                        .isEqualTo(decision);
            }
        }
    }

    /** None yet, or one that was created and has a few events behind it. */
    private static <S extends SpecificRecord> S grown(Subject<S> subject, RandomRecords random) {
        var state = subject.decider().initial();
        int events = random.one(List.of(0, 1, 3, 9));
        for (int event = 0; event < events; event++) {
            state = subject.decider()
                    .evolve(state, event == 0 ? random.first(subject.events()) : random.payload(subject.events()));
        }
        return state;
    }

    private static Command command(Subject<?> subject, RandomRecords random) {
        return new Command(
                "id-1",
                random.payload(subject.commands()),
                NOON,
                random.one(List.of(Origin.values())),
                new References(random.one(List.of(Found.values())), random.one(List.of(Found.values()))));
    }
}
