package cloud.gyroscops.topology.command;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.contract.RefusalReason;
import cloud.gyroscops.contract.organization.OrganizationCreated;
import cloud.gyroscops.contract.user.EraseUser;
import cloud.gyroscops.contract.user.UserDeleted;
import cloud.gyroscops.contract.user.UserErased;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.topology.Payloads;
import cloud.gyroscops.topology.TopologySpecification;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EraseUserTest {

    private final TopologySpecification topology = new TopologySpecification();

    @BeforeEach
    void giveAnOrganization() {
        topology.given("o-1", new OrganizationCreated("Acme"));
    }

    @AfterEach
    void close() {
        topology.close();
    }

    @Test
    void erasingForgetsAllOlderEvents() {
        topology.given("u-1", Payloads.userCreated("o-1"), new UserDeleted())
                .when("u-1", new EraseUser())
                .then(new UserErased())
                .thenAccepted();

        assertThat(topology.forgotten()).containsExactly("u-1@1", "u-1@2");
    }

    @Test
    void theErasureSaysWhoseUserItWas() {
        topology.given("u-1", Payloads.userCreated("o-1")).when("u-1", new EraseUser());

        assertThat(topology.events().get(0).message().header().getOrganizationId())
                .isEqualTo("o-1");
    }

    @Test
    void theHistoryIsTheErasureAlone() {
        topology.when("u-1", Payloads.createUser("o-1")).when("u-1", new EraseUser());

        assertThat(topology.history(Aggregate.USERS, "u-1"))
                .extracting(event -> event.header().getVersion())
                .containsExactly(2L);
    }

    @Test
    void whatAnErasedUserHadIsFreeForOthers() {
        topology.when("u-1", Payloads.createUser("o-1"))
                .when("u-1", new EraseUser())
                .when("u-2", Payloads.createUser("o-1"))
                .thenAccepted();
    }

    @Test
    void anErasedUserIsNotCreatedAgainNotEvenByTheSameCommand() {
        topology.when("u-1", Payloads.createUser("o-1"), header -> header.setCommandId("c"))
                .when("u-1", new EraseUser())
                .when("u-1", Payloads.createUser("o-1"), header -> header.setCommandId("c"))
                .thenRefused(RefusalReason.DELETED);
    }

    @Test
    void theSameErasureAgainGetsTheSameResult() {
        topology.when("u-1", Payloads.createUser("o-1"))
                .when("u-1", new EraseUser(), header -> header.setCommandId("e"))
                .when("u-1", new EraseUser(), header -> header.setCommandId("e"))
                .thenAccepted()
                .thenNoEvent();
    }
}
