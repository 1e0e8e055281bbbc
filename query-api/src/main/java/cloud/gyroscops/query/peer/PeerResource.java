package cloud.gyroscops.query.peer;

import cloud.gyroscops.query.problem.Problem;
import cloud.gyroscops.topology.view.Forwarded;
import cloud.gyroscops.topology.view.LocalViews;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * {@code POST /internal/questions/{name}}: answers another instance's question from the stores that are here, and never asks
 * any further; 421 where none of the partitions is here. Only for who knows the secret that the instances share.
 */
public final class PeerResource {

    /** Carries the secret. */
    static final String SECRET = "X-Gyroscops-Peer";

    private final LocalViews views;
    private final byte[] secret;
    private final boolean open;
    private final QuestionJson json = new QuestionJson();

    /**
     * Answers from these views.
     *
     * @param host that HTTP listens on; without a secret only who listens on loopback answers
     */
    public PeerResource(LocalViews views, PeerSettings settings, String host) {
        this.views = views;
        this.secret = settings.secret().getBytes(StandardCharsets.UTF_8);
        this.open = settings.secret().isEmpty() && PeerAddress.loopback(host);
    }

    /** Answers. */
    public void post(Context ctx) throws IOException {
        if (!open && !knowsTheSecret(ctx)) {
            throw new Problem(
                    403,
                    "Not for you",
                    secret.length == 0
                            ? "this instance listens on more than loopback, and GYROSCOPS_PEER_SECRET is not set"
                            : "the secret that the instances share is missing or another one");
        }
        try {
            answer(ctx, json.question(ctx.pathParam("name"), ctx.bodyAsBytes()));
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest(null, e.getMessage());
        }
    }

    private <A> void answer(Context ctx, Forwarded<A> forwarded) throws IOException {
        var answers = views.answer(forwarded);
        if (answers.isEmpty()) {
            throw new Problem(
                    421,
                    "Not here",
                    "partitions " + forwarded.partitions() + " cannot be answered for by this instance");
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
