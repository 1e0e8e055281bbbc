package cloud.gyroscops.benchmarks.process;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A process that is started, killed and started again in the same way. */
public final class Child implements AutoCloseable {

    /** Small, so that many of them fit on a machine. */
    private static final List<String> USUAL_MACHINE = List.of("-Xms128m", "-Xmx320m", "-XX:+UseSerialGC");

    /** Machines that live for seconds only spend them on compiling otherwise. */
    private static final String SHORT_LIVED = "-XX:TieredStopAtLevel=1";

    private final Class<?> main;
    private final List<String> machine;
    private final List<String> arguments;
    private final Map<String, String> environment;
    private final Path log;
    private Process process;
    private boolean closed;

    /**
     * Not started yet.
     *
     * @param environment its variables that begin with GYROSCOPS_ or KAFKA_: it inherits none of them
     * @param log what it prints is appended to it
     */
    public Child(Class<?> main, List<String> arguments, Map<String, String> environment, Path log) {
        this(main, USUAL_MACHINE, arguments, environment, log);
    }

    /**
     * The same.
     *
     * @param machine options of the Java machine: heap and collector
     */
    public Child(
            Class<?> main, List<String> machine, List<String> arguments, Map<String, String> environment, Path log) {
        this.main = main;
        this.machine = List.copyOf(machine);
        this.arguments = List.copyOf(arguments);
        this.environment = Map.copyOf(environment);
        this.log = log;
        // It must not outlive a benchmark that is interrupted; nor may one be started after this.
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    }

    public synchronized void start() throws IOException {
        if (closed) {
            throw new IllegalStateException("the process of " + log.getFileName() + " is not to run any more");
        }
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(machine(machine, ManagementFactory.getRuntimeMXBean().getInputArguments()));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        var builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("GYROSCOPS_") || name.startsWith("KAFKA_"));
        builder.environment().putAll(environment);
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        process = builder.start();
    }

    /** The options of a machine that is started by another one with options of its own. */
    static List<String> machine(List<String> asked, List<String> own) {
        var machine = new ArrayList<>(asked);
        if (own.contains(SHORT_LIVED)) {
            // Whoever measures nothing, like a test, has short-lived children, too; there may be one collector only.
            machine.removeIf(option -> option.matches("-XX:\\+Use\\w+GC"));
            machine.addAll(List.of(SHORT_LIVED, "-XX:+UseSerialGC"));
        }
        machine.add("-Xshare:auto");
        // The archive of classes that this process runs with, where there is one.
        own.stream()
                .filter(argument -> argument.startsWith("-XX:SharedArchiveFile=") || argument.startsWith("-Xlog:cds"))
                .forEach(machine::add);
        return machine;
    }

    public boolean alive() {
        return process != null && process.isAlive();
    }

    /** As kill -9 does. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** Asks it to stop, and waits until it is gone. */
    public void stop() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }

    /** The running process's id. */
    public long pid() {
        return process.pid();
    }

    /** The file that what it prints is appended to. */
    public Path log() {
        return log;
    }

    /** Processor time used since it was started. */
    public Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Kills it, for good, and waits until it is gone. */
    @Override
    public synchronized void close() {
        closed = true;
        if (process != null) {
            process.destroyForcibly().onExit().join();
        }
    }
}
