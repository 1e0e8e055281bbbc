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
    void tasksWithoutCheckpointGoAndAllElseStays() throws IOException {
        var killed = file("1_0/rocksdb/payments-state/000004.log");
        var stopped = file("1_1/rocksdb/payments-state/000004.log");
        file("1_1/.checkpoint_payments-state");
        var global = file("global/rocksdb/directory/000004.log");
        var process = file("kafka-streams-process-metadata");

        KilledState.discard(directory);

        assertThat(killed).doesNotExist();
        assertThat(directory.resolve("1_0")).doesNotExist();
        assertThat(stopped).exists();
        assertThat(global).exists();
        assertThat(process).exists();
    }

    @Test
    void withoutAnyStateThereIsNothingToDo() {
        KilledState.discard(directory.resolve("missing"));

        assertThat(directory.resolve("missing")).doesNotExist();
    }

    private Path file(String name) throws IOException {
        var file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.createFile(file);
    }
}
