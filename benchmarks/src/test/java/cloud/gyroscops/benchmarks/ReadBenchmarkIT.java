package cloud.gyroscops.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.benchmarks.read.ReadBenchmark;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** That it runs, that nothing fails, and that it says what it should; not how fast. */
final class ReadBenchmarkIT {

    @Test
    void endsWithOneLineOfJsonAboutBuildsAndEveryRoute() throws Exception {
        var out = new StringWriter();
        int status = new CommandLine(new ReadBenchmark())
                .setOut(new PrintWriter(out, true))
                .execute(
                        "--payments=400",
                        "--users=80",
                        "--organizations=10",
                        "--partitions=2",
                        "--threads=1",
                        "--rounds=1",
                        "--seconds=0.1",
                        "--warm-up=0",
                        "--connections=4",
                        "--heap=256");

        assertThat(status).isZero();
        var lines = out.toString().lines().toList();
        var json = new ObjectMapper().readTree(lines.get(lines.size() - 1));
        assertThat(json.get("events").asLong()).isGreaterThan(800);
        assertThat(json.get("views").get("recordsPerEvent").asDouble()).isGreaterThan(5);
        assertThat(json.get("skeleton").get("recordsPerEvent").asDouble()).isGreaterThan(5);
        assertThat(json.get("restore").get("allSeconds").asDouble()).isPositive();
        assertThat(json.get("memoryAfterReads").get("heapMiB").asLong()).isPositive();
        assertThat(json.get("routes").findValues("repeated").stream()
                        .mapToInt(JsonNode::asInt)
                        .sum())
                .as("a stall may cost a round")
                .isLessThan(3);
        assertThat(json.get("routes")).hasSize(14).allSatisfy(route -> {
            assertThat(route.get("failed").asLong()).isZero();
            assertThat(route.get("bytes").asLong()).isPositive();
            assertThat(route.get("perSecond").asDouble()).isPositive();
            assertThat(route.get("ms").get("count").asLong()).isPositive();
        });
    }
}
