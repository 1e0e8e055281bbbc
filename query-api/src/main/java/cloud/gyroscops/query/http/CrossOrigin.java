package cloud.gyroscops.query.http;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.util.List;

/**
 * Lets pages from other origins read answers: from those that are named, or any where {@code *} is. There is nothing to
 * protect by credentials, so none are asked for.
 *
 * @see <a href="https://fetch.spec.whatwg.org/#http-cors-protocol">Fetch, the CORS protocol</a>
 */
public final class CrossOrigin {

    private static final String MAX_AGE_S = "600";

    private final List<String> origins;

    /** Allows these origins. */
    public CrossOrigin(List<String> origins) {
        this.origins = List.copyOf(origins);
    }

    /** Before a request is handled: whether this is all of the answer, to those that only ask what they may. */
    public boolean answers(Context ctx) {
        var origin = ctx.header("Origin");
        ctx.res().addHeader("Vary", "Origin");
        if (origin == null || !origins.contains("*") && !origins.contains(origin)) {
            return false;
        }
        ctx.header("Access-Control-Allow-Origin", origin);
        ctx.header(
                "Access-Control-Expose-Headers",
                "ETag, Location, Preference-Applied, Retry-After, X-Request-Id, X-Staleness");
        boolean all = ctx.method().equals(HandlerType.OPTIONS) && ctx.header("Access-Control-Request-Method") != null;
        if (all) {
            ctx.header("Access-Control-Allow-Methods", "GET, HEAD, POST")
                    .header(
                            "Access-Control-Allow-Headers",
                            "Accept-Language, Content-Type, Idempotency-Key, If-None-Match, Last-Event-ID, Prefer,"
                                    + " traceparent, X-Request-Id")
                    .header("Access-Control-Max-Age", MAX_AGE_S)
                    .status(204);
        }
        return all;
    }
}
