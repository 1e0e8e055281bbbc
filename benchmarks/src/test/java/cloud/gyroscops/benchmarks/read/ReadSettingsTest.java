package cloud.gyroscops.benchmarks.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class ReadSettingsTest {

    @ParameterizedTest
    @CsvSource({
        "--payments, 5, --payments is 5; it must be 2000 to 100000000",
        "--users, 0, --users is 0; it must be 400 to 100000000",
        "--rounds, 0, --rounds is 0; it must be 1 to 100",
        "--seconds, 0, --seconds is 0.0; it must be 0.05 to 3600.0",
        "--connections, 0, --connections is 0; it must be 1 to 1000",
        "--route, x, '--route is x; it must be one of [user, payment, '",
        "--heap, 5, --heap is 5; it must be 128 to 65536"
    })
    void aBadValueIsNamed(String option, String value, String message) {
        var err = new StringWriter();

        int status = new CommandLine(new ReadBenchmark())
                .setErr(new PrintWriter(err))
                .execute(option, value);

        assertThat(status).isEqualTo(2);
        assertThat(err.toString()).startsWith(message);
    }
}
