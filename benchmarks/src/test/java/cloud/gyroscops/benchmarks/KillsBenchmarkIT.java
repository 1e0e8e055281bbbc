package cloud.gyroscops.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.benchmarks.kills.KillsBenchmark;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Whatever dies under mixed load, every command is answered once and the checker is content; not how soon. */
final class KillsBenchmarkIT {

    @Test
    void theOnlyInstanceIsKilled() throws Exception {
        var json = run("--instances", "1", "--kills", "2");

        assertThat(json.get("kills").intValue()).isEqualTo(2);
        assertThat(json.get("hitWorking").intValue()).isEqualTo(2);
    }

    private static JsonNode run(String... arguments) throws Exception {
        var all = Stream.concat(Stream.of("--rate", "50", "--pause", "300"), Stream.of(arguments))
                .toArray(String[]::new);
        var out = new StringWriter();
        int status = new CommandLine(new KillsBenchmark())
                .setOut(new PrintWriter(out, true))
                .execute(all);

        assertThat(status).as(out.toString()).isZero();
        var lines = out.toString().lines().toList();
        var json = new ObjectMapper().readTree(lines.get(lines.size() - 1));
        assertThat(json.get("fine").booleanValue()).isTrue();
        assertThat(json.get("answered").longValue())
                .isEqualTo(json.get("commands").longValue());
        return json;
    }
}
