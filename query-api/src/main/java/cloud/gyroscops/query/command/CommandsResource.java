package cloud.gyroscops.query.command;

import cloud.gyroscops.contract.CommandResult;
import cloud.gyroscops.query.problem.Problem;
import cloud.gyroscops.schemas.json.AvroToJson;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.javalin.http.Context;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/** {@code /commands}: publish one or many, and ask what became of one. */
public final class CommandsResource {

    private static final Pattern WAIT = Pattern.compile("(?:^|[,;\\s])wait\\s*=\\s*\"?(\\d{1,6})\"?");
    private static final int LONGEST_WAIT_S = 60;

    private final CommandGateway gateway;

    public CommandsResource(CommandGateway gateway) {
        this.gateway = gateway;
    }

    /**
     * Publishes one command. With {@code Prefer: wait=N} (seconds, up to 60) the answer is its result, if that is committed
     * in time; else 202, with the place to ask.
     */
    public void post(Context ctx) {
        if (isLines(ctx)) {
            new CommandLines(gateway, ctx).run();
            return;
        }
        var request = CommandRequest.parse(ctx.body(), ctx.header("Idempotency-Key"));
        var commandId = request.message().header().getCommandId();
        int wait = wait(ctx.header("Prefer"));
        var sent = gateway.send(request, TraceContext.of(ctx));
        if (wait == 0) {
            ctx.future(() -> sent.acknowledged()
                    .thenRun(() -> {
                        sent.result().cancel(false);
                        accepted(ctx, commandId);
                    })
                    .exceptionally(failure -> fail(ctx, failure)));
            return;
        }
        ctx.header("Preference-Applied", "wait=" + wait);
        ctx.future(() -> sent.result()
                .orTimeout(wait, TimeUnit.SECONDS)
                .thenAccept(result -> answer(ctx, result))
                .exceptionallyCompose(failure -> cause(failure) instanceof TimeoutException
                        ? sent.acknowledged().thenRun(() -> accepted(ctx, commandId))
                        : CompletableFuture.failedFuture(failure))
                .exceptionally(failure -> fail(ctx, failure)));
    }

    /** The result of a command; or that it is pending; or 404. */
    public void get(Context ctx) {
        var commandId = ctx.pathParam("id");
        var status = gateway.status(commandId);
        if (status instanceof CommandGateway.Status.Done done) {
            ctx.contentType("application/json")
                    .result(AvroToJson.result(done.result()).toString());
        } else if (status instanceof CommandGateway.Status.Pending) {
            ctx.header("Retry-After", "1").contentType("application/json").result(pending(commandId));
        } else {
            throw Problem.notFound("there is no command " + commandId + ", or its result is no longer kept");
        }
    }

    private static boolean isLines(Context ctx) {
        var type = ctx.contentType();
        return type != null && type.startsWith("application/x-ndjson");
    }

    /** @see <a href="https://www.rfc-editor.org/rfc/rfc7240#section-4.3">RFC 7240, the "wait" preference</a> */
    private static int wait(String prefer) {
        var found = prefer == null ? null : WAIT.matcher(prefer);
        return found != null && found.find() ? Math.min(LONGEST_WAIT_S, Integer.parseInt(found.group(1))) : 0;
    }

    private static void answer(Context ctx, CommandResult result) {
        if (result.getRefusal() == null) {
            ctx.status(200)
                    .contentType("application/json")
                    .result(AvroToJson.result(result).toString());
        } else {
            RefusalProblems.of(result).answer(ctx);
        }
    }

    private static void accepted(Context ctx, String commandId) {
        ctx.status(202)
                .header("Location", "/commands/" + commandId)
                .contentType("application/json")
                .result(pending(commandId));
    }

    private static String pending(String commandId) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("commandId", commandId)
                .put("status", "PENDING")
                .toString();
    }

    private static Void fail(Context ctx, Throwable failure) {
        if (cause(failure) instanceof Problem problem) {
            problem.answer(ctx);
            return null;
        }
        throw new CompletionException(cause(failure));
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
