package cloud.gyroscops.benchmarks.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class RestoreSettingsTest {

    @ParameterizedTest
    @CsvSource({
        "--payments, -1, --payments is -1; it must be 0 to 100000000",
        "--users, -5, --users is -5; it must be 0 to 100000000",
        "--runs, 0, --runs is 0; it must be 1 to 100",
        "--threads, 65, --threads is 65; it must be 1 to 64",
        "--session-timeout, 10, --session-timeout is 10; it must be 1000 to 300000",
        "--calm, 10, --calm is 10; it must be 1000 to 60000"
    })
    void aBadValueIsNamed(String option, String value, String message) {
        var err = new StringWriter();

        int status = new CommandLine(new RestoreBenchmark())
                .setErr(new PrintWriter(err))
                .execute(option, value);

        assertThat(status).isEqualTo(2);
        assertThat(err.toString()).startsWith(message);
    }

    @Test
    void theSessionTimeoutIsTheTopologysUnlessTheEnvironmentSetsIt() {
        assertThat(settings(Map.of()).sessionTimeoutMs()).isEqualTo(6_000);
        assertThat(settings(Map.of("GYROSCOPS_SESSION_TIMEOUT_MS", "2000")).sessionTimeoutMs())
                .isEqualTo(2_000);
    }

    private static RestoreSettings settings(Map<String, String> environment) {
        return new RestoreSettings(0, 0, 1, false, 2, 6, 20, 5_000, environment);
    }
}
