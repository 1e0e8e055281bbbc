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
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs src/test/js in target/js, where npm puts what the program needs. */
final class JavaScriptClient {
    private static final Path SOURCES = Path.of("src/test/js");
    private static final Path DIRECTORY = Path.of("target/js");

    private JavaScriptClient() {}

    /** A command goes from JavaScript to Java, an event from Java to JavaScript. */
    static void assertUnderstands(URI url) throws Exception {
        install();
        SchemaRegistry registry = new ConfluentSchemaRegistry(RegistrySettings.of(url));
        registry.register("users.commands-value", UserCommand.getClassSchema());

        String command =
                run(Examples.COMMAND_JSON, "node", "client.js", url.toString(), "encode", "users.commands-value");
        assertThat(new AvroSerde<>(registry, UserCommand.class)
                        .deserializer()
                        .deserialize("users.commands", HexFormat.of().parseHex(command)))
                .isEqualTo(Examples.command());

        byte[] event =
                new AvroSerde<>(registry, UserEvent.class).serializer().serialize("users.events", Examples.event());
        String decoded = run(HexFormat.of().formatHex(event), "node", "client.js", url.toString(), "decode");
        ObjectMapper json = new ObjectMapper();
        assertThat(json.readTree(decoded)).isEqualTo(json.readTree(Examples.EVENT_JSON));
    }

    private static void install() throws Exception {
        Files.createDirectories(DIRECTORY);
        boolean installed = Files.isDirectory(DIRECTORY.resolve("node_modules"))
                && Files.mismatch(SOURCES.resolve("package-lock.json"), DIRECTORY.resolve("package-lock.json")) == -1;
        for (String file : List.of("package.json", "package-lock.json", "client.js")) {
            Files.copy(SOURCES.resolve(file), DIRECTORY.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        if (!installed) {
            run("", "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
        }
    }

    private static String run(String input, String... command) throws IOException, InterruptedException {
        Path in = Files.createTempFile(DIRECTORY, "in", ".txt");
        Path out = Files.createTempFile(DIRECTORY, "out", ".txt");
        Files.writeString(in, input);
        Process process = new ProcessBuilder(new ArrayList<>(List.of(command)))
                .directory(DIRECTORY.toFile())
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS))
                    .as("%s ended in time", List.of(command))
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).as("exit value of %s", List.of(command)).isZero();
        return Files.readString(out).strip();
    }
}
