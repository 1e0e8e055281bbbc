package cloud.gyroscops.standalone.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One of our processes, started as in production: a Main, and settings from the environment. */
public final class ChildProcess implements AutoCloseable {

    private static final int LAST_LINES = 50;

    private final Process process;
    private final Class<?> main;
    private final Path log;

    private ChildProcess(Process process, Class<?> main, Path log) {
        this.process = process;
        this.main = main;
        this.log = log;
    }

    public static ChildProcess start(Class<?> main, Map<String, String> environment, Path log) throws IOException {
        var builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                // Its life is short, and others use the machine, too.
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName());
        builder.environment().keySet().removeIf(name -> name.startsWith("GYROSCOPS_") || name.startsWith("KAFKA_"));
        builder.environment().putAll(environment);
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        return new ChildProcess(builder.start(), main, log);
    }

    /** Fails if it has ended, with what it wrote last: whoever waits for it waits in vain. */
    public void assertRuns() throws IOException {
        if (!process.isAlive()) {
            var lines = Files.readAllLines(log);
            throw new AssertionError(main.getName() + " ended with " + process.exitValue() + ":\n"
                    + String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size())));
        }
    }

    /** As kill -9 does. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** As Ctrl-C and kill do; whether it ended in time. */
    public boolean stop(Duration within) throws InterruptedException {
        process.destroy();
        return process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Kills it; what it writes is written then. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
