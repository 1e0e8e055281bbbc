package cloud.gyroscops.connectors.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.contract.user.UserState;
import cloud.gyroscops.contract.user.UserStatus;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.keycloak.representations.idm.UserRepresentation;

class ComparedTest {

    @Test
    void bothSidesHaveOneForm() {
        var ours = new UserState(
                UserStatus.DISABLED, true, "ada", "ada@acme.test", "Ada", "Lovelace", "o-1", List.of("b", "a"), null);
        var theirs = new UserRepresentation();
        theirs.setUsername("ada");
        theirs.setEmail("ada@acme.test");
        theirs.setFirstName("Ada");
        theirs.setLastName("Lovelace");
        theirs.setEnabled(false);
        theirs.setEmailVerified(true);
        var compared =
                Compared.of(theirs, List.of("default-roles-gyroscops", "a", "offline_access", "b"), List.of("o-1"));
        assertThat(compared).isEqualTo(Compared.of(ours)).containsEntry("roles", "a,b");
        assertThat(Compared.fingerprint(compared))
                .isEqualTo(Compared.fingerprint(Compared.of(ours)))
                .matches("[0-9a-f]{64}");
    }

    @Test
    void whatIsNotThereIsEmpty() {
        assertThat(Compared.of(new UserRepresentation(), List.of(), List.of()))
                .containsEntry("firstName", "")
                .containsEntry("enabled", "false")
                .containsEntry("roles", "");
    }

    @Test
    void rolesThatNoUserOfTheLogCanHaveAreNotCompared() {
        assertThat(Compared.roles(List.of("a,b", "two words", "a", "x".repeat(65))))
                .containsExactly("a");
    }

    @Test
    void valuesDoNotLookLikeFields() {
        assertThat(Compared.fingerprint(Map.of("a", "1 b 1 2")))
                .isNotEqualTo(Compared.fingerprint(Map.of("a", "1", "b", "2")));
    }

    @Test
    void idsMayHoldAnythingThatIdsMay() {
        assertThat(Ids.query("a:b")).isEqualTo("gyroscops-id:\"a:b\"");
        assertThat(Ids.in(Map.of("gyroscops-id", List.of("")))).isEmpty();
        assertThat(Ids.in(null)).isEmpty();
        assertThat(Ids.with("u-1", Map.of("shoe", List.of("38"))))
                .isEqualTo(Map.of("shoe", List.of("38"), "gyroscops-id", List.of("u-1")));
    }
}
