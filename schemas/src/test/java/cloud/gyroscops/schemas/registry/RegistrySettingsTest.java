package cloud.gyroscops.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.gyroscops.schemas.settings.Environment;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistrySettingsTest {

    @Test
    void theEnvironmentGivesUrlsCredentialsAndTimeOut() {
        RegistrySettings settings = from(Map.of(
                "SCHEMA_REGISTRY_URL", "http://a:8081, https://b/apis/ccompat/v7",
                "SCHEMA_REGISTRY_USER", "ann",
                "SCHEMA_REGISTRY_PASSWORD", "secret",
                "SCHEMA_REGISTRY_TIMEOUT_MS", "250"));

        assertThat(settings)
                .isEqualTo(new RegistrySettings(
                        List.of(URI.create("http://a:8081"), URI.create("https://b/apis/ccompat/v7")),
                        "ann",
                        "secret",
                        Duration.ofMillis(250)));
    }

    @Test
    void anEmptyEnvironmentMeansALocalRegistryWithoutCredentials() {
        assertThat(from(Map.of())).isEqualTo(RegistrySettings.of(URI.create("http://localhost:8081")));
    }

    @Test
    void thePasswordIsNeverShown() {
        RegistrySettings settings =
                new RegistrySettings(List.of(URI.create("http://a:8081")), "ann", "secret", Duration.ofSeconds(1));

        assertThat(settings.toString()).contains("ann").doesNotContain("secret");
    }

    @ParameterizedTest
    @CsvSource({
        "SCHEMA_REGISTRY_URL, ',', SCHEMA_REGISTRY_URL is empty",
        "SCHEMA_REGISTRY_URL, localhost:8081, 'localhost:8081'",
        "SCHEMA_REGISTRY_URL, ftp://a, 'ftp://a'",
        "SCHEMA_REGISTRY_URL, http://a b, 'http://a b'",
        "SCHEMA_REGISTRY_URL, http://a?x=1, drop what follows the path",
        "SCHEMA_REGISTRY_TIMEOUT_MS, soon, '\"soon\"'",
        "SCHEMA_REGISTRY_TIMEOUT_MS, 0, from 1 to 600000",
        "SCHEMA_REGISTRY_USER, ann, the password is missing",
        "SCHEMA_REGISTRY_PASSWORD, secret, the user is missing"
    })
    void aBadValueIsNamed(String variable, String value, String message) {
        assertThatThrownBy(() -> from(Map.of(variable, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(variable)
                .hasMessageContaining(message)
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @CsvSource({"http://ann:secret@a:8081", "http://ann:secret@a b", "http://secret@a_b:1"})
    void credentialsInAUrlAreRefusedWithoutRepeatingThem(String url) {
        assertThatThrownBy(() -> from(Map.of("SCHEMA_REGISTRY_URL", url)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("SCHEMA_REGISTRY_USER")
                .hasMessageNotContaining("secret");
    }

    @Test
    void whatItReadsIsKnownToTheEnvironment() {
        var environment = new Environment(Map.of());

        RegistrySettings.from(environment);

        assertThat(environment.asked())
                .containsExactlyInAnyOrder(
                        "SCHEMA_REGISTRY_URL",
                        "SCHEMA_REGISTRY_USER",
                        "SCHEMA_REGISTRY_PASSWORD",
                        "SCHEMA_REGISTRY_TIMEOUT_MS");
    }

    private static RegistrySettings from(Map<String, String> variables) {
        return RegistrySettings.from(new Environment(variables));
    }
}
