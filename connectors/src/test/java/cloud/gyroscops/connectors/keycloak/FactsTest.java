package cloud.gyroscops.connectors.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.connectors.target.Fact;
import cloud.gyroscops.connectors.target.Subject;
import cloud.gyroscops.contract.Origin;
import cloud.gyroscops.contract.organization.ReactivateOrganization;
import cloud.gyroscops.contract.organization.RenameOrganization;
import cloud.gyroscops.contract.organization.SuspendOrganization;
import cloud.gyroscops.contract.user.AssignUserRoles;
import cloud.gyroscops.contract.user.DisableUser;
import cloud.gyroscops.contract.user.EnableUser;
import cloud.gyroscops.contract.user.UnverifyUserEmail;
import cloud.gyroscops.contract.user.UpdateUser;
import cloud.gyroscops.contract.user.VerifyUserEmail;
import cloud.gyroscops.schemas.Aggregate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

class FactsTest {

    @Test
    void fieldsBecomeTheCommandsThatSetThem() {
        assertThat(user(Map.of("firstName", "Ada", "roles", "a,b", "enabled", "false")))
                .containsExactly(
                        new UpdateUser(null, null, "Ada", null),
                        new AssignUserRoles(List.of("a", "b")),
                        new DisableUser());
        assertThat(user(Map.of("enabled", "true", "emailVerified", "false")))
                .containsExactly(new EnableUser(), new UnverifyUserEmail());
        assertThat(user(Map.of("emailVerified", "true"))).containsExactly(new VerifyUserEmail());
    }

    @Test
    void organizationsAreRenamedSuspendedAndReactivated() {
        assertThat(payloads(Facts.ofOrganization(
                        subject(Aggregate.ORGANIZATIONS, 1), "kc", Map.of("name", "Acme", "enabled", "false"))))
                .containsExactly(new RenameOrganization("Acme"), new SuspendOrganization("disabled in Keycloak"));
        assertThat(payloads(Facts.ofOrganization(subject(Aggregate.ORGANIZATIONS, 1), "kc", Map.of("enabled", "true"))))
                .containsExactly(new ReactivateOrganization());
    }

    @Test
    void theSameFactIsTheSameCommand() {
        var first = verified(3);
        assertThat(verified(3)).isEqualTo(first);
        assertThat(verified(4).command().header().getCommandId())
                .isNotEqualTo(first.command().header().getCommandId());
        assertThat(first.command().header().getCommandId()).matches("kc-[0-9a-f]{40}");
        assertThat(first.command().header().getOrigin()).isEqualTo(Origin.KEYCLOAK);
        var at = Instant.ofEpochMilli(1_700_000_000_000L);
        assertThat(Facts.login(subject(Aggregate.USERS, 3), "kc", at))
                .isEqualTo(Facts.login(subject(Aggregate.USERS, 9), "kc", at));
    }

    @Test
    void adoptedIdsLeadBack() {
        assertThat(Facts.adoptedFrom(Facts.adoptedId("1-2"))).contains("1-2");
        assertThat(Facts.adoptedFrom("u-1")).isEmpty();
    }

    private static Fact verified(long version) {
        return Facts.ofUser(subject(Aggregate.USERS, version), "kc", Map.of("emailVerified", "true"))
                .get(0);
    }

    private static List<SpecificRecord> user(Map<String, String> taken) {
        return payloads(Facts.ofUser(subject(Aggregate.USERS, 1), "kc", taken));
    }

    private static List<SpecificRecord> payloads(List<Fact> facts) {
        return facts.stream().map(fact -> fact.command().payload()).toList();
    }

    private static Subject subject(Aggregate aggregate, long version) {
        return new Subject(aggregate, "a-1", "o-1", version, null, Optional.empty(), Map.of(), Optional.empty());
    }
}
