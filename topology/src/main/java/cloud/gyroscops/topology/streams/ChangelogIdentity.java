package cloud.gyroscops.topology.streams;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.Uuid;

/**
 * Remembers beside the local stores of which topics they are copies. A topic that was made again under the same name has
 * another id: stores and offsets of the former one mean nothing to it.
 */
public final class ChangelogIdentity {

    private final Path file;

    /** For an application's stores in a state directory. */
    public ChangelogIdentity(Path stateDirectory, String applicationId) {
        file = stateDirectory.resolve(applicationId + ".topics");
    }

    /** Whether the local stores are copies of these topics; they are not where nothing was remembered. */
    public boolean is(Map<String, Uuid> topics) {
        try {
            return Files.readAllLines(file).equals(lines(topics));
        } catch (NoSuchFileException nothing) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }

    /** From now on they are copies of these. */
    public void remember(Map<String, Uuid> topics) {
        var next = file.resolveSibling(file.getFileName() + ".next");
        try {
            Files.createDirectories(file.getParent());
            Files.write(next, lines(topics));
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be written", e);
        }
    }

    private static List<String> lines(Map<String, Uuid> topics) {
        return topics.entrySet().stream()
                .map(topic -> topic.getKey() + " " + topic.getValue())
                .sorted()
                .toList();
    }
}
