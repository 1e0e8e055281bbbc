package cloud.gyroscops.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpTest {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"--http-port", "--kafka-port", "--registry-port"})
    void aTakenPortGetsOneLineThatNamesIt(String option) throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            var run = Run.of(
                    "up",
                    "--data-dir=" + directory,
                    "--http-port=" + port("--http-port", option, taken),
                    "--kafka-port=" + port("--kafka-port", option, taken),
                    "--registry-port=" + port("--registry-port", option, taken));

            assertThat(run.status()).isEqualTo(1);
            assertThat(run.err().lines())
                    .singleElement()
                    .asString()
                    .startsWith("port " + taken.getLocalPort() + " on 127.0.0.1 cannot be used")
                    .endsWith("give another with " + option);
        }
    }

    @Test
    void aDataDirectoryInUseGetsOneLineThatNamesIt() throws IOException {
        try (var channel = FileChannel.open(
                        directory.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var lock = channel.lock()) {
            assertThat(lock.isValid()).isTrue();

            var run = Run.of("up", "--data-dir=" + directory, "--http-port=0", "--kafka-port=0", "--registry-port=0");

            assertThat(run.status()).isEqualTo(1);
            assertThat(run.err().lines())
                    .singleElement()
                    .asString()
                    .isEqualTo(directory + " is in use by another gyroscops; stop it, or give another --data-dir");
        }
    }

    @Test
    void aDataDirectoryThatIsAFileGetsOneLine() throws IOException {
        var file = Files.writeString(directory.resolve("file"), "");

        assertThat(refusal(file))
                .isEqualTo(file + " cannot hold data (there is a file of that name); give as --data-dir a directory"
                        + " that can be written");
        assertThat(refusal(file.resolve("below"))).startsWith(file.resolve("below") + " cannot hold data (");
    }

    @Test
    void aDataDirectoryWhoseLockCannotBeWrittenGetsOneLine() throws IOException {
        Files.createDirectories(directory.resolve(".lock"));

        assertThat(refusal(directory)).startsWith(directory + " cannot hold data (");
    }

    @Test
    void aDataDirectoryInWhichKafkaCannotWriteGetsOneLine() throws IOException {
        var file = Files.writeString(directory.resolve("kafka"), "");

        assertThat(refusal(directory)).startsWith("cannot start: the data directory " + file + " cannot be made");
    }

    private static String refusal(Path data) {
        var run = Run.of("up", "--data-dir=" + data, "--http-port=0", "--kafka-port=0", "--registry-port=0");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err().lines()).hasSize(1);
        return run.err().strip();
    }

    private static int port(String option, String taken, ServerSocket socket) {
        return option.equals(taken) ? socket.getLocalPort() : 0;
    }
}
