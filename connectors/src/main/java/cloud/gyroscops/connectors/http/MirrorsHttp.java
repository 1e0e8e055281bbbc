package cloud.gyroscops.connectors.http;

import cloud.gyroscops.connectors.reconcile.Reconciliation;
import cloud.gyroscops.connectors.status.Messages;
import cloud.gyroscops.connectors.status.StatusFollower;
import cloud.gyroscops.contract.mirror.MirrorTarget;
import cloud.gyroscops.topology.health.Health;
import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HttpResponseException;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sidecar's HTTP server. */
public final class MirrorsHttp implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MirrorsHttp.class);
    private static final long LARGEST_REQUEST_BYTES = 1L << 20;

    private final HttpSettings settings;
    private final Javalin server;

    /**
     * Takes no port yet.
     *
     * @param unread how many events a mirror's worker has not even taken in
     * @param webhooks by path
     */
    public MirrorsHttp(
            HttpSettings settings,
            Map<MirrorTarget, Reconciliation> mirrors,
            Map<MirrorTarget, LongSupplier> unread,
            StatusFollower statuses,
            Messages messages,
            Map<String, Handler> webhooks,
            Health health,
            PrometheusMeterRegistry meters) {
        this.settings = settings;
        var resource = new MirrorsResource(mirrors, unread, statuses, messages);
        server = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.http.maxRequestSize = LARGEST_REQUEST_BYTES;
            config.http.prefer405over404 = true;
            config.routes.get("/mirrors", resource::list);
            config.routes.get("/mirrors/{target}", resource::get);
            config.routes.get("/mirrors/{target}/parked", resource::parked);
            config.routes.post("/mirrors/{target}/parked/retry", resource::retryAll);
            config.routes.post("/mirrors/{target}/parked/{aggregateId}/retry", resource::retry);
            config.routes.post("/mirrors/{target}/parked/{aggregateId}/discard", resource::discard);
            config.routes.post("/mirrors/{target}/reconcile", resource::reconcile);
            config.routes.post("/mirrors/{target}/replay", resource::replay);
            config.routes.get("/mirrors/{target}/runs/{runId}", resource::run);
            config.routes.get("/mirrors/{target}/unknown", resource::unknown);
            webhooks.forEach(config.routes::post);
            config.routes.get("/health/live", ctx -> answer(ctx, health.live()));
            config.routes.get("/health/ready", ctx -> answer(ctx, health.readiness()));
            config.routes.get("/metrics", ctx -> ctx.contentType("text/plain; version=0.0.4")
                    .result(meters.scrape()));
            config.routes.exception(Problem.class, Problem::answer);
            config.routes.exception(HttpResponseException.class, (e, ctx) -> new Problem(
                            e.getStatus(), ctx.method() + " " + ctx.path() + " is not served here")
                    .answer(ctx));
            config.routes.exception(
                    CompletionException.class,
                    (e, ctx) -> new Problem(503, "Kafka does not take it at the moment; try again").answer(ctx));
            config.routes.exception(Exception.class, (e, ctx) -> {
                LOG.error("{} {} failed", ctx.method(), ctx.path(), e);
                new Problem(500, "the server failed; its log says why").answer(ctx);
            });
        });
    }

    private static void answer(Context ctx, Health.Verdict verdict) {
        ctx.status(verdict.status()).contentType("application/json").result(verdict.json());
    }

    public void start() {
        server.start(settings.host(), settings.port());
    }

    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.stop();
    }
}
