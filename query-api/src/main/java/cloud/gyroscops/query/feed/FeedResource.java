package cloud.gyroscops.query.feed;

import cloud.gyroscops.query.http.MediaRanges;
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

    /** Whether the client wants to follow events: it likes that better than pages of them, or as much and says so. */
    public static boolean wanted(Context ctx) {
        var accepted = new MediaRanges(ctx.header("Accept"));
        double liking = accepted.liking(STREAM);
        double likingPages = accepted.liking("application/json");
        return liking > likingPages || liking > 0 && liking == likingPages && accepted.names(STREAM);
    }

    /**
     * Events from where the reader has been, or from now on. Whoever is not let in is told so as those are who are sent away: a
     * browser that gets a 503 never comes back.
     */
    public void follow(Context ctx) throws InterruptedException, IOException {
        var parameters = EventParameters.ofFeed(ctx);
        var filter = parameters.filter();
        var position = parameters.position(feed.partitions());
        if (ctx.method().equals(HandlerType.HEAD)) {
            ctx.contentType(STREAM).header("Cache-Control", "no-store");
            return;
        }
        try {
            feed.open(ctx, filter, position);
        } catch (NotAdmitted e) {
            ctx.contentType(STREAM).header("Cache-Control", "no-store").result(ServerSentEvents.cutOff(e.reason()));
        }
    }
}
