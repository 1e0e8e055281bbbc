package cloud.gyroscops.connectors.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.gyroscops.connectors.http.HttpSettings;
import cloud.gyroscops.connectors.sidecar.SidecarSettings;
import cloud.gyroscops.schemas.settings.Environment;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WorkerSettingsTest {

    @Test
    void withoutVariablesTheDefaultsHold() {
        var settings = SidecarSettings.from(new Environment(Map.of()));

        assertThat(settings.worker()).isEqualTo(WorkerSettings.DEFAULT);
        assertThat(settings.http()).isEqualTo(new HttpSettings("127.0.0.1", 8083));
        assertThat(settings.reconcileEvery()).isEmpty();
    }

    @Test
    void variablesAreRead() {
        var settings = SidecarSettings.from(new Environment(Map.of(
                "MIRROR_ATTEMPTS", "5",
                "MIRROR_PATIENCE", "PT2H",
                "MIRROR_HTTP_PORT", "9000",
                "MIRROR_RECONCILE_EVERY", "PT6H")));

        assertThat(settings.worker().attempts()).isEqualTo(5);
        assertThat(settings.worker().patience()).isEqualTo(Duration.ofHours(2));
        assertThat(settings.http().port()).isEqualTo(9000);
        assertThat(settings.reconcileEvery()).contains(Duration.ofHours(6));
    }

    @ParameterizedTest
    @CsvSource({
        "MIRROR_CALLS, 0",
        "MIRROR_LANES, 257",
        "MIRROR_ATTEMPTS, none",
        "MIRROR_PATIENCE, 5 s",
        "MIRROR_HTTP_PORT, 70000",
        "MIRROR_RECONCILE_EVERY, daily"
    })
    void aBadValueIsNamed(String variable, String value) {
        assertThatThrownBy(() -> SidecarSettings.from(new Environment(Map.of(variable, value))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(variable)
                .hasMessageContaining(value);
    }

    @Test
    void theLongestPauseIsNoShorterThanTheFirst() {
        assertThatThrownBy(() -> new WorkerSettings(
                        1, 1, 10, 1, Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .hasMessageContaining("longest pause is PT1S");
        assertThatThrownBy(() -> new WorkerSettings(
                        1, 1, 9, 1, Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1)))
                .hasMessageContaining("places in memory is 9");
    }
}
