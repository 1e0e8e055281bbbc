package cloud.gyroscops.topology.streams;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stores that a killed process leaves. Exactly-once stores hold what was never committed, too, and Kafka Streams tells
 * them by the missing checkpoints, which only a process that stops cleanly writes. It opens all of them at the start and
 * again for every task before it wipes them, half of the time until work goes on. To wipe them at once costs nothing.
 */
final class KilledState {

    private static final Logger LOG = LoggerFactory.getLogger(KilledState.class);
    private static final Pattern TASK = Pattern.compile("\\d+_\\d+");
    private static final String CHECKPOINT = ".checkpoint";

    private KilledState() {}

    /**
     * Removes the directories of all tasks without a checkpoint. To be called once the application's state directory is
     * locked, before the application starts.
     *
     * @param applicationDirectory where the tasks' directories are; it may be missing
     */
    static void discard(Path applicationDirectory) {
        try {
            for (var task : children(applicationDirectory)) {
                if (TASK.matcher(task.getFileName().toString()).matches() && !checkpointed(task)) {
                    delete(task);
                }
            }
        } catch (IOException e) {
            LOG.warn("State of a killed process stays in {}; Kafka Streams will find it", applicationDirectory, e);
        }
    }

    private static boolean checkpointed(Path task) throws IOException {
        return children(task).stream()
                .anyMatch(file -> file.getFileName().toString().startsWith(CHECKPOINT));
    }

    private static List<Path> children(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (var files = Files.list(directory)) {
            return files.toList();
        }
    }

    private static void delete(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
