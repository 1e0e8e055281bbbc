package cloud.gyroscops.connectors.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What requests are called in the metrics: there are few names, whatever is in the realm. */
final class RequestFilterTest {

    @ParameterizedTest
    @CsvSource({
        "POST, /admin/realms, realms.post",
        "GET, /admin/realms/gyroscops, realm.get",
        "GET, /admin/realms/gyroscops/users, users.get",
        "PUT, /admin/realms/gyroscops/users/1c9fcd3e-6aa3-4a52-bc7f-2a1e9a1f4b11, users.put",
        "POST, /auth/admin/realms/r/users/1c9fcd3e-6aa3-4a52-bc7f-2a1e9a1f4b11/role-mappings/realm,"
                + " users.role-mappings.realm.post",
        "GET, /admin/realms/r/roles/writer, roles.get",
        "GET, /admin/realms/r/organizations/members/1c9fcd3e-6aa3-4a52-bc7f-2a1e9a1f4b11/organizations,"
                + " organizations.members.organizations.get",
        "GET, /admin/realms/r/users/f:ldap:alice/role-mappings/realm, users.role-mappings.realm.get",
        "GET, /realms/r/.well-known/openid-configuration, other.get",
        "POST, /realms/master/protocol/openid-connect/token, token.post"
    })
    void hasNoIdsAndNames(String method, String path, String operation) {
        assertThat(RequestFilter.operation(method, path)).isEqualTo(operation);
    }
}
