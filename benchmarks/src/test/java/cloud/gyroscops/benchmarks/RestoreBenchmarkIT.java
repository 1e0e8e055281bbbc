package cloud.gyroscops.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.benchmarks.restore.RestoreBenchmark;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** That it runs and says what it should; not how fast. */
final class RestoreBenchmarkIT {

    @Test
    void endsWithOneLineOfJsonAboutEveryScenario() throws Exception {
        var out = new StringWriter();
        int status = new CommandLine(new RestoreBenchmark())
                .setOut(new PrintWriter(out, true))
                .execute(
                        "--payments=200",
                        "--users=20",
                        "--runs=1",
                        "--partitions=2",
                        "--threads=1",
                        "--session-timeout=2000",
                        "--calm=1000");

        assertThat(status).isZero();
        var lines = out.toString().lines().toList();
        var json = new ObjectMapper().readTree(lines.get(lines.size() - 1));
        assertThat(json.get("scenarios").fieldNames())
                .toIterable()
                .containsExactly(
                        "stopped",
                        "killed",
                        "stoppedStateLost",
                        "killedStateLost",
                        "stoppedWithStandby",
                        "killedWithStandby");
        assertThat(json.get("scenarios"))
                .allSatisfy(scenario ->
                        assertThat(scenario.get("firstSeconds").doubleValue()).isPositive());
    }
}
