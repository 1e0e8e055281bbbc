package cloud.gyroscops.query.feed;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/**
 * Server-sent events as text.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream">HTML, Server-sent
 *     events</a>
 */
final class ServerSentEvents {

    private static final int RETRY_MS = 2_000;

    private ServerSentEvents() {}

    /** An event, and the position behind it. */
    static String event(FeedPosition position, String json) {
        return "id: " + position + "\ndata: " + json + "\n\n";
    }

    /** The first thing that is said: where the reader is, and when to come back should the connection be lost. */
    static String greeting(FeedPosition position) {
        return ": here are the events\nid: " + position + "\nretry: " + RETRY_MS + "\n\n";
    }

    /** A position without an event: clients remember it, and hear nothing. */
    static String position(FeedPosition position, String comment) {
        return ": " + comment + "\nid: " + position + "\n\n";
    }

    /** The last event: why no more come, and when to come back. */
    static String cutOff(CutOff reason) {
        var data = JsonNodeFactory.instance
                .objectNode()
                .put("reason", reason.text())
                .put("detail", reason.detail())
                .put("retryAfterMs", RETRY_MS);
        return "event: cut-off\nretry: " + RETRY_MS + "\ndata: " + data + "\n\n";
    }
}
