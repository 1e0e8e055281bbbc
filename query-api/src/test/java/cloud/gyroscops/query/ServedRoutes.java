package cloud.gyroscops.query;

import cloud.gyroscops.query.aggregate.Known;
import cloud.gyroscops.query.command.CommandsResource;
import cloud.gyroscops.query.contract.Contract;
import cloud.gyroscops.query.contract.Exchange;
import cloud.gyroscops.query.feed.FeedResource;
import cloud.gyroscops.query.health.HealthResource;
import cloud.gyroscops.query.peer.PeerResource;
import cloud.gyroscops.query.peer.PeerSettings;
import cloud.gyroscops.query.user.Permissions;
import cloud.gyroscops.schemas.serde.Wire;
import cloud.gyroscops.topology.health.Health;
import cloud.gyroscops.topology.view.Consistency;
import cloud.gyroscops.topology.view.Reading;
import cloud.gyroscops.topology.view.Views;
import cloud.gyroscops.topology.view.figures.Figures;
import cloud.gyroscops.topology.view.history.EventSearch;
import cloud.gyroscops.topology.view.history.Histories;
import cloud.gyroscops.topology.view.history.TimeTravel;
import cloud.gyroscops.topology.view.list.Lists;
import cloud.gyroscops.topology.view.version.NoSuchVersionException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.Javalin;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.MDC;

/** All routes, served on a port of their own; every exchange is held against the contract. */
final class ServedRoutes implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final Javalin http;
    private final BlockingQueue<Optional<String>> left = new LinkedBlockingQueue<>();

    /** With what of the views there is; the rest is null, and not reached. */
    ServedRoutes(Known known, TimeTravel past, Histories histories, Clock clock, String... corsOrigins) {
        this(
                new Resources.Answering(known, null, past, histories, null, null, null),
                new Health(Map.of("here", () -> true), Map.of("there", () -> false)),
                clock,
                corsOrigins);
    }

    /** With all that views can be asked, in good or bad health; commands and the feed are not reached. */
    ServedRoutes(Views views, Wire wire, boolean well) {
        this(
                new Resources.Answering(
                        Known.by(views),
                        new Consistency(views, Duration.ZERO),
                        new TimeTravel(views, wire),
                        new Histories(views, wire),
                        new EventSearch(views, wire),
                        new Lists(views),
                        new Figures(views)),
                new Health(Map.of("here", () -> well), Map.of("there", () -> well)),
                Clock.systemUTC());
    }

    /** With lists, too. */
    ServedRoutes(Known known, TimeTravel past, Histories histories, Lists lists, Clock clock) {
        this(new Resources.Answering(known, null, past, histories, null, lists, null), clock);
    }

    /** With all views. */
    ServedRoutes(Resources.Answering views, Clock clock) {
        this(views, new Health(Map.of("here", () -> true), Map.of("there", () -> false)), clock);
    }

    private ServedRoutes(Resources.Answering views, Health health, Clock clock, String... corsOrigins) {
        var resources = Resources.of(
                new CommandsResource(null),
                new HealthResource(health, List::of),
                new PeerResource(null, PeerSettings.LOOPBACK, "127.0.0.1"),
                views,
                new FeedResource(null),
                Permissions.parse(Permissions.DEFAULT),
                clock);
        var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        http = Javalin.create(config -> {
            Serving.configure(config);
            // On the thread that the request was handled on, once all else is done with it.
            config.requestLogger.http((ctx, ms) -> left.add(Optional.ofNullable(MDC.get("requestId"))));
            new Routes(resources, new Readings(ServedRoutes::reading), meters, List.of(corsOrigins)).register(config);
        });
        http.start("127.0.0.1", 0);
    }

    private static Reading reading(OptionalInt version) {
        version.ifPresent(number -> {
            throw new NoSuchVersionException("there is no version " + number + " here");
        });
        return Reading.begin();
    }

    /** With nothing behind them. */
    static ServedRoutes withoutViews(String... corsOrigins) {
        return new ServedRoutes(null, null, null, Clock.systemUTC(), corsOrigins);
    }

    /** What logs would still show as a request's id once it was handled, request by request. */
    BlockingQueue<Optional<String>> left() {
        return left;
    }

    Javalin server() {
        return http;
    }

    HttpResponse<String> get(String path, String... headers) {
        return send("GET", path, null, headers);
    }

    JsonNode json(String path, String... headers) {
        try {
            return JSON.readTree(get(path, headers).body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    HttpResponse<String> send(String method, String path, String body, String... headers) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + http.port() + path))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            var answer = client.send(request.build(), BodyHandlers.ofString());
            Contract.INSTANCE.check(Exchange.of(answer, body));
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        http.stop();
    }
}
