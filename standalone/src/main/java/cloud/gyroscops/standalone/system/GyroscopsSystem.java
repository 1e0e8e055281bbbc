package cloud.gyroscops.standalone.system;

import cloud.gyroscops.query.QueryApi;
import cloud.gyroscops.schemas.registry.RegistrySettings;
import cloud.gyroscops.schemas.settings.KafkaSettings;
import cloud.gyroscops.standalone.kafka.EmbeddedKafka;
import cloud.gyroscops.standalone.registry.EmbeddedSchemaRegistry;
import cloud.gyroscops.topology.command.CommandApplication;
import cloud.gyroscops.topology.erasure.Eraser;
import cloud.gyroscops.topology.streams.Installation;
import cloud.gyroscops.topology.streams.Parts;
import cloud.gyroscops.topology.streams.StreamsApplication;
import cloud.gyroscops.topology.streams.StreamsSettings;
import cloud.gyroscops.topology.view.ViewTopology;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The whole system in this JVM: broker and registry, unless there are others to use; command topology, views, HTTP; the sidecar. */
public final class GyroscopsSystem implements AutoCloseable {

    private static final String ONLY_INSTANCE = "up";

    private final Parts parts = new Parts();
    private final KafkaSettings kafka;
    private final String host;
    private final String registryUrl;
    private final QueryApi api;
    private final Optional<Mirrors> mirrors;

    private GyroscopsSystem(SystemSettings settings, Runnable onFailure) {
        host = reachable(settings.api().host());
        try {
            kafka = settings.cluster() == null ? embeddedKafka(settings) : settings.cluster();
            var registry = settings.registry() == null ? embeddedRegistry(settings) : settings.registry();
            registryUrl = registry.urls().get(0).toString();
            var installation = Installation.at(
                    kafka, settings.topics(), registry, settings.dataDirectory().resolve("state"));
            installation.prepare();
            var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
            var commandSettings = streams(settings, kafka, CommandApplication.NAME);
            var commands = parts.opened(
                    CommandApplication.of(installation, commandSettings, settings.commands(), meters, List.of()),
                    StreamsApplication::close);
            var eraser = parts.opened(
                    new Eraser(kafka, installation.topics(), installation.wire(), commandSettings.applicationId()),
                    Eraser::close);
            api = parts.opened(
                    new QueryApi(
                            settings.api(),
                            settings.peers(),
                            installation,
                            streams(settings, kafka, ViewTopology.APPLICATION),
                            commandSettings.applicationId(),
                            meters,
                            Map.of("commands", () -> !commands.failed()),
                            Map.of("commands", commands::running)),
                    QueryApi::close);
            mirrors = settings.mirrors()
                    .map(to -> parts.opened(
                            new Mirrors(
                                    to,
                                    settings.dataDirectory(),
                                    installation,
                                    application -> streams(settings, kafka, application),
                                    meters),
                            Mirrors::close));
            commands.onFailure(onFailure);
            api.onFailure(onFailure);
            mirrors.ifPresent(sidecar -> sidecar.onFailure(onFailure));
            commands.start();
            eraser.start();
            api.start();
            mirrors.ifPresent(Mirrors::start);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Starts it; whether it is ready yet, {@code /health/ready} tells. */
    public static GyroscopsSystem start(SystemSettings settings) {
        return start(settings, () -> {});
    }

    /** The same, and has something run should a part of it give up. */
    public static GyroscopsSystem start(SystemSettings settings, Runnable onFailure) {
        return new GyroscopsSystem(settings, onFailure);
    }

    private KafkaSettings embeddedKafka(SystemSettings settings) {
        var directory = settings.dataDirectory().resolve("kafka");
        var broker = parts.opened(EmbeddedKafka.start(directory, settings.kafkaPort()), EmbeddedKafka::close);
        return KafkaSettings.at(broker.bootstrapServers());
    }

    /** On somebody else's cluster its topic must not be taken for another registry's. */
    private RegistrySettings embeddedRegistry(SystemSettings settings) {
        var topic = settings.cluster() == null ? "_schemas" : settings.topics().prefix() + "gyroscops.schemas";
        var registry = parts.opened(
                new EmbeddedSchemaRegistry(kafka.clients(), topic, "127.0.0.1", settings.registryPort()),
                EmbeddedSchemaRegistry::close);
        return RegistrySettings.of(registry.uri());
    }

    /** Where clients on this machine reach a server that listens there. */
    private static String reachable(String host) {
        if (host.equals("0.0.0.0") || host.equals("::")) {
            return "127.0.0.1";
        }
        return host.contains(":") ? "[" + host + "]" : host;
    }

    public String bootstrapServers() {
        return kafka.bootstrapServers();
    }

    public String registryUrl() {
        return registryUrl;
    }

    /** Where HTTP is served. */
    public URI http() {
        return URI.create("http://" + host + ":" + api.port());
    }

    /** The sidecar, if there is one. */
    public Optional<Mirrors> mirrors() {
        return mirrors;
    }

    /** Stops everything, in the opposite order of its start. What fails to stop does not keep the rest from it. */
    @Override
    public void close() {
        parts.close();
    }

    private static StreamsSettings streams(SystemSettings settings, KafkaSettings kafka, String application) {
        Path state = settings.dataDirectory().resolve("state");
        return new StreamsSettings(
                kafka,
                settings.topics().prefix() + application,
                state,
                settings.threads(),
                settings.commitIntervalMs(),
                settings.topics().replicationFactor(),
                0,
                StreamsSettings.DEFAULT_SESSION_TIMEOUT_MS,
                // Nobody else is in the groups of an embedded broker: who comes back need not wait for its own session.
                settings.cluster() == null ? ONLY_INSTANCE : "");
    }
}
