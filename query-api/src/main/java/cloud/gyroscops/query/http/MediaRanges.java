package cloud.gyroscops.query.http;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The media types that a client accepts.
 *
 * @param accepted as in the header; ranges that are malformed do not count; null: any
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1">RFC 9110, Accept</a>
 */
public record MediaRanges(String accepted) {

    private static final Pattern QUALITY = Pattern.compile("q\\s*=\\s*(0(?:\\.[0-9]{0,3})?|1(?:\\.0{0,3})?)");
    private static final int NAMED = 2;

    /** How much a type, like {@code text/html}, is liked, from 0 to 1: the range that is closest to it counts. */
    public double liking(String type) {
        if (accepted == null) {
            return 1;
        }
        double liking = 0;
        int closest = -1;
        for (var range : accepted.toLowerCase(Locale.ROOT).split(",")) {
            var parts = range.split(";");
            int closeness = closeness(parts[0].strip(), type);
            double quality = quality(parts);
            if (closeness >= 0 && quality >= 0 && closeness >= closest) {
                liking = closeness > closest ? quality : Math.max(liking, quality);
                closest = closeness;
            }
        }
        return liking;
    }

    /** Whether a type is named, rather than meant by a range of types. */
    public boolean names(String type) {
        if (accepted != null) {
            for (var range : accepted.toLowerCase(Locale.ROOT).split(",")) {
                if (closeness(range.split(";")[0].strip(), type) == NAMED) {
                    return true;
                }
            }
        }
        return false;
    }

    private static int closeness(String range, String type) {
        if (range.equals(type)) {
            return NAMED;
        }
        if (range.equals("*/*")) {
            return 0;
        }
        return range.endsWith("/*") && type.startsWith(range.substring(0, range.length() - 1)) ? 1 : -1;
    }

    private static double quality(String[] parts) {
        for (int i = 1; i < parts.length; i++) {
            var parameter = parts[i].strip();
            if (parameter.startsWith("q")) {
                var quality = QUALITY.matcher(parameter);
                return quality.matches() ? Double.parseDouble(quality.group(1)) : -1;
            }
        }
        return 1;
    }
}
