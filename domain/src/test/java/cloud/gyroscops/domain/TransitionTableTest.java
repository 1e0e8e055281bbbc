package cloud.gyroscops.domain;

import static cloud.gyroscops.domain.DeciderSpecification.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.contract.organization.OrganizationCommand;
import cloud.gyroscops.contract.organization.OrganizationState;
import cloud.gyroscops.contract.payment.CaptureMethod;
import cloud.gyroscops.contract.payment.PaymentCommand;
import cloud.gyroscops.contract.payment.PaymentState;
import cloud.gyroscops.contract.payment.Processor;
import cloud.gyroscops.contract.user.UserCommand;
import cloud.gyroscops.contract.user.UserState;
import cloud.gyroscops.domain.organization.OrganizationDecider;
import cloud.gyroscops.domain.organization.OrganizationExamples;
import cloud.gyroscops.domain.payment.PaymentDecider;
import cloud.gyroscops.domain.payment.PaymentExamples;
import cloud.gyroscops.domain.user.UserDecider;
import cloud.gyroscops.domain.user.UserExamples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every command in every situation, kept in the docs so that a change of the rules shows in review. */
final class TransitionTableTest {

    /** Tests run in their module's directory. */
    private static final Path FILE = Path.of("..", "docs", "transitions.md");

    private static final String REWRITE = "mvn -q -pl schemas,domain test -Dtest=TransitionTableTest"
            + " -Dtransitions.write=true -Dsurefire.failIfNoSpecifiedTests=false";

    private static final String HEAD = """
            # Transitions

            What becomes of each command in each situation: the resulting **status** and the events, with their flags; _the \
            reason_ of a refusal; or "known" where the command is accepted and nothing new is to be recorded. Commands are \
            plain and well-formed, and come from an origin that may send them.

            Made from the deciders by `TransitionTableTest`, which fails when this file is out of date. To write it anew:

                %s

            """.formatted(REWRITE);

    private static List<TransitionTable<?>> tables() {
        var tables = new ArrayList<TransitionTable<?>>();
        tables.add(new TransitionTable<>(
                "Organizations",
                new OrganizationDecider(),
                OrganizationCommand.getClassSchema(),
                OrganizationExamples.situations(),
                OrganizationExamples.COMMANDS,
                NOON,
                OrganizationState::getStatus));
        tables.add(new TransitionTable<>(
                "Users",
                new UserDecider(),
                UserCommand.getClassSchema(),
                UserExamples.situations(),
                UserExamples.COMMANDS,
                NOON,
                UserState::getStatus));
        for (var processor : List.of(Processor.STRIPE, Processor.NONE)) {
            for (var captureMethod : List.of(CaptureMethod.AUTOMATIC, CaptureMethod.MANUAL)) {
                tables.add(new TransitionTable<>(
                        "Payments: processor " + processor + ", capture " + captureMethod,
                        new PaymentDecider(PaymentDecider.DEFAULT_TIME_TO_LIVE),
                        PaymentCommand.getClassSchema(),
                        PaymentExamples.situations(captureMethod, processor),
                        PaymentExamples.commands(captureMethod, processor),
                        PaymentExamples.EXPIRY,
                        PaymentState::getStatus));
            }
        }
        return tables;
    }

    @ParameterizedTest
    @MethodSource("tables")
    void every_command_of_the_union_has_an_example(TransitionTable<?> table) {
        assertThat(table.missingExamples()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("tables")
    void every_status_has_a_situation(TransitionTable<?> table) {
        assertThat(table.missingStatuses()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("tables")
    void every_situation_is_called_by_its_status(TransitionTable<?> table) {
        assertThat(table.situations())
                .allSatisfy((name, events) -> assertThat(name).startsWith(table.status(events)));
    }

    @Test
    void the_table_in_the_docs_is_up_to_date() throws IOException {
        var current = HEAD
                + String.join(
                        "\n", tables().stream().map(TransitionTable::render).toList());
        if (Boolean.getBoolean("transitions.write")) {
            Files.createDirectories(FILE.getParent());
            Files.writeString(FILE, current);
        }

        assertThat(Files.exists(FILE) ? Files.readString(FILE) : "")
                .as(
                        "docs/transitions.md is out of date; look at the difference and write it anew with%n    %s",
                        REWRITE)
                .isEqualTo(current);
    }
}
