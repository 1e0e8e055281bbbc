package cloud.gyroscops.query.feed;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;

/** {@code /events} for those who accept {@code text/event-stream}: the live feed. */
public final class FeedResource {

    private static final String STREAM = "text/event-stream";

    private final EventFeed feed;

    public FeedResource(EventFeed feed) {
        this.feed = feed;
    }

    /** Whether the client wants to follow events. */
    public static boolean wanted(Context ctx) {
        var accepted = ctx.header("Accept");
        return accepted != null && accepted.contains(STREAM);
    }

    /** Events from where the reader has been, or from now on. */
    public void follow(Context ctx) throws InterruptedException, IOException {
        var parameters = EventParameters.ofFeed(ctx);
        var filter = parameters.filter();
        var position = parameters.position(feed.partitions());
        if (ctx.method().equals(HandlerType.HEAD)) {
            ctx.contentType(STREAM).header("Cache-Control", "no-store");
            return;
        }
        feed.open(ctx, filter, position);
    }
}
