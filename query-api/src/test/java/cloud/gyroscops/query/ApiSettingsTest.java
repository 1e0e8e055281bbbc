package cloud.gyroscops.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.gyroscops.schemas.settings.Environment;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiSettingsTest {

    @Test
    void anEmptyEnvironmentMeansLoopback() {
        assertThat(ApiSettings.from(new Environment(Map.of()))).isEqualTo(new ApiSettings("127.0.0.1", 8080));
    }

    @Test
    void theEnvironmentSaysWhereHttpIsServed() {
        var environment = new Environment(Map.of("GYROSCOPS_HTTP_HOST", "0.0.0.0", "GYROSCOPS_HTTP_PORT", "80"));

        assertThat(ApiSettings.from(environment)).isEqualTo(new ApiSettings("0.0.0.0", 80));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "65536", "http"})
    void aPortThatIsNoneIsNamed(String port) {
        assertThatThrownBy(() -> ApiSettings.from(new Environment(Map.of("GYROSCOPS_HTTP_PORT", port))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("GYROSCOPS_HTTP_PORT is \"" + port + "\"");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 65_536})
    void aPortOutOfBoundsIsNamed(int port) {
        assertThatThrownBy(() -> new ApiSettings("127.0.0.1", port)).hasMessageContaining("HTTP port is " + port);
    }

    @Test
    void aHostThatIsBlankIsNamed() {
        assertThatThrownBy(() -> new ApiSettings(" ", 80)).hasMessageContaining("HTTP host is \" \"");
    }

    @Test
    void theEnvironmentSaysHowLongTokensAreWaitedForAndWhoMayRead() {
        var settings = ApiSettings.from(new Environment(Map.of(
                "GYROSCOPS_TOKEN_WAIT_MS",
                "500",
                "GYROSCOPS_CORS_ORIGINS",
                "https://example.org, http://localhost:3000",
                "GYROSCOPS_ROLE_PERMISSIONS",
                "reader=users:read")));

        assertThat(settings.tokenWait()).isEqualTo(Duration.ofMillis(500));
        assertThat(settings.corsOrigins()).containsExactly("https://example.org", "http://localhost:3000");
        assertThat(settings.permissions().byRole()).containsOnlyKeys("reader");
    }

    @Test
    void whereElseItListensChangesNothingElse() {
        var settings = ApiSettings.from(new Environment(Map.of("GYROSCOPS_CORS_ORIGINS", "*")));

        assertThat(settings.at("0.0.0.0", 80).host()).isEqualTo("0.0.0.0");
        assertThat(settings.at("0.0.0.0", 80).corsOrigins()).containsExactly("*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"example.org", "https://example.org/", "null", "https://*.example.org"})
    void anOriginThatIsNoneIsNamed(String origin) {
        assertThatThrownBy(() -> ApiSettings.from(new Environment(Map.of("GYROSCOPS_CORS_ORIGINS", origin))))
                .hasMessageContaining("CORS origin is \"" + origin + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "60001", "soon"})
    void aWaitThatCannotBeIsNamed(String wait) {
        assertThatThrownBy(() -> ApiSettings.from(new Environment(Map.of("GYROSCOPS_TOKEN_WAIT_MS", wait))))
                .hasMessageContaining("GYROSCOPS_TOKEN_WAIT_MS is \"" + wait + "\"");
    }
}
