package cloud.gyroscops.topology.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledStateTest {

    @TempDir
    private Path directory;

    @Test
    void tasksOfAKilledProcessGoAndAllElseStays() throws IOException {
        var task = file("app/1_0/rocksdb/payments-state/000004.log");
        var global = file("app/global/rocksdb/directory/000004.log");
        var process = file("app/kafka-streams-process-metadata");

        new KilledState(directory, "app").discard();

        assertThat(task).doesNotExist();
        assertThat(directory.resolve("app/1_0")).doesNotExist();
        assertThat(global).exists();
        assertThat(process).exists();
    }

    @Test
    void whatAProcessLeftThatStoppedCleanlyStaysOnce() throws IOException {
        var stopped = new KilledState(directory, "app");
        stopped.discard();
        var task = file("app/1_0/rocksdb/payments-state/000004.log");
        stopped.stoppedCleanly();

        new KilledState(directory, "app").discard();
        assertThat(task).exists();
        new KilledState(directory, "app").discard();

        assertThat(task).doesNotExist();
    }

    @Test
    void whoNeverCameToUseThemDoesNotSayThatTheyAreGood() throws IOException {
        var task = file("app/1_0/rocksdb/payments-state/000004.log");
        new KilledState(directory, "app").stoppedCleanly();

        new KilledState(directory, "app").discard();

        assertThat(task).doesNotExist();
    }

    @Test
    void withoutAnyStateThereIsNothingToDo() {
        var killed = new KilledState(directory.resolve("missing"), "app");

        killed.discard();
        killed.stoppedCleanly();

        assertThat(directory.resolve("missing")).doesNotExist();
    }

    @Test
    void whatIsRemovedIsGoneAndNothingElse() throws IOException {
        file("app-1/1_0/rocksdb/payments-view/000004.log");
        var other = file("app-10/1_0/rocksdb/payments-view/000004.log");
        var stopped = new KilledState(directory, "app-1");
        stopped.discard();
        stopped.stoppedCleanly();

        stopped.remove();

        assertThat(directory).isDirectoryNotContaining("glob:**app-1*.stopped");
        assertThat(directory.resolve("app-1")).doesNotExist();
        assertThat(other).exists();
    }

    private Path file(String name) throws IOException {
        var file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.createFile(file);
    }
}
