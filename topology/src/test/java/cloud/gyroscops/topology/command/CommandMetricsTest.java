package cloud.gyroscops.topology.command;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.contract.organization.CreateOrganization;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.topology.TopologySpecification;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CommandMetricsTest {

    private final TopologySpecification topology = new TopologySpecification();

    @AfterEach
    void close() {
        topology.close();
    }

    @Test
    void acceptedCommandsAreCounted() {
        topology.when("o-1", new CreateOrganization("Acme")).when("o-2", new CreateOrganization("Emca"));

        assertThat(decided("accepted")).isEqualTo(2);
    }

    @Test
    void refusedCommandsAreCountedByReason() {
        topology.when("o-1", new CreateOrganization("Acme")).when("o-1", new CreateOrganization("Acme"));

        assertThat(decided("already_exists")).isEqualTo(1);
    }

    @Test
    void repeatedCommandsAreNotCounted() {
        topology.when("o-1", new CreateOrganization("Acme"), header -> header.setCommandId("c"))
                .when("o-1", new CreateOrganization("Acme"), header -> header.setCommandId("c"));

        assertThat(decided("accepted")).isEqualTo(1);
    }

    @Test
    void deadLettersAreCountedByReason() {
        topology.whenRaw(Aggregate.ORGANIZATIONS, null, new byte[0]);

        assertThat(topology.meters()
                        .counter("gyroscops.dead.letters", "reason", "empty")
                        .count())
                .isEqualTo(1);
    }

    private double decided(String outcome) {
        return topology.meters()
                .counter("gyroscops.commands", "command", "CreateOrganization", "outcome", outcome)
                .count();
    }
}
