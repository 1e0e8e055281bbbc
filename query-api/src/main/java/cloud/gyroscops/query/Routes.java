package cloud.gyroscops.query;

import cloud.gyroscops.query.http.CrossOrigin;
import cloud.gyroscops.query.http.Parameters;
import cloud.gyroscops.query.http.RequestIds;
import cloud.gyroscops.query.problem.Problem;
import cloud.gyroscops.schemas.registry.RegistryUnavailableException;
import cloud.gyroscops.topology.view.ViewsNotReadyException;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Handler;
import io.javalin.http.MethodNotAllowedResponse;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every endpoint, one line each, and the one place where failures become problems. */
record Routes(Resources to, Readings readings, PrometheusMeterRegistry meters, List<String> corsOrigins) {

    private static final Logger LOG = LoggerFactory.getLogger(Routes.class);

    /** What paths begin with whose answers come from a version of the views. */
    private static final List<String> OF_VIEWS =
            List.of("/organizations/", "/users/", "/payments/", "/overall/", "/events");

    void register(JavalinConfig config) {
        var routes = config.routes;
        surround(routes);
        // They are matched in this order: what is asked most comes first.
        get(routes, "/users/{id}", to.users()::get);
        get(routes, "/users/{id}/history", to.userHistories()::history);
        get(routes, "/users/{id}/audit", to.userHistories()::audit);
        get(routes, "/users/{id}/mirrors", to.userHistories()::mirrors);
        get(routes, "/payments/{id}", to.payments()::get);
        get(routes, "/payments/{id}/history", to.paymentHistories()::history);
        get(routes, "/payments/{id}/audit", to.paymentHistories()::audit);
        get(routes, "/payments/{id}/mirrors", to.paymentHistories()::mirrors);
        get(routes, "/payments/{id}/report", to.payments()::report);
        get(routes, "/organizations/{id}", to.organizations()::get);
        get(routes, "/organizations/{id}/history", to.organizationHistories()::history);
        get(routes, "/organizations/{id}/mirrors", to.organizationHistories()::mirrors);
        get(routes, "/organizations/{id}/users", to.userLists()::list);
        get(routes, "/organizations/{id}/users/analytics", to.userAnalytics()::ofOrganization);
        get(routes, "/organizations/{id}/payments", to.paymentSearch()::ofOrganization);
        get(routes, "/organizations/{id}/payments/suggestions", to.paymentSearch()::suggestionsOfOrganization);
        get(routes, "/organizations/{id}/payments/statistics", to.paymentFigures()::statisticsOfOrganization);
        get(routes, "/organizations/{id}/payments/dashboard", to.paymentFigures()::dashboardOfOrganization);
        routes.post("/commands", plain(to.commands()::post));
        get(routes, "/commands/{id}", plain(to.commands()::get));
        // Under a root of their own: an aggregate may have any id.
        get(routes, "/overall/users/analytics", to.userAnalytics()::ofEverything);
        get(routes, "/overall/users/analytics/by-organization", to.userAnalytics()::byOrganization);
        get(routes, "/overall/payments", to.paymentSearch()::ofEverything);
        get(routes, "/overall/payments/suggestions", to.paymentSearch()::suggestionsOfEverything);
        get(routes, "/overall/payments/statistics", to.paymentFigures()::statisticsOfEverything);
        get(routes, "/overall/payments/dashboard", to.paymentFigures()::dashboardOfEverything);
        get(routes, "/events", to.events()::get);
        get(routes, "/health/live", plain(to.health()::live));
        get(routes, "/health/ready", plain(to.health()::ready));
        get(routes, "/metrics", plain(ctx -> ctx.contentType("text/plain; version=0.0.4")
                .result(meters.scrape())));
        get(routes, "/openapi.yaml", to.docs()::contract);
        get(routes, "/docs", to.docs()::page);
        get(routes, "/docs/{file}", to.docs()::file);
        routes.post("/internal/questions/{version}/{name}", plain(to.peers()::post));
        answerFailures(routes);
    }

    private void surround(RoutesConfig routes) {
        var requestIds = new RequestIds();
        var crossOrigin = new CrossOrigin(corsOrigins);
        Handler end = ctx -> {
            readings.end(ctx);
            requestIds.end(ctx);
        };
        routes.before(ctx -> {
            requestIds.begin(ctx);
            // Unless an answer says more of itself.
            ctx.header("Cache-Control", "no-store").res().addHeader("Vary", "Accept-Encoding");
            readings.begin(ctx);
            if (!corsOrigins.isEmpty() && crossOrigin.answers(ctx)) {
                // Those after it are skipped, too.
                end.handle(ctx.skipRemainingHandlers());
            } else if (readings.isVersionNamed(ctx) && OF_VIEWS.stream().anyMatch(ctx.path()::startsWith)) {
                readings.beginVersion(ctx);
            }
        });
        routes.after(end);
    }

    private static void get(RoutesConfig routes, String path, Handler handler) {
        routes.get(path, handler);
        routes.head(path, handler);
    }

    /** For endpoints that have no parameters in the query. */
    private static Handler plain(Handler handler) {
        return ctx -> {
            Parameters.NONE.read(ctx);
            handler.handle(ctx);
        };
    }

    private static void answerFailures(RoutesConfig routes) {
        routes.exception(Problem.class, (problem, ctx) -> problem.answer(ctx));
        routes.exception(ViewsNotReadyException.class, (e, ctx) -> Problem.unavailable(e.getMessage())
                .answer(ctx));
        routes.exception(RegistryUnavailableException.class, (e, ctx) -> Problem.unavailable(
                        "the schema registry cannot be reached")
                .answer(ctx));
        routes.exception(Exception.class, (e, ctx) -> {
            LOG.error("{} {} failed", ctx.method(), ctx.path(), e);
            Problem.ofServer(500, ctx).answer(ctx);
        });
        routes.exception(MethodNotAllowedResponse.class, (e, ctx) -> {
            e.getDetails().values().forEach(methods -> ctx.header("Allow", methods));
            Problem.ofServer(405, ctx).answer(ctx);
        });
        for (int status : new int[] {404, 405, 413, 500}) {
            routes.error(status, ctx -> {
                if (!Problem.isAnswerOf(ctx)) {
                    Problem.ofServer(status, ctx).answer(ctx);
                }
            });
        }
    }
}
