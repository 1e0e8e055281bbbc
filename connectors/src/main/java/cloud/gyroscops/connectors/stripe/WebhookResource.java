package cloud.gyroscops.connectors.stripe;

import cloud.gyroscops.connectors.target.Fact;
import cloud.gyroscops.connectors.target.FactPublisher;
import cloud.gyroscops.connectors.target.TargetException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /webhooks/stripe}: 200 once all that it says is acknowledged by Kafka; 400 for what is not from Stripe; 413 for
 * bodies over 256 KiB; 503 where something is out of reach, so that Stripe sends it again. Errors are problems (RFC 9457).
 */
public final class WebhookResource implements Handler {

    /** The longest body that is read, in bytes. */
    public static final int LARGEST_BODY = 256 << 10;

    private static final Logger LOG = LoggerFactory.getLogger(WebhookResource.class);

    private final StripeWebhooks webhooks;
    private final FactPublisher publisher;
    private final Clock clock;

    public WebhookResource(StripeWebhooks webhooks, FactPublisher publisher, Clock clock) {
        this.webhooks = webhooks;
        this.publisher = publisher;
        this.clock = clock;
    }

    @Override
    public void handle(Context ctx) throws IOException, InterruptedException {
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
                publish(ctx, notice.get());
            } else {
                problem(
                        ctx,
                        400,
                        "Bad Request",
                        "Stripe-Signature is missing, not by a secret that is known here, or too old or too new");
            }
        } catch (IllegalArgumentException e) {
            problem(ctx, 400, "Bad Request", e.getMessage());
        } catch (TargetException e) {
            LOG.warn("A webhook waits for Stripe to answer: {}", e.getMessage());
            unavailable(ctx);
        }
    }

    private void publish(Context ctx, StripeNotice notice) {
        ctx.future(() -> CompletableFuture.allOf(
                        notice.facts().stream().map(this::published).toArray(CompletableFuture[]::new))
                .handle((done, failure) -> {
                    if (failure == null) {
                        ctx.status(200).result("");
                    } else {
                        LOG.warn("What {} {} says is not acknowledged", notice.type(), notice.eventId(), failure);
                        unavailable(ctx);
                    }
                    return Optional.empty();
                }));
    }

    private CompletableFuture<Void> published(Fact fact) {
        try {
            return publisher.publish(fact);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static void tooLarge(Context ctx) {
        problem(
                ctx,
                413,
                "Content Too Large",
                "the body has more than " + LARGEST_BODY + " bytes, which is more than Stripe sends");
    }

    private static void unavailable(Context ctx) {
        problem(ctx, 503, "Service Unavailable", "the event cannot be taken in at the moment; send it again");
        ctx.header("Retry-After", "1");
    }

    private static void problem(Context ctx, int status, String title, String detail) {
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("type", "about:blank")
                .put("title", title)
                .put("status", status)
                .put("detail", detail);
        ctx.status(status).contentType("application/problem+json").result(json.toString());
    }
}
