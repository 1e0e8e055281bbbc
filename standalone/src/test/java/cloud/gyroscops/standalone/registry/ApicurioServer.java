package cloud.gyroscops.standalone.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** An Apicurio Registry in a process of its own, on a free port; the build unpacks it into target/apicurio. */
final class ApicurioServer implements AutoCloseable {
    private static final Path HOME = Path.of("target/apicurio");
    private static final Pattern LISTENING = Pattern.compile("Listening on: http://127\\.0\\.0\\.1:(\\d+)");

    private final Process process;
    private final Thread atExit;
    private final Path log;

    ApicurioServer(Path directory) throws IOException {
        log = directory.resolve("apicurio.log");
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-Dquarkus.http.host=127.0.0.1",
                        "-Dquarkus.http.port=0",
                        "-jar",
                        jar().toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        // Should the tests be interrupted, nobody else would end it.
        atExit = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(atExit);
        try {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .failFast("Apicurio ended; its log is " + log, () -> !process.isAlive())
                    .until(() -> port().find());
        } catch (RuntimeException e) {
            close();
            throw new IllegalStateException("Apicurio did not start: " + Files.readString(log), e);
        }
    }

    /** Where it speaks Confluent's protocol. */
    URI uri() {
        Matcher port = port();
        assertThat(port.find()).isTrue();
        return URI.create("http://127.0.0.1:" + port.group(1) + "/apis/ccompat/v7");
    }

    private Matcher port() {
        try {
            return LISTENING.matcher(Files.readString(log));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path jar() throws IOException {
        try (Stream<Path> files = Files.list(HOME)) {
            return files.filter(file -> file.toString().endsWith("-runner.jar"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        Awaitility.await().until(() -> !process.isAlive());
        Runtime.getRuntime().removeShutdownHook(atExit);
    }
}
