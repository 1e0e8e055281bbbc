package cloud.gyroscops.standalone.cli;

import cloud.gyroscops.standalone.cli.CommandLineInterface.Failure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Where a system keeps everything. */
final class DataDirectory {

    private DataDirectory() {}

    /** Two systems on one directory would destroy it. */
    static FileChannel lock(Path directory) {
        try {
            Files.createDirectories(directory);
            var file = directory.resolve(".lock");
            var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!locked(channel)) {
                channel.close();
                throw new Failure(directory + " is in use by another gyroscops; stop it, or give another --data-dir");
            }
            return channel;
        } catch (IOException e) {
            throw new Failure(directory + " cannot hold data (" + problem(e)
                    + "); give as --data-dir a directory that can be written");
        }
    }

    /** Of these, Java's messages are only paths. */
    private static String problem(IOException e) {
        if (e instanceof FileAlreadyExistsException) {
            return "there is a file of that name";
        }
        return e instanceof AccessDeniedException ? "it must not be written" : e.getMessage();
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException heldByThisProcess) {
            return false;
        }
    }
}
