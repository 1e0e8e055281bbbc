package cloud.gyroscops.topology.command;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.gyroscops.schemas.settings.Environment;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BadCommandSettingsTest {

    @ParameterizedTest
    @CsvSource({
        "GYROSCOPS_PAYMENT_TIME_TO_LIVE, PT0S",
        "GYROSCOPS_PAYMENT_TIME_TO_LIVE, a day",
        "GYROSCOPS_RECENT_COMMANDS, 0",
        "GYROSCOPS_RECENT_COMMANDS, 10001",
        "GYROSCOPS_TIMEOUT_SCAN, -PT1S",
        "GYROSCOPS_USER_REMEMBERED, PT0S"
    })
    void aBadVariableIsNamed(String variable, String value) {
        var environment = new Environment(Map.of(variable, value));

        assertThatThrownBy(() -> CommandSettings.from(environment))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(variable + " is \"" + value + "\"");
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S, 64, PT1S, payment time to live is PT0S",
        "-PT1S, 64, PT1S, payment time to live is PT-1S",
        "P1D, 0, PT1S, recent commands is 0",
        "P1D, 10001, PT1S, recent commands is 10001",
        "P1D, 64, PT0S, timeout scan is PT0S"
    })
    void aBadValueIsNamed(Duration timeToLive, int recent, Duration scan, String message) {
        assertThatThrownBy(() -> new CommandSettings(timeToLive, recent, scan, scan))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
