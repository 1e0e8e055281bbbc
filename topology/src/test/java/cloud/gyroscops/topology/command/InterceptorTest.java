package cloud.gyroscops.topology.command;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.contract.CommandHeader;
import cloud.gyroscops.contract.Origin;
import cloud.gyroscops.contract.RefusalReason;
import cloud.gyroscops.contract.organization.CreateOrganization;
import cloud.gyroscops.contract.organization.OrganizationCreated;
import cloud.gyroscops.contract.organization.SuspendOrganization;
import cloud.gyroscops.domain.Decision;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.topology.TopologySpecification;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.MDC;

class InterceptorTest {

    private static final CommandInterceptor BANK_HOLIDAY =
            (handling, rest) -> Decision.refuse(RefusalReason.INVALID_STATE, "nothing is done on bank holidays");

    @Test
    void anInterceptorMayRefuse() {
        try (var topology = new TopologySpecification(CommandSettings.DEFAULT, BANK_HOLIDAY)) {
            topology.when("o-1", new CreateOrganization("Acme")).thenNoEvent().thenRefused(RefusalReason.INVALID_STATE);

            assertThat(topology.result().message().getRefusal().getMessage()).contains("bank holidays");
        }
    }

    @Test
    void whatAnInterceptorRefusedIsRemembered() {
        try (var topology = new TopologySpecification(CommandSettings.DEFAULT, BANK_HOLIDAY)) {
            topology.when("o-1", new CreateOrganization("Acme"), header -> header.setCommandId("c"))
                    .when("o-1", new CreateOrganization("Emca"), header -> header.setCommandId("c"))
                    .thenRefused(RefusalReason.COMMAND_ID_REUSED);
        }
    }

    @Test
    void anInterceptorMayReplaceTheDecision() {
        CommandInterceptor polite = (handling, rest) -> Decision.accept(new OrganizationCreated("Dear Acme"));
        try (var topology = new TopologySpecification(CommandSettings.DEFAULT, polite)) {
            topology.when("o-1", new CreateOrganization("Acme")).then(new OrganizationCreated("Dear Acme"));
        }
    }

    @Test
    void interceptorsStandInTheOrderGivenTheFirstOneOutermost() {
        var calls = new ArrayList<String>();
        try (var topology =
                new TopologySpecification(CommandSettings.DEFAULT, telling("first", calls), telling("second", calls))) {
            topology.given("o-1", new OrganizationCreated("Acme")).when("o-1", new SuspendOrganization("unpaid"));
        }

        assertThat(calls).containsExactly("before first", "before second", "after second", "after first");
    }

    @Test
    void anInterceptorSeesTheCommandAndWhatItMeets() {
        var seen = new ArrayList<Handling>();
        CommandInterceptor looking = (handling, rest) -> {
            seen.add(handling);
            return rest.decide();
        };
        try (var topology = new TopologySpecification(CommandSettings.DEFAULT, looking)) {
            topology.given("o-1", new OrganizationCreated("Acme")).when("o-1", new SuspendOrganization("unpaid"));
        }

        assertThat(seen).singleElement().satisfies(handling -> {
            assertThat(handling.aggregate()).isEqualTo(Aggregate.ORGANIZATIONS);
            assertThat(handling.header().getCommandId()).isEqualTo("c-1");
            assertThat(handling.payload()).isEqualTo(new SuspendOrganization("unpaid"));
            assertThat(handling.time()).isEqualTo(TopologySpecification.START);
            assertThat(handling.version()).isEqualTo(1);
        });
    }

    @Test
    void aRepeatedCommandIsNotDecidedAgain() {
        var calls = new ArrayList<String>();
        try (var topology = new TopologySpecification(CommandSettings.DEFAULT, telling("it", calls))) {
            topology.given("o-1", new OrganizationCreated("Acme"))
                    .when("o-1", new SuspendOrganization("unpaid"), header -> header.setCommandId("c"))
                    .when("o-1", new SuspendOrganization("unpaid"), header -> header.setCommandId("c"));
        }

        assertThat(calls).containsExactly("before it", "after it");
    }

    @Test
    void aCommandThatWaitedForAnswersIsDecidedAgain() {
        var calls = new ArrayList<String>();
        try (var topology = new TopologySpecification(CommandSettings.DEFAULT, telling("it", calls))) {
            topology.when("o-1", new CreateOrganization("Acme")).thenAccepted();
        }

        assertThat(calls).containsExactly("before it", "after it", "before it", "after it");
    }

    @Test
    void whatIsLoggedMeanwhileCarriesTheCommandsIds() {
        var carried = new ArrayList<Map<String, String>>();
        CommandInterceptor looking = (handling, rest) -> {
            carried.add(MDC.getCopyOfContextMap());
            return rest.decide();
        };
        try (var topology = new TopologySpecification(CommandSettings.DEFAULT, looking)) {
            topology.given("o-1", new OrganizationCreated("Acme"))
                    .when("o-1", new SuspendOrganization("unpaid"), header -> header.setCorrelationId("checkout-3"));
        }

        assertThat(carried)
                .containsExactly(Map.of("commandId", "c-1", "aggregateId", "o-1", "correlationId", "checkout-3"));
        assertThat(MDC.get("commandId")).isNull();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("invalidHeaders")
    void anEnvelopeIsCheckedBeforeCustomInterceptorsSeeIt(String field, Consumer<CommandHeader> change) {
        var calls = new ArrayList<String>();
        try (var topology = new TopologySpecification(CommandSettings.DEFAULT, telling("it", calls))) {
            topology.when("o-1", new CreateOrganization("Acme"), change)
                    .thenNoEvent()
                    .thenRefused(RefusalReason.INVALID_FIELD, field);
        }

        assertThat(calls).isEmpty();
    }

    static Stream<Arguments> invalidHeaders() {
        return Stream.of(
                invalid("actor", header -> header.setActor(" ")),
                invalid("actor", header -> header.setActor("a".repeat(256))),
                invalid("correlationId", header -> header.setCorrelationId("")),
                invalid("correlationId", header -> header.setCorrelationId("c".repeat(129))),
                invalid("metadata", header -> header.setMetadata(Map.of("k".repeat(41), "v"))),
                invalid("metadata.k", header -> header.setMetadata(Map.of("k", "v".repeat(501)))),
                invalid("origin", header -> header.setOrigin(Origin.UNKNOWN)),
                invalid("expectedVersion", header -> header.setExpectedVersion(-1L)));
    }

    private static Arguments invalid(String field, Consumer<CommandHeader> change) {
        return Arguments.of(field, change);
    }

    private static CommandInterceptor telling(String name, List<String> calls) {
        return (handling, rest) -> {
            calls.add("before " + name);
            var decision = rest.decide();
            calls.add("after " + name);
            return decision;
        };
    }
}
