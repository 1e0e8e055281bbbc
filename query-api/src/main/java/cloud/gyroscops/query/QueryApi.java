package cloud.gyroscops.query;

import cloud.gyroscops.query.aggregate.AggregateResource;
import cloud.gyroscops.query.command.CommandGateway;
import cloud.gyroscops.query.command.CommandGateways;
import cloud.gyroscops.query.command.CommandsResource;
import cloud.gyroscops.query.command.HandlingProbe;
import cloud.gyroscops.query.health.HealthResource;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.topology.health.Health;
import cloud.gyroscops.topology.streams.Installation;
import cloud.gyroscops.topology.streams.RegistryOutage;
import cloud.gyroscops.topology.streams.StreamsApplication;
import cloud.gyroscops.topology.streams.StreamsSettings;
import cloud.gyroscops.topology.view.ViewTopology;
import cloud.gyroscops.topology.view.Views;
import io.javalin.Javalin;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** The HTTP server, with the view topology that it answers from. */
public final class QueryApi implements AutoCloseable {

    private static final long LARGEST_REQUEST_BYTES = 1L << 20;

    private final ApiSettings settings;
    private final StreamsApplication views;
    private final CommandGateway gateway;
    private final Javalin http;

    /**
     * Prepares the server.
     *
     * @param commandGroup the consumer group of the command topology
     * @param alive what else the process is judged by, by name
     * @param ready what else must hold before it is ready, by name
     */
    public QueryApi(
            ApiSettings settings,
            Installation installation,
            StreamsSettings viewSettings,
            String commandGroup,
            PrometheusMeterRegistry meters,
            Map<String, BooleanSupplier> alive,
            Map<String, BooleanSupplier> ready) {
        this.settings = settings;
        var topics = installation.topics();
        var wire = installation.wire();
        var outage = new RegistryOutage();
        views = new StreamsApplication(new ViewTopology(topics, wire, outage).build(), viewSettings, outage);
        var queries = new Views(views.streams(), wire);
        gateway = CommandGateways.open(
                installation.kafka(), topics, wire, commandGroup, viewSettings.applicationId(), queries);
        var allAlive = new HashMap<>(alive);
        allAlive.put("views", () -> !views.failed());
        allAlive.put("results", gateway::alive);
        var allReady = new HashMap<>(ready);
        allReady.put("views", views::running);
        allReady.put("commands-handled", new HandlingProbe(gateway, topics.partitions())::handled);
        var routes = new Routes(
                new CommandsResource(gateway),
                new AggregateResource(Aggregate.ORGANIZATIONS, queries),
                new AggregateResource(Aggregate.USERS, queries),
                new AggregateResource(Aggregate.PAYMENTS, queries),
                new HealthResource(new Health(allAlive, allReady)),
                meters);
        http = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.http.maxRequestSize = LARGEST_REQUEST_BYTES;
            config.http.prefer405over404 = true;
            // Answers are bounded by the wait that the client prefers.
            config.http.asyncTimeout = 0;
            routes.register(config);
        });
    }

    /** Starts following, building and serving; whether it is ready yet, {@code /health/ready} tells. */
    public void start() {
        try {
            gateway.start();
            views.start();
            http.start(settings.host(), settings.port());
        } catch (RuntimeException e) {
            // A port that is taken, say: what runs already would keep the process from ending.
            close();
            throw e;
        }
    }

    /** Has something run once the views give up; to be called before the start. */
    public void onFailure(Runnable reaction) {
        views.onFailure(reaction);
    }

    /** Where it listens. */
    public int port() {
        return http.port();
    }

    @Override
    public void close() {
        http.stop();
        gateway.close();
        views.close();
    }
}
