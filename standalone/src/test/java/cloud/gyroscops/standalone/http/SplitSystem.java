package cloud.gyroscops.standalone.http;

import cloud.gyroscops.query.ApiSettings;
import cloud.gyroscops.query.QueryApi;
import cloud.gyroscops.query.feed.FeedSettings;
import cloud.gyroscops.query.peer.PeerSettings;
import cloud.gyroscops.schemas.registry.RegistrySettings;
import cloud.gyroscops.schemas.settings.KafkaSettings;
import cloud.gyroscops.schemas.topic.TopicSettings;
import cloud.gyroscops.standalone.kafka.EmbeddedKafka;
import cloud.gyroscops.standalone.registry.EmbeddedSchemaRegistry;
import cloud.gyroscops.topology.command.CommandApplication;
import cloud.gyroscops.topology.command.CommandSettings;
import cloud.gyroscops.topology.streams.Installation;
import cloud.gyroscops.topology.streams.StreamsApplication;
import cloud.gyroscops.topology.streams.StreamsSettings;
import cloud.gyroscops.topology.view.ViewTopology;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The command topology and the HTTP server as processes of their own would run them: each starts and stops alone. */
final class SplitSystem implements AutoCloseable {

    private final Path directory;
    private EmbeddedKafka kafka;
    private final EmbeddedSchemaRegistry registry;
    private final Installation installation;
    private StreamsApplication commands;
    private QueryApi api;

    SplitSystem(Path directory) {
        this.directory = directory;
        kafka = EmbeddedKafka.start(directory.resolve("kafka"), 0);
        registry = new EmbeddedSchemaRegistry(kafka.bootstrapServers(), "127.0.0.1", 0);
        installation = Installation.at(
                KafkaSettings.at(kafka.bootstrapServers()),
                TopicSettings.single(3),
                RegistrySettings.of(registry.uri()),
                directory.resolve("state"));
        installation.prepare();
    }

    Installation installation() {
        return installation;
    }

    URI http() {
        return URI.create("http://127.0.0.1:" + api.port());
    }

    /** Unless they run. */
    void startCommands() {
        if (commands != null) {
            return;
        }
        commands = CommandApplication.of(
                installation,
                settings(CommandApplication.NAME),
                CommandSettings.DEFAULT,
                new SimpleMeterRegistry(),
                List.of());
        commands.start();
    }

    void stopCommands() {
        commands.close();
        commands = null;
    }

    void startApi() {
        startApi(FeedSettings.DEFAULT);
    }

    void startApi(FeedSettings feed) {
        startApi(feed, ViewTopology.APPLICATION);
    }

    /** With views of an application of their own, which begins with the first event. */
    void startApi(FeedSettings feed, String application) {
        var usual = new ApiSettings("127.0.0.1", 0);
        api = new QueryApi(
                new ApiSettings(
                        usual.host(), usual.port(), usual.tokenWait(), usual.corsOrigins(), usual.permissions(), feed),
                PeerSettings.LOOPBACK,
                installation,
                settings(application),
                CommandApplication.NAME,
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                Map.of(),
                Map.of());
        api.start();
    }

    void stopApi() {
        api.close();
    }

    void stopBroker() {
        kafka.close();
    }

    /** Where it was. */
    void startBroker() {
        int port = Integer.parseInt(kafka.bootstrapServers().split(":")[1]);
        kafka = EmbeddedKafka.start(directory.resolve("kafka"), port);
    }

    /** Where an application keeps its stores. */
    Path state(String application) {
        return directory.resolve("state").resolve(application);
    }

    @Override
    public void close() {
        if (api != null) {
            api.close();
        }
        if (commands != null) {
            commands.close();
        }
        registry.close();
        kafka.close();
    }

    private StreamsSettings settings(String application) {
        return new StreamsSettings(
                installation.kafka(), application, directory.resolve("state"), 1, 20, 1, 0, 30_000, "");
    }
}
