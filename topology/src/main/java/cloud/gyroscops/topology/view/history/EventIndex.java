package cloud.gyroscops.topology.view.history;

import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.EventKey;
import cloud.gyroscops.schemas.EventMessage;
import java.time.Instant;

/**
 * An aggregate type's events by type and time. A key is {@code type@millis@aggregateId@version}, with 15 digits of
 * milliseconds since 1970 and 19 of the version; a value is the event's organization and, after a space, its actor.
 */
public final class EventIndex {

    private static final int DIGITS = 15;
    private static final long LATEST = 999_999_999_999_999L;

    private EventIndex() {}

    /** The name of the store. */
    public static String store(Aggregate aggregate) {
        return aggregate.plural() + "-event-index";
    }

    /** The key of an event. */
    public static String key(EventMessage event) {
        var header = event.header();
        return from(event.payload().getSchema().getName(), header.getOccurredAt())
                + EventKey.ordered(header.getAggregateId(), header.getVersion());
    }

    /** The value of an event. */
    public static String value(EventMessage event) {
        return event.header().getOrganizationId() + ' ' + event.header().getActor();
    }

    /**
     * What all keys of a type's events from a time on are greater than, and all earlier ones are less than: events have
     * whole milliseconds, and none within one is as late as what comes after its beginning.
     */
    public static String from(String type, Instant time) {
        long begun = time.toEpochMilli();
        long millis = Math.min(LATEST, Math.max(0, Instant.ofEpochMilli(begun).isBefore(time) ? begun + 1 : begun));
        var digits = Long.toString(millis);
        return type + '@' + "0".repeat(DIGITS - digits.length()) + digits + '@';
    }

    /** The time in a key. */
    public static Instant time(String key) {
        int start = key.indexOf('@') + 1;
        return Instant.ofEpochMilli(Long.parseLong(key, start, start + DIGITS, 10));
    }

    /** The event's key in a key, as stores order it. */
    public static String event(String key) {
        return key.substring(key.indexOf('@') + 1 + DIGITS + 1);
    }

    /** The organization in a value. */
    public static String organization(String value) {
        return value.substring(0, value.indexOf(' '));
    }

    /** The actor in a value. */
    public static String actor(String value) {
        return value.substring(value.indexOf(' ') + 1);
    }
}
