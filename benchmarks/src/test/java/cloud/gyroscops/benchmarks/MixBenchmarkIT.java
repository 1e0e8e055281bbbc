package cloud.gyroscops.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.benchmarks.write.WriteBenchmark;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** That it runs and says what it should; not how fast. */
final class MixBenchmarkIT {

    @Test
    void endsWithOneLineOfJsonAboutEveryKind() throws Exception {
        var out = new StringWriter();
        int status = new CommandLine(new WriteBenchmark())
                .setOut(new PrintWriter(out, true))
                .execute(
                        "--mix",
                        "--commands=100",
                        "--rounds=1",
                        "--without-warm-up",
                        "--rate=100",
                        "--seconds=1",
                        "--partitions=2",
                        "--threads=1");

        assertThat(status).isZero();
        var lines = out.toString().lines().toList();
        var json = new ObjectMapper().readTree(lines.get(lines.size() - 1));
        assertThat(json.get("kinds").fieldNames())
                .toIterable()
                .containsExactly("plain", "remembered", "unseen", "user", "organization");
        assertThat(json.get("kinds"))
                .allSatisfy(kind -> assertThat(kind.get("measured").intValue()).isEqualTo(20))
                .allSatisfy(kind ->
                        assertThat(kind.get("commandsPerSecond").intValue()).isPositive());
        assertThat(json.get("aims")).hasSize(6);
    }
}
