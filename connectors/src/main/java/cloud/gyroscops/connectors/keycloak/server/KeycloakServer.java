package cloud.gyroscops.connectors.keycloak.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A Keycloak in a process of its own, which listens on this machine only and keeps its data in a file. It ends with the
 * process that started it.
 */
public final class KeycloakServer implements AutoCloseable {

    private static final Duration LONGEST_START = Duration.ofMinutes(3);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(10);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    /** Its launcher's own, but for less memory, and compiled quickly rather than well. */
    private static final List<String> JAVA = List.of(
            "-Xms64m",
            "-Xmx384m",
            "-XX:MaxMetaspaceSize=256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:+ExitOnOutOfMemoryError",
            "-Dfile.encoding=UTF-8",
            "-Duser.language=en",
            "-Duser.country=US",
            "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
            "-Djava.util.concurrent.ForkJoinPool.common.threadFactory="
                    + "io.quarkus.bootstrap.forkjoin.QuarkusForkJoinWorkerThreadFactory",
            "-Dpicocli.disable.closures=true",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
            "--add-opens=java.base/java.security=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED");

    private final KeycloakDistribution distribution;
    private final Settings settings;
    private final int port;
    private final Thread atExit = new Thread(this::kill, "keycloak-stop");
    private volatile Process process;

    /**
     * How it is run.
     *
     * @param data the directory for its data and its log
     * @param port 0: any that is free
     * @param user of its administrator, made at the first start
     * @param password of the administrator
     */
    public record Settings(Path data, int port, String user, String password) {

        /** Never shows the password. */
        @Override
        public String toString() {
            return "Settings[data=" + data + ", port=" + port + ", user=" + user + ", password=***]";
        }
    }

    /** Starts nothing yet. */
    public KeycloakServer(KeycloakDistribution distribution, Settings settings) throws IOException {
        this.distribution = distribution;
        this.settings = settings;
        this.port = settings.port() == 0 ? free() : settings.port();
        Files.createDirectories(settings.data());
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /** Where it is. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** What it says. */
    public Path log() {
        return settings.data().resolve("keycloak.log");
    }

    /**
     * Starts it, again too, and waits until it answers.
     *
     * @throws IOException if it does not; the message names its log
     */
    public synchronized void start() throws IOException, InterruptedException {
        var data = settings.data().toAbsolutePath();
        var arguments = List.of(
                "start",
                "--optimized",
                "--cache=local",
                "--http-enabled=true",
                "--http-host=127.0.0.1",
                "--http-port=" + port,
                "--hostname-strict=false",
                // What it has acknowledged is to be there after a kill: by default half a second of it is not.
                "--db-url=jdbc:h2:file:" + data.resolve("keycloak")
                        + ";NON_KEYWORDS=VALUE;DB_CLOSE_ON_EXIT=FALSE;WRITE_DELAY=0");
        var builder = new ProcessBuilder(command(distribution, List.of("-Djava.io.tmpdir=" + data), arguments))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
        builder.environment().put("KC_BOOTSTRAP_ADMIN_USERNAME", settings.user());
        builder.environment().put("KC_BOOTSTRAP_ADMIN_PASSWORD", settings.password());
        process = builder.start();
        boolean ready = false;
        try {
            await();
            ready = true;
        } finally {
            if (!ready) {
                kill();
            }
        }
    }

    private void await() throws IOException, InterruptedException {
        var http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
        var request = HttpRequest.newBuilder(url().resolve("/realms/master"))
                .timeout(Duration.ofSeconds(10))
                .build();
        long end = System.nanoTime() + LONGEST_START.toNanos();
        while (System.nanoTime() < end) {
            if (!process.isAlive()) {
                throw new IOException("Keycloak ended with " + process.exitValue() + "; it says why in " + log());
            }
            try {
                if (http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
            } catch (IOException notYet) {
                // It does not listen yet.
            }
            process.waitFor(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
        }
        throw new IOException(
                "Keycloak did not answer at " + url() + " within " + LONGEST_START + "; its log is " + log());
    }

    /** Ends it at once, as a power cut would; its data stays. */
    public void kill() {
        var running = process;
        if (running != null) {
            running.destroyForcibly();
            running.onExit().join();
        }
    }

    /** Ends it in order. */
    @Override
    public void close() {
        var running = process;
        if (running != null && running.isAlive()) {
            running.destroy();
            try {
                running.waitFor(LONGEST_STOP.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        kill();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException shuttingDown) {
            // Then it runs, or has run.
        }
    }

    static List<String> command(KeycloakDistribution distribution, List<String> options, List<String> arguments) {
        var home = distribution.home();
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JAVA);
        command.addAll(options);
        command.add("-Dkc.home.dir=" + home);
        command.add("-Djboss.server.config.dir=" + home.resolve("conf"));
        command.add("-cp");
        command.add(home.resolve("lib/quarkus-run.jar").toString());
        command.add("io.quarkus.bootstrap.runner.QuarkusEntryPoint");
        command.addAll(arguments);
        return command;
    }

    private static int free() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
