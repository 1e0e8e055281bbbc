package cloud.gyroscops.standalone.mirror;

import static org.awaitility.Awaitility.await;

import cloud.gyroscops.connectors.Main;
import cloud.gyroscops.standalone.system.ChildProcess;
import cloud.gyroscops.standalone.system.GyroscopsSystem;
import cloud.gyroscops.standalone.system.SystemSettings;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A system whose sidecar is a process of its own, that can be killed. */
final class MirroredSystem implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final int PARTITIONS = 3;

    private final GyroscopsSystem system;
    private final Path directory;
    private final Map<String, String> environment;
    private final URI sidecarUrl;
    private ChildProcess sidecar;
    private ChildProcess second;

    /** Starts all but the sidecar, which gets these variables, too. */
    MirroredSystem(Path directory, Map<String, String> variables) throws IOException {
        this.directory = directory;
        int port = freePort();
        sidecarUrl = URI.create("http://127.0.0.1:" + port);
        system = GyroscopsSystem.start(SystemSettings.anywhere(directory.resolve("system"), PARTITIONS));
        environment = new HashMap<>(variables);
        environment.putAll(Map.of(
                "KAFKA_BOOTSTRAP_SERVERS", system.bootstrapServers(),
                "SCHEMA_REGISTRY_URL", system.registryUrl(),
                "GYROSCOPS_PARTITIONS", Integer.toString(PARTITIONS),
                "GYROSCOPS_STATE_DIR", directory.resolve("sidecar").toString(),
                "GYROSCOPS_THREADS", "1",
                "MIRROR_HTTP_PORT", Integer.toString(port),
                "MIRROR_FIRST_PAUSE", "PT0.05S",
                "MIRROR_LONGEST_PAUSE", "PT1S"));
        await().atMost(Duration.ofSeconds(120))
                .until(() -> get(system.http(), "/health/ready").statusCode() == 200);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    MirroredSystem startSidecar() throws IOException {
        sidecar = ChildProcess.start(Main.class, environment, directory.resolve("sidecar.log"));
        return this;
    }

    /** Starts another one beside it, on another machine as it were, and waits for it; its address. */
    URI startSecondSidecar() throws IOException {
        var url = URI.create("http://127.0.0.1:" + freePort());
        var own = new HashMap<>(environment);
        own.put("MIRROR_HTTP_PORT", Integer.toString(url.getPort()));
        own.put("GYROSCOPS_STATE_DIR", directory.resolve("second-sidecar").toString());
        second = ChildProcess.start(Main.class, own, directory.resolve("second-sidecar.log"));
        awaitReady(url);
        return url;
    }

    void awaitSidecar() {
        awaitReady(sidecarUrl);
    }

    private static void awaitReady(URI url) {
        await().atMost(Duration.ofSeconds(90))
                .ignoreExceptions()
                .until(() -> get(url, "/health/ready").statusCode() == 200);
    }

    void killSidecar() throws InterruptedException {
        sidecar.kill();
    }

    URI sidecarUrl() {
        return sidecarUrl;
    }

    Path sidecarLog() {
        return directory.resolve("sidecar.log");
    }

    /** Sends a command; its result. */
    CompletableFuture<JsonNode> command(String type, String id, String commandId, String payload) {
        var json = "{\"type\":\"" + type + "\",\"aggregateId\":\"" + id + "\",\"commandId\":\"" + commandId
                + "\",\"payload\":" + payload + "}";
        return HTTP.sendAsync(
                        HttpRequest.newBuilder(system.http().resolve("/commands"))
                                .header("Content-Type", "application/json")
                                .header("Prefer", "wait=30")
                                .POST(HttpRequest.BodyPublishers.ofString(json))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .thenApply(answer -> json(answer.body()));
    }

    /** The sum of those of a sidecar's metrics that begin like this. */
    static double counted(URI sidecar, String beginning) {
        return get(sidecar, "/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(beginning))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    JsonNode view(String path) {
        return json(get(system.http(), path).body());
    }

    JsonNode mirror(String path) {
        return json(get(sidecarUrl, path).body());
    }

    /** Asks the sidecar for something; its answer. */
    JsonNode ask(String path) {
        return json(send(HttpRequest.newBuilder(sidecarUrl.resolve(path))
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build())
                .body());
    }

    /** Compares everything; what came of it. */
    JsonNode reconcile(String target, boolean dryRun) {
        var path = "/mirrors/" + target;
        var runId = ask(path + "/reconcile?dryRun=" + dryRun).path("runId").asText();
        return await().atMost(Duration.ofSeconds(120))
                .until(() -> mirror(path + "/runs/" + runId), run -> run.path("finished")
                        .asBoolean());
    }

    /** Waits until nothing is left to mirror. */
    JsonNode awaitMirrored(String target, Duration within) {
        return await().atMost(within)
                .ignoreExceptions()
                .until(
                        () -> mirror("/mirrors/" + target),
                        found -> found.path("lagEvents").asLong(-1) == 0
                                && found.path("inFlight").asLong() == 0);
    }

    private static HttpResponse<String> get(URI server, String path) {
        return send(HttpRequest.newBuilder(server.resolve(path)).build());
    }

    private static HttpResponse<String> send(HttpRequest request) {
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(text, e);
        }
    }

    @Override
    public void close() {
        for (var process : new ChildProcess[] {second, sidecar}) {
            if (process != null) {
                process.close();
            }
        }
        system.close();
    }
}
