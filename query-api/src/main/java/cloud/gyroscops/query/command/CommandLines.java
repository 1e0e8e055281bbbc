package cloud.gyroscops.query.command;

import cloud.gyroscops.contract.CommandResult;
import cloud.gyroscops.query.problem.Problem;
import cloud.gyroscops.schemas.json.AvroToJson;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Many commands in one request, one a line; one line of answer for each, in the same order, as soon as it is there: the
 * result, with {@code line} added, or a problem with {@code line} and status {@code MALFORMED}. What is {@code
 * UNPUBLISHED}, or still {@code PENDING} a minute after it was sent, may be sent again under its commandId. A bounded
 * number is under way at once. Reading and answering go on side by side: a client may wait for an answer before it sends
 * its next line.
 */
final class CommandLines {

    private static final int UNDER_WAY = 2_000;
    private static final int LONGEST_LINE = 1 << 20;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
    private static final int UNAVAILABLE = 503;
    private static final Line END = new Line(0, null, null, null, 0);

    private final CommandGateway gateway;
    private final Context ctx;
    private final TraceContext trace;
    private final BlockingQueue<Line> underWay = new ArrayBlockingQueue<>(UNDER_WAY);
    private volatile IOException gone;

    /** A line that was read: its command's result to come, or what is wrong with it. */
    private record Line(long number, String commandId, Future<CommandResult> result, Problem problem, long answerBy) {}

    CommandLines(CommandGateway gateway, Context ctx) {
        this.gateway = gateway;
        this.ctx = ctx;
        this.trace = TraceContext.of(ctx);
    }

    void run() {
        ctx.status(200).contentType("application/x-ndjson");
        // Javalin's own stream keeps what is flushed until there is enough to compress.
        var out = servletStream();
        var answers = new Thread(() -> answerAll(out), "command-lines");
        answers.start();
        try {
            var lines = new LimitedLines(ctx.bodyInputStream(), LONGEST_LINE);
            long number = 0;
            for (var text = lines.next(); text != null && gone == null; text = lines.next()) {
                number++;
                if (lines.wasCut()) {
                    underWay.put(wrong(number, Problem.badRequest(null, "the line has more than 1 MiB")));
                } else if (!text.isBlank()) {
                    underWay.put(send(number, text));
                }
            }
        } catch (IOException e) {
            gone = e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            join(answers);
        }
        if (gone != null) {
            // What was published is handled, and a repeated request finds the same results.
            throw new UncheckedIOException("the client has gone", gone);
        }
    }

    private OutputStream servletStream() {
        try {
            return ctx.res().getOutputStream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void join(Thread answers) {
        try {
            underWay.put(END);
            answers.join();
        } catch (InterruptedException e) {
            answers.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    private void answerAll(OutputStream out) {
        try {
            for (var line = underWay.take(); line != END; line = underWay.take()) {
                if (gone == null) {
                    answer(line, out);
                } else if (line.result != null) {
                    line.result.cancel(false);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Flushes before it would wait, so that the client has what there is. */
    private void answer(Line line, OutputStream out) {
        try {
            if (line.problem == null && !line.result.isDone()) {
                out.flush();
            }
            write(line, out);
            if (underWay.isEmpty()) {
                out.flush();
            }
        } catch (IOException e) {
            gone = e;
        }
    }

    private Line send(long number, String text) {
        long answerBy = System.nanoTime() + LONGEST_WAIT.toNanos();
        String commandId = null;
        try {
            var request = CommandRequest.parse(text, null);
            commandId = request.message().header().getCommandId();
            return new Line(number, commandId, gateway.send(request, trace).result(), null, answerBy);
        } catch (Problem problem) {
            return new Line(number, commandId, null, problem, answerBy);
        }
    }

    private static Line wrong(long number, Problem problem) {
        return new Line(number, null, null, problem, 0);
    }

    private static void write(Line line, OutputStream out) throws IOException {
        var answer = JsonNodeFactory.instance.objectNode().put("line", line.number);
        answer.setAll(answer(line));
        out.write(answer.toString().getBytes(StandardCharsets.UTF_8));
        out.write('\n');
    }

    private static ObjectNode answer(Line line) {
        if (line.problem != null) {
            return line.problem.status() == UNAVAILABLE
                    ? unanswered(line, "UNPUBLISHED").put("detail", line.problem.getMessage())
                    : line.problem.json().put("status", "MALFORMED");
        }
        try {
            // From when it was sent: many that wait have waited side by side.
            return AvroToJson.result(
                    line.result.get(Math.max(0, line.answerBy - System.nanoTime()), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            // Nobody waits for it any more.
            line.result.cancel(false);
            return unanswered(line, "PENDING");
        } catch (ExecutionException e) {
            return unanswered(line, "UNPUBLISHED").put("detail", e.getCause().getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return unanswered(line, "PENDING");
        }
    }

    private static ObjectNode unanswered(Line line, String status) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("commandId", line.commandId)
                .put("status", status);
    }
}
