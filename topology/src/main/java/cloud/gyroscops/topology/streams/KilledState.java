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
 * The stores that a killed process leaves. Exactly-once stores hold what was never committed, too: Kafka Streams opens all
 * of them at the start, and again for every task, before it finds that out and wipes them, half of the time until work goes
 * on. To wipe them at once costs nothing. Who stops cleanly leaves a mark.
 */
final class KilledState {

    private static final Logger LOG = LoggerFactory.getLogger(KilledState.class);
    private static final Pattern TASK = Pattern.compile("\\d+_\\d+");

    private final Path directory;
    private final Path mark;
    private volatile boolean used;

    /** Of an application in a state directory, which may be missing. */
    KilledState(Path stateDirectory, String applicationId) {
        directory = stateDirectory.resolve(applicationId);
        mark = stateDirectory.resolve(applicationId + ".stopped");
    }

    /** To be called once all stores are closed. Who has not come to use them knows nothing of how they are. */
    void stoppedCleanly() {
        try {
            if (used && Files.isDirectory(directory)) {
                Files.write(mark, new byte[0]);
            }
        } catch (IOException e) {
            LOG.warn("{} cannot be written: the stores will be restored at the next start", mark, e);
        }
    }

    /**
     * Removes the tasks' directories if the last process was killed. To be called once the application's state directory is
     * locked, right before the application starts.
     */
    void discard() {
        used = true;
        try {
            if (!Files.deleteIfExists(mark)) {
                for (var task : children(directory)) {
                    if (TASK.matcher(task.getFileName().toString()).matches()) {
                        delete(task);
                    }
                }
            }
        } catch (IOException e) {
            LOG.warn("State of a killed process stays in {}; Kafka Streams will find it", directory, e);
        }
    }

    /** Removes all that the application has here. Nobody may be using it. */
    void remove() throws IOException {
        Files.deleteIfExists(mark);
        if (Files.isDirectory(directory)) {
            delete(directory);
        }
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
