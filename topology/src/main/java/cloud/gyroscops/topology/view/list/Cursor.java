package cloud.gyroscops.topology.view.list;

import cloud.gyroscops.topology.view.index.Ordering;
import cloud.gyroscops.topology.view.index.Place;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A place in a list as a text that means nothing to those who keep it. */
final class Cursor {

    private static final String BETWEEN = "\n";

    private Cursor() {}

    static String write(Place place, Ordering ordering) {
        // The text last: it may hold anything.
        var parts = String.join(BETWEEN, sort(ordering), place.key(), String.valueOf(place.number()), place.text());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(parts.getBytes(StandardCharsets.UTF_8));
    }

    /** Throws {@code IllegalArgumentException} if it is none of this ordering. */
    static Place read(String cursor, Ordering ordering) {
        try {
            var text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            var parts = text.split(BETWEEN, 4);
            if (parts.length == 4 && parts[0].equals(sort(ordering))) {
                return new Place(Long.parseLong(parts[2]), parts[3], parts[1]);
            }
        } catch (IllegalArgumentException e) {
            throw wrong(cursor, e);
        }
        throw wrong(cursor, null);
    }

    private static IllegalArgumentException wrong(String cursor, Exception cause) {
        return new IllegalArgumentException(
                "cursor is \"" + cursor + "\"; it must be one that came with a page of the same sort", cause);
    }

    private static String sort(Ordering ordering) {
        return (ordering.descending() ? "-" : "+") + ordering.field();
    }
}
