package cloud.gyroscops.query;

import cloud.gyroscops.query.aggregate.AggregateResource;
import cloud.gyroscops.query.command.CommandsResource;
import cloud.gyroscops.query.health.HealthResource;
import cloud.gyroscops.query.problem.Problem;
import cloud.gyroscops.schemas.registry.RegistryUnavailableException;
import cloud.gyroscops.topology.view.ViewsNotReadyException;
import io.javalin.config.JavalinConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every endpoint, one line each, and the one place where failures become problems. */
record Routes(
        CommandsResource commands,
        AggregateResource organizations,
        AggregateResource users,
        AggregateResource payments,
        HealthResource health,
        PrometheusMeterRegistry meters) {

    private static final Logger LOG = LoggerFactory.getLogger(Routes.class);

    void register(JavalinConfig config) {
        var routes = config.routes;
        routes.post("/commands", commands::post);
        routes.get("/commands/{id}", commands::get);
        routes.get("/organizations/{id}", organizations::get);
        routes.get("/organizations/{id}/history", organizations::history);
        routes.get("/users/{id}", users::get);
        routes.get("/users/{id}/history", users::history);
        routes.get("/payments/{id}", payments::get);
        routes.get("/payments/{id}/history", payments::history);
        routes.get("/health/live", health::live);
        routes.get("/health/ready", health::ready);
        routes.get(
                "/metrics", ctx -> ctx.contentType("text/plain; version=0.0.4").result(meters.scrape()));

        routes.exception(Problem.class, (problem, ctx) -> problem.answer(ctx));
        routes.exception(ViewsNotReadyException.class, (e, ctx) -> Problem.unavailable(e.getMessage())
                .answer(ctx));
        routes.exception(RegistryUnavailableException.class, (e, ctx) -> Problem.unavailable(
                        "the schema registry cannot be reached")
                .answer(ctx));
        routes.exception(Exception.class, (e, ctx) -> {
            LOG.error("{} {} failed", ctx.method(), ctx.path(), e);
            new Problem(500, "Internal error", "the server failed; its log says why").answer(ctx);
        });
        for (int status : new int[] {404, 405, 413}) {
            routes.error(status, ctx -> {
                if (!Problem.isAnswerOf(ctx)) {
                    Problem.ofServer(status, ctx).answer(ctx);
                }
            });
        }
    }
}
