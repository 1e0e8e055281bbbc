package cloud.gyroscops.benchmarks.write;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class MixSettingsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--mix --commands 0 | --commands is 0; it must be 1 to 10000000",
                "--mix --rounds -1 | --rounds is -1; it must be 1 to 100",
                "--mix --rate 0 | --rate is 0; it must be 1 to 100000",
                "--mix --seconds 3601 | --seconds is 3601; it must be 1 to 3600",
                "--mix --only plain,plain | --only is [plain, plain]; it must name kinds, each once",
                "--only plain | --only goes with --mix"
            })
    void aBadValueIsNamed(String arguments, String message) {
        var err = new StringWriter();

        int status = new CommandLine(new WriteBenchmark())
                .setErr(new PrintWriter(err))
                .execute(arguments.split(" "));

        assertThat(status).isEqualTo(2);
        assertThat(err.toString()).startsWith(message);
    }

    @Test
    void anUnknownKindIsNamedWithThoseThatThereAre() {
        var err = new StringWriter();

        int status = new CommandLine(new WriteBenchmark())
                .setErr(new PrintWriter(err))
                .execute("--mix", "--only", "nobody");

        assertThat(status).isEqualTo(2);
        assertThat(err.toString()).contains("nobody").contains("organization");
    }
}
