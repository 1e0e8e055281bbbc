package cloud.gyroscops.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cloud.gyroscops.schemas.registry.RegistrySettings;
import cloud.gyroscops.schemas.settings.KafkaSettings;
import cloud.gyroscops.schemas.topic.TopicSettings;
import cloud.gyroscops.standalone.AskingAgain;
import cloud.gyroscops.standalone.system.GyroscopsSystem;
import cloud.gyroscops.standalone.system.StoppedSystem;
import cloud.gyroscops.standalone.system.SystemSettings;
import cloud.gyroscops.topology.streams.Installation;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A system on a directory, running or not. */
final class Premises implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Path data;
    private final int partitions;
    private GyroscopsSystem system;

    Premises(Path data, int partitions) {
        this.data = data;
        this.partitions = partitions;
    }

    String data() {
        return data.toString();
    }

    Premises start() {
        system = GyroscopsSystem.start(SystemSettings.anywhere(data, partitions));
        await().atMost(Duration.ofSeconds(120)).until(() -> get("/health/ready").statusCode() == 200);
        return this;
    }

    void stop() {
        if (system != null) {
            system.close();
            system = null;
        }
    }

    GyroscopsSystem system() {
        return system;
    }

    String url() {
        return system.http().toString();
    }

    /** Runs a command line about it. */
    Run run(String... command) {
        return Run.of(Stream.concat(
                        Stream.of(command),
                        Stream.of(
                                "--bootstrap-servers",
                                system.bootstrapServers(),
                                "--schema-registry",
                                system.registryUrl()))
                .toArray(String[]::new));
    }

    /** Handles a town's commands, all of which are right. */
    void load(String... size) {
        var town = data.resolve("town.jsonl").toString();
        Run.of(Stream.concat(Stream.of("generate", "--out=" + town), Stream.of(size))
                .toArray(String[]::new));
        assertThat(Run.of("load", town, "--url", url()).err()).contains(" 0 rejected");
    }

    /** How many commands the last town had for each aggregate, by its id. */
    Map<String, Long> loaded() {
        try (var lines = Files.lines(data.resolve("town.jsonl"))) {
            return lines.map(line -> json(line).path("aggregateId").asText())
                    .collect(Collectors.groupingBy(id -> id, TreeMap::new, Collectors.counting()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What the views say of some of a town, once they say all: each of its commands makes one event. The names of
     * organizations come from partitions of their own, so these are waited for first.
     */
    Map<String, String> views(Map<String, Long> town) {
        town.forEach((id, version) -> {
            if (id.contains("-o-")) {
                applied("/organizations/" + id, version);
            }
        });
        var views = new TreeMap<String, String>();
        town.forEach((id, version) -> {
            if (id.matches("town1-[up]-([2-9]|1\\d)")) {
                var path = (id.contains("-u-") ? "/users/" : "/payments/") + id;
                var view = (ObjectNode) applied(path, version);
                views.put(path, view.without("requestId").toString());
            }
        });
        assertThat(views).hasSize(36);
        return views;
    }

    private JsonNode applied(String path, long version) {
        return await().until(
                        () -> view(path),
                        found -> found.path("version").asLong() == version
                                || found.path("status").asInt() == 410);
    }

    /** Whatever it has gone through: the next thousand commands are right, and all holds together. */
    void isSound() {
        load("--seed=2", "--organizations=5", "--users=100", "--payments=400");
        var check = run("check");
        assertThat(check.status()).as(check.out() + check.err()).isZero();
    }

    /** Does something with broker and registry while the rest is stopped. */
    void whileStopped(Consumer<Installation> work) {
        try (var stopped = StoppedSystem.start(data)) {
            var installation = Installation.at(
                    KafkaSettings.at(stopped.bootstrapServers()),
                    TopicSettings.single(partitions),
                    RegistrySettings.of(URI.create(stopped.registryUrl())),
                    data.resolve("others"));
            work.accept(installation);
        }
    }

    /** Sends a command, and waits for its result. */
    JsonNode command(String type, String id, String commandId, String payload) {
        var json = "{\"type\":\"" + type + "\",\"aggregateId\":\"" + id + "\",\"commandId\":\"" + commandId
                + "\",\"payload\":" + payload + "}";
        return json(send(HttpRequest.newBuilder(URI.create(url() + "/commands"))
                        .header("Content-Type", "application/json")
                        .header("Prefer", "wait=30")
                        .POST(HttpRequest.BodyPublishers.ofString(json))
                        .build())
                .body());
    }

    JsonNode view(String path) {
        return json(get(path).body());
    }

    HttpResponse<String> get(String path) {
        var request = HttpRequest.newBuilder(URI.create(url() + path)).build();
        return AskingAgain.until(() -> send(request), answer -> answer);
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
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        stop();
    }
}
