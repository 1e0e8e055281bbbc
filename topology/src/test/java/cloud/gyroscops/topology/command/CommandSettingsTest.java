package cloud.gyroscops.topology.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.gyroscops.schemas.settings.Environment;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CommandSettingsTest {

    @Test
    void whatIsNotSetHasItsDefault() {
        assertThat(CommandSettings.from(new Environment(Map.of()))).isEqualTo(CommandSettings.DEFAULT);
    }

    @Test
    void everySettingComesFromItsVariable() {
        var environment = new Environment(Map.of(
                "GYROSCOPS_PAYMENT_TIME_TO_LIVE", "PT2H",
                "GYROSCOPS_RECENT_COMMANDS", "5",
                "GYROSCOPS_TIMEOUT_SCAN", "PT3S",
                "GYROSCOPS_USER_REMEMBERED", "PT4S"));

        assertThat(CommandSettings.from(environment))
                .isEqualTo(new CommandSettings(Duration.ofHours(2), 5, Duration.ofSeconds(3), Duration.ofSeconds(4)));
    }

    @Test
    void aValueThatIsNotAllowedIsNamed() {
        var second = Duration.ofSeconds(1);

        assertThatThrownBy(() -> new CommandSettings(Duration.ZERO, 1, second, second))
                .hasMessageContaining("time to live");
        assertThatThrownBy(() -> new CommandSettings(second, 0, second, second))
                .hasMessageContaining("recent commands is 0");
        assertThatThrownBy(() -> new CommandSettings(second, 1_001, second, second))
                .hasMessageContaining("recent commands is 1001");
        assertThatThrownBy(() -> new CommandSettings(second, 1, second.negated(), second))
                .hasMessageContaining("timeout scan");
        assertThatThrownBy(() -> new CommandSettings(second, 1, second, Duration.ZERO))
                .hasMessageContaining("user remembered is PT0S");
    }
}
