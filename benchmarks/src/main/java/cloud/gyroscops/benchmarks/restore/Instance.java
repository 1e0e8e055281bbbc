package cloud.gyroscops.benchmarks.restore;

import cloud.gyroscops.benchmarks.process.Child;
import cloud.gyroscops.benchmarks.process.Directories;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A command topology in a process of its own, with a state directory of its own. */
final class Instance implements AutoCloseable {

    private final Path state;
    private final Child process;

    Instance(String name, Path directory, Map<String, String> environment) {
        state = directory.resolve(name);
        var variables = new HashMap<>(environment);
        variables.put("GYROSCOPS_STATE_DIR", state.toString());
        variables.put("GYROSCOPS_HEALTH_PORT", "0");
        // Static members need a name each.
        variables.computeIfPresent("GYROSCOPS_INSTANCE_ID", (variable, value) -> value + "-" + name);
        process =
                new Child(cloud.gyroscops.topology.Main.class, List.of(), variables, directory.resolve(name + ".log"));
    }

    void start() throws IOException {
        process.start();
    }

    /** Returns once it is gone. */
    void end(boolean killed) throws InterruptedException {
        if (killed) {
            process.kill();
        } else {
            process.stop();
        }
    }

    void loseState() throws IOException {
        Directories.delete(state);
    }

    Child process() {
        return process;
    }

    @Override
    public void close() {
        process.close();
    }
}
