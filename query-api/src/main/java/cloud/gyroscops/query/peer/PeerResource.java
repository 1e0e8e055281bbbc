package cloud.gyroscops.query.peer;

import cloud.gyroscops.query.problem.Problem;
import cloud.gyroscops.topology.view.Forwarded;
import cloud.gyroscops.topology.view.LocalViews;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /internal/questions/{version}/{name}}: answers another instance's question from the stores of that version of the
 * views that are here, and never asks any further; 421 where none of the partitions is here, or where there is no such question.
 * Only for who knows the secret that the instances share; and only as JSON, which pages of other origins cannot send unasked.
 */
public final class PeerResource {

    /** Carries the secret. */
    static final String SECRET = "X-Gyroscops-Peer";

    private static final Logger LOG = LoggerFactory.getLogger(PeerResource.class);

    private final IntFunction<Optional<LocalViews>> views;
    private final byte[] secret;
    private final boolean open;
    private final QuestionJson json = new QuestionJson();

    /**
     * Answers from these views.
     *
     * @param views by their version, as far as they are here
     * @param host that HTTP listens on; without a secret only who listens on loopback answers
     */
    public PeerResource(IntFunction<Optional<LocalViews>> views, PeerSettings settings, String host) {
        this.views = views;
        this.secret = settings.secret().getBytes(StandardCharsets.UTF_8);
        this.open = settings.secret().isEmpty() && PeerAddress.loopback(host);
        if (secret.length == 0 && !open) {
            LOG.warn(
                    "HTTP listens on {}, which is more than loopback, and GYROSCOPS_PEER_SECRET is not set: this"
                            + " instance answers no other instances",
                    host);
        }
    }

    /** Answers. */
    public void post(Context ctx) throws IOException {
        if (!open && !knowsTheSecret(ctx)) {
            throw new Problem(
                    403,
                    secret.length == 0
                            ? "this instance listens on more than loopback, and GYROSCOPS_PEER_SECRET is not set"
                            : "the secret that the instances share is missing or another one");
        }
        var type = ctx.contentType();
        if (type == null || !type.split(";", 2)[0].strip().equalsIgnoreCase("application/json")) {
            throw new Problem(415, "a question is of type " + type + "; it must be application/json");
        }
        if (!QuestionJson.knows(ctx.pathParam("name"))) {
            throw new Problem(421, "there is no question \"" + ctx.pathParam("name") + "\" here");
        }
        try {
            int version = Integer.parseInt(ctx.pathParam("version"));
            answer(ctx, version, json.question(ctx.pathParam("name"), ctx.bodyAsBytes()));
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest(null, e.getMessage());
        }
    }

    private <A> void answer(Context ctx, int version, Forwarded<A> forwarded) throws IOException {
        var answers = views.apply(version).map(here -> here.answer(forwarded)).orElse(Map.of());
        if (answers.isEmpty()) {
            throw new Problem(
                    421,
                    "partitions " + forwarded.partitions() + " of version " + version
                            + " cannot be answered for by this instance");
        }
        ctx.contentType("application/json").result(json.answers(forwarded.question(), answers));
    }

    /** In a time that tells nothing of how much of it is right. */
    private boolean knowsTheSecret(Context ctx) {
        var shown = ctx.header(SECRET);
        return secret.length > 0
                && shown != null
                && MessageDigest.isEqual(shown.getBytes(StandardCharsets.UTF_8), secret);
    }
}
