package cloud.gyroscops.query;

import cloud.gyroscops.query.aggregate.Known;
import cloud.gyroscops.query.command.CommandGateway;
import cloud.gyroscops.query.command.CommandGateways;
import cloud.gyroscops.query.command.CommandsResource;
import cloud.gyroscops.query.command.HandlingProbe;
import cloud.gyroscops.query.feed.EventFeed;
import cloud.gyroscops.query.feed.FeedResource;
import cloud.gyroscops.query.health.HealthResource;
import cloud.gyroscops.query.health.ProgressMetrics;
import cloud.gyroscops.query.peer.HttpPeers;
import cloud.gyroscops.query.peer.PeerAddress;
import cloud.gyroscops.query.peer.PeerResource;
import cloud.gyroscops.query.peer.PeerSettings;
import cloud.gyroscops.schemas.serde.Wire;
import cloud.gyroscops.topology.health.Health;
import cloud.gyroscops.topology.streams.Installation;
import cloud.gyroscops.topology.streams.StreamsSettings;
import cloud.gyroscops.topology.view.Consistency;
import cloud.gyroscops.topology.view.ViewInstance;
import cloud.gyroscops.topology.view.Views;
import cloud.gyroscops.topology.view.figures.Figures;
import cloud.gyroscops.topology.view.history.EventSearch;
import cloud.gyroscops.topology.view.history.Histories;
import cloud.gyroscops.topology.view.history.TimeTravel;
import cloud.gyroscops.topology.view.list.Lists;
import cloud.gyroscops.topology.view.version.RunningVersions;
import io.javalin.Javalin;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ServerSocketChannel;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP server, with the view topology that it answers from. */
public final class QueryApi implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(QueryApi.class);

    /** A request that has waited for its tokens looks for moving partitions, and asks others. */
    private static final Duration BEYOND_A_WAIT = Duration.ofSeconds(8);

    private final ApiSettings settings;
    private final RunningVersions views;
    private final CommandGateway gateway;
    private final EventFeed feed;
    private final Javalin http;
    private final ServerSocketChannel channel;
    private final int port;
    private volatile boolean closing;

    /**
     * Prepares the server.
     *
     * @param peers how other instances reach this one
     * @param viewSettings how the views run; their version is added to the application's id
     * @param commandGroup the consumer group of the command topology
     * @param alive what else the process is judged by, by name
     * @param ready what else must hold before it is ready, by name
     */
    public QueryApi(
            ApiSettings settings,
            PeerSettings peers,
            Installation installation,
            StreamsSettings viewSettings,
            String commandGroup,
            PrometheusMeterRegistry meters,
            Map<String, BooleanSupplier> alive,
            Map<String, BooleanSupplier> ready) {
        this.settings = settings;
        var topics = installation.topics();
        var wire = installation.wire();
        // Kafka Streams tells the others where this instance is, and wants to know that before anything is served.
        channel = settings.port() == 0 ? PeerAddress.bound(settings.host()) : null;
        port = channel == null ? settings.port() : channel.socket().getLocalPort();
        var self = PeerAddress.advertised(peers, settings.host(), port);
        views = new RunningVersions(
                installation,
                viewSettings,
                self,
                version -> new HttpPeers(peers, version),
                (version, running) ->
                        new ProgressMetrics(version, running.progress()::all, topics.partitions()).register(meters),
                settings.tokenWait().plus(BEYOND_A_WAIT));
        var queries = views.views();
        gateway = CommandGateways.open(installation.kafka(), topics, wire, commandGroup, views::group, queries);
        feed = new EventFeed(installation.kafka(), topics, wire, settings.feed(), meters);
        var allAlive = new HashMap<>(alive);
        allAlive.put("views", () -> !views.failed());
        allAlive.put("results", gateway::alive);
        var allReady = new HashMap<>(ready);
        allReady.put("views", () -> !closing && views.ready());
        allReady.put("commands-handled", new HandlingProbe(gateway, topics.partitions())::handled);
        var resources = Resources.of(
                new CommandsResource(gateway),
                new HealthResource(new Health(allAlive, allReady), views::progress),
                new PeerResource(version -> views.version(version).map(ViewInstance::local), peers, settings.host()),
                answering(queries, wire, settings),
                new FeedResource(feed),
                settings.permissions(),
                Clock.systemUTC());
        var routes = new Routes(resources, new Readings(views::begin), meters, settings.corsOrigins());
        http = Javalin.create(config -> {
            if (channel != null) {
                config.jetty.addConnector((server, http) -> listening(server, http, channel));
            }
            Serving.configure(config);
            routes.register(config);
        });
    }

    private static Resources.Answering answering(Views views, Wire wire, ApiSettings settings) {
        return new Resources.Answering(
                Known.by(views),
                new Consistency(views, settings.tokenWait()),
                new TimeTravel(views, wire),
                new Histories(views, wire),
                new EventSearch(views, wire),
                new Lists(views),
                new Figures(views));
    }

    private static ServerConnector listening(Server server, HttpConfiguration http, ServerSocketChannel channel) {
        var connector = new ServerConnector(server, new HttpConnectionFactory(http));
        try {
            connector.open(channel);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return connector;
    }

    /** What was bound and never served stays open otherwise. */
    private static void close(ServerSocketChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts following, building and serving; whether it is ready yet, {@code /health/ready} tells. */
    public void start() {
        try {
            gateway.start();
            feed.start();
            views.start();
            http.start(settings.host(), port);
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
        return port;
    }

    /**
     * Stops so that nobody is left without an answer: who asks whether it is ready hears that it is not; the feed's readers
     * hear why it ends; while the views leave, what they knew is asked of others; requests that are being answered still are.
     */
    @Override
    public void close() {
        closing = true;
        for (Runnable step :
                List.<Runnable>of(feed::close, views::close, http::stop, () -> close(channel), gateway::close)) {
            try {
                step.run();
            } catch (RuntimeException e) {
                LOG.warn("Something does not stop as it should", e);
            }
        }
    }
}
