package cloud.gyroscops.benchmarks.kills;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A process that is started, killed and started again in the same way. */
final class Child implements AutoCloseable {

    private final Class<?> main;
    private final List<String> arguments;
    private final Map<String, String> environment;
    private final Path log;
    private Process process;

    Child(Class<?> main, List<String> arguments, Map<String, String> environment, Path log) {
        this.main = main;
        this.arguments = List.copyOf(arguments);
        this.environment = Map.copyOf(environment);
        this.log = log;
        // Whoever is interrupted leaves no process.
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    }

    void start() throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xms128m", "-Xmx320m", "-XX:+UseSerialGC", "-Xshare:auto"));
        // The archive of classes that this process runs with, where there is one.
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("-XX:SharedArchiveFile=") || argument.startsWith("-Xlog:cds"))
                .forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        var builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("GYROSCOPS_") || name.startsWith("KAFKA_"));
        builder.environment().putAll(environment);
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        process = builder.start();
    }

    boolean alive() {
        return process != null && process.isAlive();
    }

    /** As kill -9 does. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroyForcibly();
        }
    }
}
