package cloud.gyroscops.standalone.registry;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.contract.user.UserCommand;
import cloud.gyroscops.contract.user.UserEvent;
import cloud.gyroscops.schemas.registry.ConfluentSchemaRegistry;
import cloud.gyroscops.schemas.registry.RegistrySettings;
import cloud.gyroscops.schemas.registry.SchemaRegistry;
import cloud.gyroscops.schemas.serde.AvroSerde;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs src/test/js in target/js, where npm puts what the program needs. */
final class JavaScriptClient {
    private static final Path SOURCES = Path.of("src/test/js");
    private static final Path DIRECTORY = Path.of("target/js");
    private static final String PACKAGE = "package.json";
    private static final String PACKAGE_LOCK = "package-lock.json";
    private static final String PROGRAM = "client.js";

    /** There once npm has come to its end. */
    private static final Path INSTALLED = DIRECTORY.resolve("node_modules").resolve("installed");

    /** npm downloads. */
    private static final Duration LONGEST_INSTALLATION = Duration.ofMinutes(5);

    private static final Duration LONGEST_RUN = Duration.ofSeconds(60);

    private JavaScriptClient() {}

    /** A command goes from JavaScript to Java, an event from Java to JavaScript. */
    static void assertUnderstands(URI url) throws Exception {
        install();
        SchemaRegistry registry = new ConfluentSchemaRegistry(RegistrySettings.of(url));
        registry.register("users.commands-value", UserCommand.getClassSchema());

        String command = node(Examples.COMMAND_JSON, url.toString(), "encode", "users.commands-value");
        assertThat(new AvroSerde<>(registry, UserCommand.class)
                        .deserializer()
                        .deserialize("users.commands", HexFormat.of().parseHex(command)))
                .isEqualTo(Examples.command());

        byte[] event =
                new AvroSerde<>(registry, UserEvent.class).serializer().serialize("users.events", Examples.event());
        String decoded = node(HexFormat.of().formatHex(event), url.toString(), "decode");
        ObjectMapper json = new ObjectMapper();
        assertThat(json.readTree(decoded)).isEqualTo(json.readTree(Examples.EVENT_JSON));
    }

    /** Once, also for tests in several processes: what is in order may be in use, and is left alone. */
    private static void install() throws Exception {
        Files.createDirectories(DIRECTORY);
        try (FileChannel channel = FileChannel.open(
                        DIRECTORY.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            boolean installed =
                    lock.isValid() && Files.exists(INSTALLED) && isCopied(PACKAGE) && isCopied(PACKAGE_LOCK);
            if (!installed) {
                Files.deleteIfExists(INSTALLED);
                copy(PACKAGE);
                copy(PACKAGE_LOCK);
                run(LONGEST_INSTALLATION, "", "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
                Files.createFile(INSTALLED);
            }
            if (!isCopied(PROGRAM)) {
                copy(PROGRAM);
            }
        }
    }

    private static boolean isCopied(String file) throws IOException {
        Path copy = DIRECTORY.resolve(file);
        return Files.exists(copy) && Files.mismatch(SOURCES.resolve(file), copy) == -1;
    }

    private static void copy(String file) throws IOException {
        Files.copy(SOURCES.resolve(file), DIRECTORY.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }

    private static String node(String input, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("node", PROGRAM));
        command.addAll(List.of(arguments));
        return run(LONGEST_RUN, input, command.toArray(String[]::new));
    }

    private static String run(Duration longest, String input, String... command)
            throws IOException, InterruptedException {
        Path in = Files.createTempFile(DIRECTORY, "in", ".txt");
        Path out = Files.createTempFile(DIRECTORY, "out", ".txt");
        Files.writeString(in, input);
        Process process = new ProcessBuilder(command)
                .directory(DIRECTORY.toFile())
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            assertThat(process.waitFor(longest.toSeconds(), TimeUnit.SECONDS))
                    .as("%s ended in time", List.of(command))
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).as("exit value of %s", List.of(command)).isZero();
        return Files.readString(out).strip();
    }
}
