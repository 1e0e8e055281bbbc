package cloud.gyroscops.standalone.erasure;

import cloud.gyroscops.topology.erasure.PersonalValues;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The segments of a broker's logs, as bytes on its disk. */
final class LogFiles {

    private final Path directory;

    LogFiles(Path directory) {
        this.directory = directory;
    }

    /** The files, by topic partition and name, that contain one of the texts. */
    Set<String> containing(List<String> texts) {
        var values = new PersonalValues(texts);
        var found = new TreeSet<String>();
        try (var partitions = Files.newDirectoryStream(directory, Files::isDirectory)) {
            for (var partition : partitions) {
                try (var segments = Files.newDirectoryStream(partition, "*.log*")) {
                    for (var segment : segments) {
                        if (values.in(bytes(segment))) {
                            found.add(directory.relativize(segment).toString());
                        }
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    /** Nothing, if the broker has just removed it. */
    private static byte[] bytes(Path segment) throws IOException {
        try {
            return Files.readAllBytes(segment);
        } catch (NoSuchFileException removed) {
            return new byte[0];
        }
    }
}
