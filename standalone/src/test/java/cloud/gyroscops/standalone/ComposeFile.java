package cloud.gyroscops.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.yaml.snakeyaml.Yaml;

/** The project's docker-compose.yml. */
final class ComposeFile {

    private final Map<?, ?> services;

    private ComposeFile(Map<?, ?> services) {
        this.services = services;
    }

    static ComposeFile read() {
        try (var text = Files.newBufferedReader(directory().resolve("docker-compose.yml"))) {
            Map<?, ?> file = new Yaml().load(text);
            return new ComposeFile((Map<?, ?>) file.get("services"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it is: tests run in the directory of their module. */
    static Path directory() {
        return Path.of("").toAbsolutePath().getParent();
    }

    /** What a service finds in its environment. */
    Map<String, String> environment(String service) {
        var environment = new TreeMap<String, String>();
        ((Map<?, ?>) member(service, "environment"))
                .forEach((name, value) -> environment.put(name.toString(), value.toString()));
        return environment;
    }

    String command(String service) {
        return member(service, "command").toString();
    }

    List<String> publishedPorts() {
        return services.values().stream()
                .map(service -> ((Map<?, ?>) service).get("ports"))
                .filter(ports -> ports != null)
                .flatMap(ports -> ((List<?>) ports).stream())
                .map(Object::toString)
                .toList();
    }

    private Object member(String service, String name) {
        return ((Map<?, ?>) services.get(service)).get(name);
    }
}
