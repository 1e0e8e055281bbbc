package cloud.gyroscops.standalone.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cloud.gyroscops.connectors.Main;
import cloud.gyroscops.standalone.AskingAgain;
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
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** A system whose sidecar is a process of its own, that can be killed. */
final class MirroredSystem implements AutoCloseable {

    /** On a machine that does much else; as a rule it takes seconds. */
    static final Duration MIRRORED_WITHIN = Duration.ofSeconds(180);

    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final int PARTITIONS = 3;
    private static final Duration STOPPED_WITHIN = Duration.ofSeconds(60);
    private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(120);
    private static final Executor IN_A_MOMENT = CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS);

    private final GyroscopsSystem system;
    private final Path directory;
    private final Map<String, String> environment;
    private final URI sidecarUrl;
    private ChildProcess sidecar;
    private ChildProcess second;

    /** Starts all but the sidecar. */
    MirroredSystem(Path directory) throws IOException {
        this.directory = directory;
        int port = freePort();
        sidecarUrl = URI.create("http://127.0.0.1:" + port);
        system = GyroscopsSystem.start(SystemSettings.anywhere(directory.resolve("system"), PARTITIONS));
        environment = new HashMap<>(Map.of(
                "KAFKA_BOOTSTRAP_SERVERS", system.bootstrapServers(),
                "SCHEMA_REGISTRY_URL", system.registryUrl(),
                "GYROSCOPS_PARTITIONS", Integer.toString(PARTITIONS),
                "GYROSCOPS_STATE_DIR", directory.resolve("sidecar").toString(),
                "GYROSCOPS_THREADS", "1",
                "MIRROR_HTTP_PORT", Integer.toString(port),
                "MIRROR_FIRST_PAUSE", "PT0.05S",
                "MIRROR_LONGEST_PAUSE", "PT1S"));
        try {
            await().atMost(Duration.ofSeconds(120))
                    .until(() -> get(system.http(), "/health/ready").statusCode() == 200);
        } catch (RuntimeException e) {
            system.close();
            throw e;
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Gives these variables to sidecars that are started from now on. */
    MirroredSystem with(Map<String, String> variables) {
        environment.putAll(variables);
        return this;
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
        awaitReady(url, second);
        return url;
    }

    /** Stops that one, if there is one, in order: its share goes back at once. */
    void stopSecondSidecar() throws InterruptedException {
        if (second != null) {
            second.stop(STOPPED_WITHIN);
            second.close();
            second = null;
        }
    }

    void awaitSidecar() {
        awaitReady(sidecarUrl, sidecar);
    }

    private static void awaitReady(URI url, ChildProcess process) {
        await().atMost(Duration.ofSeconds(90))
                .failFast(process::assertRuns)
                .ignoreExceptions()
                .until(() -> get(url, "/health/ready").statusCode() == 200);
    }

    /** Whether it was started, and not killed since. */
    boolean hasSidecar() {
        return sidecar != null;
    }

    void killSidecar() throws InterruptedException {
        sidecar.kill();
        sidecar = null;
    }

    URI sidecarUrl() {
        return sidecarUrl;
    }

    /** Sends a command, again as long as nobody can tell what came of it: it takes effect once. Its result. */
    CompletableFuture<JsonNode> command(String type, String id, String commandId, String payload) {
        var json = "{\"type\":\"" + type + "\",\"aggregateId\":\"" + id + "\",\"commandId\":\"" + commandId
                + "\",\"payload\":" + payload + "}";
        var request = HttpRequest.newBuilder(system.http().resolve("/commands"))
                .header("Content-Type", "application/json")
                .header("Prefer", "wait=30")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build();
        return result(request, System.nanoTime() + ANSWERED_WITHIN.toNanos());
    }

    private static CompletableFuture<JsonNode> result(HttpRequest request, long until) {
        return HTTP.sendAsync(request, HttpResponse.BodyHandlers.ofString()).thenCompose(answer -> {
            int status = answer.statusCode();
            if (status == 200 || status / 100 == 4) {
                return CompletableFuture.completedFuture(json(answer.body()));
            }
            if ((status == 202 || status == 503) && System.nanoTime() - until < 0) {
                return CompletableFuture.supplyAsync(() -> result(request, until), IN_A_MOMENT)
                        .thenCompose(Function.identity());
            }
            throw new IllegalStateException("a command was answered with " + status + ": " + answer.body());
        });
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

    /** What the query API answers, once it can tell. */
    JsonNode view(String path) {
        return json(AskingAgain.until(() -> get(system.http(), path), answer -> answer)
                .body());
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

    /** Compares everything and changes nothing, again where something was on its way and passed over; what it found. */
    JsonNode look(String target) {
        return await("a look at all of " + target)
                .atMost(MIRRORED_WITHIN)
                .until(
                        () -> run(target, "reconcile?dryRun=true"),
                        run -> run.path("skipped").asLong() == 0);
    }

    /** Looks until nothing is missing, differs or is there without need. */
    void awaitNothingToFind(String target) {
        await().atMost(MIRRORED_WITHIN).untilAsserted(() -> {
            var again = look(target);
            assertThat(again.path("differing").asLong()
                            + again.path("missing").asLong()
                            + again.path("extra").asLong())
                    .as(again.toString())
                    .isZero();
        });
    }

    /** Compares everything, and puts it right; what came of it. */
    JsonNode reconcile(String target) {
        return run(target, "reconcile?dryRun=false");
    }

    /** Shows the target all that should be there. */
    void replay(String target) {
        run(target, "replay");
    }

    /** A run from its beginning to its end, where another one that has just ended may be in the way for a moment. */
    private JsonNode run(String target, String what) {
        var path = "/mirrors/" + target;
        var runId = await(what).until(() -> ask(path + '/' + what).path("runId").asText(), id -> !id.isEmpty());
        var ended = await(what + " " + runId)
                .atMost(MIRRORED_WITHIN)
                .until(() -> mirror(path + "/runs/" + runId), run -> run.path("finished")
                        .asBoolean());
        assertThat(ended.path("error").textValue()).as("why it was given up").isNull();
        return ended;
    }

    /**
     * Waits until nothing is left to mirror, by what the sidecar tells. What it has just taken in may be counted
     * nowhere for up to a second: who compares something then does so until it fits.
     */
    void awaitMirrored(String target) {
        await().atMost(MIRRORED_WITHIN)
                .ignoreExceptions()
                .until(
                        () -> mirror("/mirrors/" + target),
                        found -> found.path("lagEvents").asLong(-1) == 0
                                && found.path("inFlight").asLong(-1) == 0);
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

    private static JsonNode json(String text) {
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
