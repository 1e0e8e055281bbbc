package cloud.gyroscops.connectors.stripe;

import cloud.gyroscops.connectors.http.Problem;
import cloud.gyroscops.connectors.target.Fact;
import cloud.gyroscops.connectors.target.FactPublisher;
import cloud.gyroscops.connectors.target.TargetException;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /webhooks/stripe}: 200 once all that it says is acknowledged by Kafka; 400 for what is not from Stripe; 413 for
 * bodies over 256 KiB; 503 with Retry-After where something is out of reach, or too much waits for it, so that Stripe sends it
 * again. Errors are problems (RFC 9457).
 */
public final class WebhookResource implements Handler {

    /** The longest body that is looked at, in bytes. */
    public static final int LARGEST_BODY = 256 << 10;

    private static final Logger LOG = LoggerFactory.getLogger(WebhookResource.class);

    private static final int ASKED_AT_ONCE = 8;
    private static final int MOST_WAITING = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final int MOST_DISCARDED = 1 << 20;

    private final StripeWebhooks webhooks;
    private final FactPublisher publisher;
    private final Clock clock;

    /** What webhooks make us ask Stripe takes no thread from those that only have to be taken in. */
    private final ThreadPoolExecutor questions;

    public WebhookResource(StripeWebhooks webhooks, FactPublisher publisher, Clock clock) {
        this.webhooks = webhooks;
        this.publisher = publisher;
        this.clock = clock;
        questions = new ThreadPoolExecutor(
                ASKED_AT_ONCE,
                ASKED_AT_ONCE,
                PATIENCE.toSeconds(),
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(MOST_WAITING),
                task -> {
                    var thread = new Thread(task, "stripe-webhooks");
                    thread.setDaemon(true);
                    return thread;
                });
        questions.allowCoreThreadTimeOut(true);
    }

    @Override
    public void handle(Context ctx) throws IOException {
        if (ctx.req().getContentLengthLong() > LARGEST_BODY) {
            tooLarge(ctx);
            return;
        }
        var body = ctx.bodyInputStream().readNBytes(LARGEST_BODY + 1);
        if (body.length > LARGEST_BODY) {
            tooLarge(ctx);
            return;
        }
        try {
            var notice = webhooks.receive(body, ctx.header("Stripe-Signature"), clock.instant());
            if (notice.isPresent()) {
                take(ctx, notice.get());
            } else {
                new Problem(
                                400,
                                "Stripe-Signature is missing, not by a secret that is known here, or too old or too new")
                        .answer(ctx);
            }
        } catch (IllegalArgumentException e) {
            new Problem(400, e.getMessage()).answer(ctx);
        }
    }

    private void take(Context ctx, StripeNotice notice) {
        ctx.future(() -> notice.question()
                .map(this::answered)
                .orElseGet(() -> CompletableFuture.completedFuture(notice.facts()))
                .thenCompose(facts -> CompletableFuture.allOf(
                        facts.stream().map(this::published).toArray(CompletableFuture[]::new)))
                .handle((done, failure) -> {
                    if (failure == null) {
                        ctx.status(200).result("");
                    } else {
                        var why = failure instanceof CompletionException ? failure.getCause() : failure;
                        LOG.warn("{} {} has to be sent again: {}", notice.type(), notice.eventId(), why.toString());
                        unavailable(ctx);
                    }
                    return Optional.empty();
                }));
    }

    private CompletableFuture<List<Fact>> answered(StripeNotice.Question question) {
        var answer = new CompletableFuture<List<Fact>>();
        try {
            var asking = questions.submit(() -> {
                try {
                    answer.complete(question.ask());
                } catch (TargetException | RuntimeException | InterruptedException e) {
                    // An interrupt is the end of the patience below.
                    answer.completeExceptionally(e);
                }
            });
            return answer.orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).whenComplete((facts, failure) -> {
                if (failure instanceof TimeoutException) {
                    asking.cancel(true);
                }
            });
        } catch (RejectedExecutionException full) {
            return CompletableFuture.failedFuture(full);
        }
    }

    private CompletableFuture<Void> published(Fact fact) {
        try {
            return publisher.publish(fact);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /**
     * Of a body that is not far too large, the rest is taken in and thrown away: a connection that is closed while its client
     * still sends may be reset before the client has read why.
     */
    private static void tooLarge(Context ctx) throws IOException {
        var body = ctx.req().getInputStream();
        var thrownAway = new byte[8 << 10];
        for (int left = MOST_DISCARDED; left > 0; ) {
            int read = body.read(thrownAway);
            left = read < 0 ? 0 : left - read;
        }
        new Problem(413, "the body has more than " + LARGEST_BODY + " bytes, which is more than Stripe sends")
                .answer(ctx);
    }

    private static void unavailable(Context ctx) {
        new Problem(503, "the event cannot be taken in at the moment; send it again").answer(ctx);
    }
}
