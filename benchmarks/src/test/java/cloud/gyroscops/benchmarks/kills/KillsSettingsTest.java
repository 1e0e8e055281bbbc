package cloud.gyroscops.benchmarks.kills;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class KillsSettingsTest {

    @ParameterizedTest
    @CsvSource({
        "--kills, 0, --kills is 0; it must be 1 to 100000",
        "--instances, 3, --instances is 3; it must be 1 to 2",
        "--standbys, 1, --standbys is 1; it must be 0",
        "--brokers, 2, --brokers is 2; it must be 1 or 3",
        "--broker-kills, 1, --broker-kills is 1; it must be 0",
        "--rate, 0, --rate is 0; it must be 1 to 100000",
        "--session-timeout, 10, --session-timeout is 10; it must be 1000 to 300000",
        "--pause, -1, --pause is -1; it must be 0 to 3600000"
    })
    void aBadValueIsNamed(String option, String value, String message) {
        var err = new StringWriter();

        int status = new CommandLine(new KillsBenchmark())
                .setErr(new PrintWriter(err))
                .execute(option, value);

        assertThat(status).isEqualTo(2);
        assertThat(err.toString()).startsWith(message);
    }
}
