package cloud.gyroscops.query.feed;

import java.util.Locale;

/** Why a reader is sent away, or not let in; it may come back and go on where it was. */
enum CutOff {
    TOO_SLOW("events came faster than you read them"),
    FULL("the feed has as many readers as it may have"),
    STOPPING("the server stops"),
    UNAVAILABLE("the events cannot be read at the moment"),
    UNREADABLE("the next event is in a format that this server does not know");

    private final String detail;

    CutOff(String detail) {
        this.detail = detail;
    }

    /** For programs, like {@code too-slow}. */
    String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** For people. */
    String detail() {
        return detail;
    }
}
