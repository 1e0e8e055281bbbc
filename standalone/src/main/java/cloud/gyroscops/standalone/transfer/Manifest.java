package cloud.gyroscops.standalone.transfer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Says that an export came to its end: {@code export.txt} beside the files, a line each, with its name and its bytes. A
 * file that lacks its last events looks as whole as any.
 */
final class Manifest {

    private final Path directory;
    private final Path path;

    /** Of a directory. */
    Manifest(Path directory) {
        this.directory = directory;
        this.path = directory.resolve("export.txt");
    }

    /** The files are about to change. */
    void remove() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(path + " cannot be deleted", e);
        }
    }

    /** The files are complete. */
    void write(Collection<Path> files) {
        var lines = files.stream().map(Manifest::line).sorted().toList();
        var next = path.resolveSibling(path.getFileName() + ".next");
        try {
            Files.write(next, lines);
            Files.move(next, path, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(path + " cannot be written", e);
        }
    }

    /**
     * Makes sure that the files are as they were written.
     *
     * @throws IllegalStateException if they are not; names the first one
     */
    void check(Collection<Path> files) {
        List<String> lines;
        try {
            lines = new ArrayList<>(Files.readAllLines(path));
        } catch (NoSuchFileException e) {
            throw new IllegalStateException(
                    "there is no " + path + ": name a directory in which gyroscops events export came to its end", e);
        } catch (IOException e) {
            throw new UncheckedIOException(path + " cannot be read", e);
        }
        for (var file : files) {
            if (!lines.remove(line(file))) {
                throw new IllegalStateException(file + " is not as " + path + " says, but has " + size(file)
                        + " bytes; run the export again, it mends it");
            }
        }
        if (!lines.isEmpty()) {
            throw new IllegalStateException(
                    "there is no " + directory.resolve(lines.get(0).split(" ")[0]) + ", which " + path + " names");
        }
    }

    private static String line(Path file) {
        return file.getFileName() + " " + size(file);
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }
}
