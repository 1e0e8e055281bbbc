package cloud.gyroscops.standalone.cli;

import cloud.gyroscops.connectors.keycloak.KeycloakSettings;
import cloud.gyroscops.connectors.sidecar.SidecarSettings;
import cloud.gyroscops.connectors.stripe.StripeSettings;
import cloud.gyroscops.query.ApiSettings;
import cloud.gyroscops.query.peer.PeerSettings;
import cloud.gyroscops.schemas.registry.RegistrySettings;
import cloud.gyroscops.schemas.registry.SchemaRegistryException;
import cloud.gyroscops.schemas.settings.Environment;
import cloud.gyroscops.schemas.settings.KafkaSettings;
import cloud.gyroscops.schemas.topic.TopicSettings;
import cloud.gyroscops.standalone.cli.CommandLineInterface.Failure;
import cloud.gyroscops.standalone.system.GyroscopsSystem;
import cloud.gyroscops.standalone.system.MirrorSettings;
import cloud.gyroscops.standalone.system.Mirrors;
import cloud.gyroscops.standalone.system.SystemSettings;
import cloud.gyroscops.standalone.town.Town;
import cloud.gyroscops.topology.command.CommandSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gyroscops up}: starts everything in one JVM, and runs until it is interrupted. */
@Command(
        name = "up",
        description = "Starts everything in one process: Kafka, schema registry, command topology, views, HTTP, and the"
                + " sidecar with a simulator of Stripe.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class Up implements Callable<Integer> {

    private static final Duration READY_WITHIN = Duration.ofSeconds(120);
    private static final Duration STOPPED_WITHIN = Duration.ofSeconds(45);

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            defaultValue = "data",
            description = "Where everything is kept over restarts (default: ${DEFAULT-VALUE}).")
    private Path dataDirectory;

    @Option(
            names = "--http-port",
            paramLabel = "PORT",
            defaultValue = "${env:GYROSCOPS_HTTP_PORT:-8080}",
            description = "HTTP (default: ${DEFAULT-VALUE}; 0: any).")
    private int httpPort;

    @Option(
            names = "--http-host",
            paramLabel = "HOST",
            defaultValue = "${env:GYROSCOPS_HTTP_HOST:-127.0.0.1}",
            description = "The address that HTTP listens on (default: ${DEFAULT-VALUE}).")
    private String httpHost;

    @Option(
            names = "--kafka-port",
            paramLabel = "PORT",
            defaultValue = "9092",
            description = "The embedded broker (default: ${DEFAULT-VALUE}; 0: any).")
    private int kafkaPort;

    @Option(
            names = "--registry-port",
            paramLabel = "PORT",
            defaultValue = "8081",
            description = "The embedded schema registry (default: ${DEFAULT-VALUE}; 0: any).")
    private int registryPort;

    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT",
            description =
                    "An existing Kafka cluster, instead of the embedded broker; KAFKA_* variables are passed to its"
                            + " clients.")
    private String bootstrapServers;

    @Option(
            names = "--schema-registry",
            paramLabel = "URL",
            description = "An existing schema registry, instead of the embedded one.")
    private String registryUrl;

    @Option(
            names = "--partitions",
            paramLabel = "N",
            defaultValue = "${env:GYROSCOPS_PARTITIONS:-6}",
            description = "Of every topic; fixed once topics exist (default: ${DEFAULT-VALUE}).")
    private int partitions;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "${env:GYROSCOPS_THREADS:-2}",
            description = "Of each topology (default: ${DEFAULT-VALUE}).")
    private int threads;

    @Option(
            names = "--mirrors-port",
            paramLabel = "PORT",
            description = "The sidecar's HTTP (default: 8083, or any that is free if that of --http-port is; 0: any).")
    private Integer mirrorsPort;

    @Option(
            names = "--keycloak",
            description = "Starts a Keycloak to mirror users to; the first time, it is fetched by Maven (177 MB).")
    private boolean ownKeycloak;

    @Option(names = "--demo", description = "Loads a town of 20 organizations, 2,000 users and 20,000 payments.")
    private boolean demo;

    @Option(names = "--until-ready", description = "Stops as soon as it is ready: shows that it starts.")
    private boolean untilReady;

    @Override
    public Integer call() throws Exception {
        long began = System.nanoTime();
        var out = spec.commandLine().getOut();
        var settings = settings();
        checkPorts(settings);
        var lock = DataDirectory.lock(dataDirectory);
        try {
            out.println("Starting (data in " + dataDirectory.toAbsolutePath().normalize() + ") …");
            out.flush();
            run(settings, out, began);
        } finally {
            lock.close();
        }
        return 0;
    }

    private void run(SystemSettings settings, PrintWriter out, long began) throws Exception {
        var stop = new CountDownLatch(1);
        var stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            stop.countDown();
                            awaitStopped(stopped);
                        },
                        "stop"));
        var failed = new AtomicBoolean();
        try (var system = start(settings, () -> {
            failed.set(true);
            stop.countDown();
        })) {
            awaitReady(system.http(), stop);
            if (stop.getCount() > 0) {
                out.printf("Ready after %.1f s.%n%n", (System.nanoTime() - began) / 1e9);
                out.println("  HTTP             " + system.http() + "   (try /health/ready, /metrics)");
                out.println("  Kafka            " + system.bootstrapServers());
                out.println("  Schema registry  " + system.registryUrl());
                system.mirrors().ifPresent(mirrors -> print(mirrors, out));
                out.println();
                out.println("Ctrl-C stops it.");
                out.flush();
                if (demo) {
                    new Demo(Town.DEMO, out, spec.commandLine().getErr())
                            .load(system.http(), () -> stop.getCount() == 0);
                }
                if (!untilReady) {
                    stop.await();
                }
            }
            out.println("Stopping …");
            out.flush();
            if (failed.get()) {
                throw new Failure("a part of the system gave up; the log above says why");
            }
        } finally {
            stopped.countDown();
        }
    }

    private static void print(Mirrors mirrors, PrintWriter out) {
        out.println("  Mirrors          " + mirrors.http() + "   (try /mirrors)");
        mirrors.simulator().ifPresent(simulator -> out.println("  Stripe simulator " + simulator.url()));
        mirrors.keycloak().ifPresent(keycloak -> out.println("  Keycloak         " + keycloak));
    }

    private static GyroscopsSystem start(SystemSettings settings, Runnable onFailure) {
        try {
            return GyroscopsSystem.start(settings, onFailure);
        } catch (IllegalArgumentException
                | IllegalStateException
                | UncheckedIOException
                | SchemaRegistryException
                | KafkaException e) {
            throw new Failure("cannot start: " + e.getMessage());
        }
    }

    private SystemSettings settings() {
        try {
            var environment = new Environment(System.getenv());
            var topics = TopicSettings.from(environment);
            return new SystemSettings(
                    dataDirectory,
                    kafkaPort,
                    bootstrapServers == null
                            ? null
                            : KafkaSettings.from(with(environment, "KAFKA_BOOTSTRAP_SERVERS", bootstrapServers)),
                    registryPort,
                    registryUrl == null
                            ? null
                            : RegistrySettings.from(with(environment, "SCHEMA_REGISTRY_URL", registryUrl)),
                    ApiSettings.from(environment).at(httpHost, httpPort),
                    new TopicSettings(
                            topics.prefix(),
                            partitions,
                            topics.replicationFactor(),
                            topics.minInSyncReplicas(),
                            topics.retention(),
                            topics.compactionLag()),
                    CommandSettings.from(environment),
                    threads,
                    environment.integer("GYROSCOPS_COMMIT_INTERVAL_MS", 20, 1, 60_000),
                    PeerSettings.from(environment),
                    Optional.of(mirrors(environment)));
        } catch (IllegalArgumentException e) {
            throw new Failure(e.getMessage());
        }
    }

    private MirrorSettings mirrors(Environment environment) {
        var sidecar = SidecarSettings.from(environment);
        var usual = sidecar.http();
        int port = mirrorsPort != null ? mirrorsPort : httpPort == 0 ? 0 : usual.port();
        return new MirrorSettings(
                sidecar.at(usual.host(), port),
                KeycloakSettings.given(environment)
                        ? Optional.of(KeycloakSettings.from(environment))
                        : Optional.empty(),
                ownKeycloak,
                StripeSettings.from(environment));
    }

    /** An option says more than the environment. */
    private static Environment with(Environment environment, String name, String value) {
        var all = new HashMap<>(environment.all());
        all.put(name, value);
        return new Environment(all);
    }

    private void checkPorts(SystemSettings settings) {
        checkPort(httpHost, httpPort, "--http-port");
        var sidecar = settings.mirrors().orElseThrow().sidecar().http();
        checkPort(sidecar.host(), sidecar.port(), "--mirrors-port");
        if (bootstrapServers == null) {
            checkPort("127.0.0.1", kafkaPort, "--kafka-port");
        }
        if (registryUrl == null) {
            checkPort("127.0.0.1", registryPort, "--registry-port");
        }
    }

    private static void checkPort(String host, int port, String option) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
        } catch (IOException | IllegalArgumentException e) {
            throw new Failure("port " + port + " on " + host + " cannot be used (" + e.getMessage()
                    + "); give another with " + option);
        }
    }

    private static void awaitReady(URI http, CountDownLatch stop) throws InterruptedException {
        var client =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();
        var request = HttpRequest.newBuilder(http.resolve("/health/ready"))
                .timeout(Duration.ofSeconds(5))
                .build();
        long until = System.nanoTime() + READY_WITHIN.toNanos();
        while (stop.getCount() > 0) {
            try {
                if (client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
            } catch (IOException notYet) {
                // Not listening yet.
            }
            if (System.nanoTime() > until) {
                throw new Failure("not ready within " + READY_WITHIN.toSeconds() + " s; the log above says why");
            }
            stop.await(50, TimeUnit.MILLISECONDS);
        }
    }

    /** Not for ever: whoever is asked to stop while it starts may hang on a cluster that does not answer. */
    private static void awaitStopped(CountDownLatch stopped) {
        try {
            stopped.await(STOPPED_WITHIN.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
