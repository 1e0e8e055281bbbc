package cloud.gyroscops.connectors.stripe.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;

/** The calls over HTTP: keys, idempotency, errors, and what goes wrong on the way. */
final class Server {

    private final Api api;
    private final IdempotencyKeys keys;
    private final Faults faults;
    private final Supplier<Duration> latency;
    private final byte[] authorization;
    private final Duration hang;
    private final Consumer<Optional<String>> called;

    Server(
            Api api,
            IdempotencyKeys keys,
            Faults faults,
            Supplier<Duration> latency,
            SimulatorSettings settings,
            Consumer<Optional<String>> called) {
        this.api = api;
        this.keys = keys;
        this.faults = faults;
        this.latency = latency;
        this.authorization = ("Bearer " + settings.apiKey()).getBytes(StandardCharsets.UTF_8);
        this.hang = settings.hang();
        this.called = called;
    }

    Javalin javalin() {
        return Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.http.asyncTimeout = 0;
            routes(config);
        });
    }

    private void routes(JavalinConfig config) {
        var routes = config.routes;
        var books = api.books;
        routes.post("/v1/customers", on((id, form) -> api.customers.create(form)));
        routes.get("/v1/customers", on((id, form) -> api.list(books.customers, "/v1/customers", form)));
        routes.get("/v1/customers/search", on((id, form) -> api.search(books.customers, "/v1/customers/search", form)));
        routes.get("/v1/customers/{id}", on((id, form) -> api.retrieve(books.customers, id, "id", form)));
        routes.post("/v1/customers/{id}", on(api.customers::update));
        routes.delete("/v1/customers/{id}", on((id, form) -> api.customers.delete(id)));
        routes.post("/v1/payment_intents", on((id, form) -> api.intents.create(form)));
        routes.get("/v1/payment_intents", on((id, form) -> api.list(books.intents, "/v1/payment_intents", form)));
        routes.get(
                "/v1/payment_intents/search",
                on((id, form) -> api.search(books.intents, "/v1/payment_intents/search", form)));
        routes.get("/v1/payment_intents/{id}", on((id, form) -> api.retrieve(books.intents, id, "intent", form)));
        routes.post("/v1/payment_intents/{id}", on(api.intents::update));
        routes.post("/v1/payment_intents/{id}/confirm", on(api.intents::confirm));
        routes.post("/v1/payment_intents/{id}/capture", on(api.intents::capture));
        routes.post("/v1/payment_intents/{id}/cancel", on(api.intents::cancel));
        routes.get("/v1/charges/{id}", on((id, form) -> api.retrieve(books.charges, id, "charge", form)));
        routes.post("/v1/refunds", on((id, form) -> api.refunds.create(form)));
        routes.get("/v1/refunds", on((id, form) -> api.list(books.refunds, "/v1/refunds", form)));
        routes.get("/v1/refunds/{id}", on((id, form) -> api.retrieve(books.refunds, id, "id", form)));
        routes.error(404, ctx -> {
            if (ctx.res().getHeader("Request-Id") == null) {
                send(
                        ctx,
                        answer(Rejection.of(
                                404,
                                "invalid_request_error",
                                null,
                                "Unrecognized request URL (" + ctx.method() + ": " + ctx.path() + ").")));
            }
        });
    }

    /** A call on an object, whose id is in the path, with parameters. */
    private Handler on(BiFunction<String, Form, ObjectNode> call) {
        return ctx -> {
            called.accept(Optional.ofNullable(ctx.header("traceparent")));
            ctx.header("Request-Id", Shapes.id("req_"));
            var fault = faults.draw(ctx.path());
            var answer = fault.flatMap(Server::instead).orElseGet(() -> answer(ctx, call, fault));
            boolean before = fault.filter(Fault.DROP_BEFORE_EFFECT::equals).isPresent();
            boolean drops = before
                    || fault.filter(each -> each == Fault.DROP_AFTER_EFFECT || each == Fault.TIME_OUT_AFTER_EFFECT)
                            .isPresent();
            var wait = fault.filter(Fault.TIME_OUT_AFTER_EFFECT::equals).isPresent() ? hang : latency.get();
            if (wait.isZero()) {
                finish(ctx, answer, drops);
            } else {
                Executor later = CompletableFuture.delayedExecutor(wait.toMillis(), TimeUnit.MILLISECONDS);
                ctx.future(() -> CompletableFuture.runAsync(() -> finish(ctx, answer, drops), later));
            }
        };
    }

    /** What is answered before anything is done. */
    private static Optional<Answer> instead(Fault fault) {
        return switch (fault) {
            case RATE_LIMIT ->
                Optional.of(answer(Rejection.of(
                        429,
                        "invalid_request_error",
                        "rate_limit",
                        "Testmode request rate limit exceeded, the rate limits in testmode are lower than livemode.")));
            case SERVER_ERROR ->
                Optional.of(
                        answer(Rejection.of(500, "api_error", null, "An unknown error occurred; nothing was done.")));
            case KEY_IN_USE ->
                Optional.of(answer(Rejection.of(
                        409,
                        "idempotency_error",
                        "idempotency_key_in_use",
                        "There is currently another in-progress request using this Idempotent Key.")));
            case DROP_BEFORE_EFFECT -> Optional.of(new Answer(0, "", false));
            default -> Optional.empty();
        };
    }

    private Answer answer(Context ctx, BiFunction<String, Form, ObjectNode> call, Optional<Fault> fault) {
        try {
            authorize(ctx);
            boolean posted = ctx.method() == HandlerType.POST;
            var form = Form.parse(posted ? ctx.body() : ctx.queryString());
            var id = ctx.pathParamMap().getOrDefault("id", "");
            var key = ctx.header("Idempotency-Key");
            synchronized (api.books) {
                if (!posted || key == null || key.isEmpty()) {
                    return executed(id, form, call, fault);
                }
                var request = ctx.path() + "?" + form.canonical();
                var before = keys.before(key, request);
                if (before.isPresent()) {
                    return before.get();
                }
                try {
                    var answer = executed(id, form, call, fault);
                    keys.remember(key, request, answer);
                    return answer;
                } catch (Rejection rejection) {
                    if (rejection.remembered()) {
                        keys.remember(key, request, answer(rejection));
                    }
                    throw rejection;
                }
            }
        } catch (Rejection rejection) {
            return answer(rejection);
        }
    }

    private Answer executed(String id, Form form, BiFunction<String, Form, ObjectNode> call, Optional<Fault> fault) {
        var object = call.apply(id, form);
        if (fault.filter(Fault.SERVER_ERROR_AFTER_EFFECT::equals).isPresent()) {
            return answer(Rejection.of(500, "api_error", null, "An unknown error occurred."));
        }
        boolean one = form.items("expand").stream().noneMatch(item -> item.startsWith("data."));
        return Answer.of(200, one ? api.expanded(object.deepCopy(), form, "") : object);
    }

    private void authorize(Context ctx) {
        var given = Optional.ofNullable(ctx.header("Authorization")).orElse("");
        if (given.isEmpty()) {
            throw Rejection.of(
                    401, "invalid_request_error", null, "You did not provide an API key in the Authorization header.");
        }
        if (!MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), authorization)) {
            throw Rejection.of(401, "invalid_request_error", null, "Invalid API Key provided: sk_test_********");
        }
    }

    private static Answer answer(Rejection rejection) {
        return Answer.of(rejection.status(), rejection.json());
    }

    private static void finish(Context ctx, Answer answer, boolean drops) {
        if (drops) {
            ServletContextRequest.getServletContextRequest(ctx.req())
                    .getConnectionMetaData()
                    .getConnection()
                    .getEndPoint()
                    .close();
        } else {
            send(ctx, answer);
        }
    }

    private static void send(Context ctx, Answer answer) {
        ctx.status(answer.status()).contentType("application/json").result(answer.body());
        if (answer.replayed()) {
            ctx.header("Idempotent-Replayed", "true");
        }
        if (answer.status() == 429) {
            ctx.header("Retry-After", "1");
        }
    }
}
