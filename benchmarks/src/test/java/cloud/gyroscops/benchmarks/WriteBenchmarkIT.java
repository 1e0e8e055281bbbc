package cloud.gyroscops.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.benchmarks.write.WriteBenchmark;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** That it runs and says what it should; not how fast. */
final class WriteBenchmarkIT {

    @Test
    void endsWithOneLineOfJson() throws Exception {
        var out = new StringWriter();
        int status = new CommandLine(new WriteBenchmark())
                .setOut(new PrintWriter(out, true))
                .execute(
                        "--commands=2000",
                        "--rounds=1",
                        "--without-warm-up",
                        "--rate=200",
                        "--seconds=1",
                        "--partitions=2",
                        "--threads=1");

        assertThat(status).isZero();
        var lines = out.toString().lines().toList();
        var json = new ObjectMapper().readTree(lines.get(lines.size() - 1));
        assertThat(json.fieldNames())
                .toIterable()
                .contains("commandsPerSecond", "skeletonPerSecond", "ratio", "p50Ms", "p99Ms", "p999Ms");
        assertThat(json.get("p50Ms").doubleValue()).isPositive();
        assertThat(json.get("ratio").doubleValue()).isPositive();
    }
}
