package cloud.gyroscops.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComposeConfigIT {

    private static final long PATIENCE_S = 60;

    @TempDir
    private Path directory;

    @Test
    void dockerComposeTakesTheFile() throws Exception {
        var output = directory.resolve("output");
        var process = start(output);
        assertThat(process.waitFor(PATIENCE_S, TimeUnit.SECONDS)).isTrue();

        var said = Files.readString(output, StandardCharsets.UTF_8);
        assertThat(process.exitValue()).as(said).isZero();
        assertThat(said).contains("command-topology:", "query-api:", "keycloak:", "schema-registry:", "kafka:");
    }

    private static Process start(Path output) {
        try {
            return new ProcessBuilder("docker-compose", "config")
                    .directory(ComposeFile.directory().toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
        } catch (IOException e) {
            return fail("docker-compose cannot be run; install it (./gyroscops test does)", e);
        }
    }
}
