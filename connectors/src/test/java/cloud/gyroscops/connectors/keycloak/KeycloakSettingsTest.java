package cloud.gyroscops.connectors.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.gyroscops.connectors.keycloak.KeycloakSettings.Credentials;
import cloud.gyroscops.schemas.settings.Environment;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeycloakSettingsTest {

    private static final Map<String, String> LEAST = Map.of(
            "KEYCLOAK_URL", "https://id.acme.test/auth",
            "KEYCLOAK_USERNAME", "admin",
            "KEYCLOAK_PASSWORD", "hush");

    @Test
    void theRestHasDefaults() {
        var settings = KeycloakSettings.from(new Environment(LEAST));
        assertThat(settings)
                .isEqualTo(new KeycloakSettings(
                        URI.create("https://id.acme.test/auth"),
                        "gyroscops",
                        "master",
                        "admin-cli",
                        new Credentials.User("admin", "hush"),
                        Duration.ofSeconds(30),
                        400,
                        false,
                        Set.of("emailVerified")));
    }

    @Test
    void allOfItCanBeGiven() {
        var settings = KeycloakSettings.from(new Environment(Map.of(
                "KEYCLOAK_URL", "http://localhost:8080",
                "KEYCLOAK_REALM", "customers",
                "KEYCLOAK_ADMIN_REALM", "customers",
                "KEYCLOAK_CLIENT_ID", "mirror",
                "KEYCLOAK_CLIENT_SECRET", "hush",
                "KEYCLOAK_TIMEOUT", "PT5S",
                "KEYCLOAK_ADOPT", "true",
                "KEYCLOAK_THEIR_FIELDS", "firstName, lastName")));
        assertThat(settings.credentials()).isEqualTo(new Credentials.Client("hush"));
        assertThat(settings.adopt()).isTrue();
        assertThat(settings.theirFields()).containsExactlyInAnyOrder("firstName", "lastName");
        assertThat(KeycloakSettings.from(with("KEYCLOAK_THEIR_FIELDS", "none")).theirFields())
                .isEmpty();
    }

    @Test
    void secretsAreNeverShown() {
        var user = KeycloakSettings.from(new Environment(LEAST));
        assertThat(user.toString()).doesNotContain("hush").contains("admin");
        assertThat(new Credentials.Client("hush").toString()).doesNotContain("hush");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "KEYCLOAK_URL|localhost:8080|it must be a URL like",
                "KEYCLOAK_URL|not a url|it must be a URL like",
                "KEYCLOAK_URL|https://admin:pw@acme.test|has credentials in it",
                "KEYCLOAK_URL|https://acme.test/?a=b|it must be a URL like",
                "KEYCLOAK_REALM|a realm|1 to 255",
                "KEYCLOAK_ADMIN_REALM|a/b|1 to 255",
                "KEYCLOAK_REALM|master|a realm of its own",
                "KEYCLOAK_ADOPT|yes|true or false",
                "KEYCLOAK_TIMEOUT|PT1H|at most PT10M",
                "KEYCLOAK_RATE_PER_SECOND|0|1 to 100000",
                "KEYCLOAK_THEIR_FIELDS|organization|it may have email, emailVerified",
                "KEYCLOAK_CLIENT_SECRET|hush|give either"
            })
    void whatIsNotUsableIsNamed(String variable, String value, String message) {
        assertThatThrownBy(() -> KeycloakSettings.from(with(variable, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("KEYCLOAK_")
                .hasMessageContaining(message)
                .hasMessageNotContaining("hush")
                .hasMessageNotContaining("pw@");
    }

    @Test
    void withoutAUrlThereIsNoKeycloak() {
        assertThat(KeycloakSettings.given(new Environment(Map.of()))).isFalse();
        assertThat(KeycloakSettings.given(new Environment(LEAST))).isTrue();
        assertThatThrownBy(() -> KeycloakSettings.from(new Environment(Map.of())))
                .hasMessageContaining("KEYCLOAK_URL is not set");
    }

    private static Environment with(String variable, String value) {
        var variables = new HashMap<>(LEAST);
        variables.put(variable, value);
        return new Environment(variables);
    }
}
