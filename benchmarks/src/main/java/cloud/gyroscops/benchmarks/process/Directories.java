package cloud.gyroscops.benchmarks.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** Directories that processes leave behind. */
public final class Directories {

    private Directories() {}

    /** Deletes one with all that is in it; what somebody else deletes meanwhile is as good. */
    public static void delete(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
