package cloud.gyroscops.query.language;

import io.javalin.http.Context;
import java.util.Locale;
import java.util.regex.Pattern;

/** A language that labels are in: French unless a client likes English better. */
public enum Language {
    FRENCH("fr"),
    ENGLISH("en");

    private static final Pattern QUALITY = Pattern.compile("[qQ]\\s*=\\s*(0(?:\\.[0-9]{0,3})?|1(?:\\.0{0,3})?)");

    private final String tag;

    Language(String tag) {
        this.tag = tag;
    }

    /** The one for an answer, which from then on varies with what the client accepts. */
    public static Language of(Context ctx) {
        ctx.res().addHeader("Vary", "Accept-Language");
        return preferred(ctx.header("Accept-Language"));
    }

    /**
     * The one that a client likes best; of two that it likes the same, the one it names first.
     *
     * @param accepted as in the header; ranges that are malformed do not count; null: any
     * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-12.5.4">RFC 9110, Accept-Language</a>
     */
    static Language preferred(String accepted) {
        if (accepted == null) {
            return FRENCH;
        }
        var ranges = accepted.split(",");
        var french = FRENCH.liking(ranges);
        var english = ENGLISH.liking(ranges);
        boolean better = english.quality > french.quality
                || english.quality == french.quality && english.quality > 0 && english.place < french.place;
        return better ? ENGLISH : FRENCH;
    }

    /** How much a client likes a language, and where it says so. */
    private record Liking(double quality, int place) {}

    /** What names the language counts more than what means any. */
    private Liking liking(String[] ranges) {
        var any = new Liking(0, Integer.MAX_VALUE);
        Liking named = null;
        for (int place = 0; place < ranges.length; place++) {
            var parts = ranges[place].split(";", 2);
            var range = parts[0].strip().toLowerCase(Locale.ROOT);
            double quality = parts.length == 1 ? 1 : quality(parts[1].strip());
            if (quality < 0) {
                continue;
            }
            if (range.equals("*")) {
                any = new Liking(quality, Integer.MAX_VALUE);
            } else if ((range.equals(tag) || range.startsWith(tag + '-'))
                    && (named == null || quality > named.quality)) {
                named = new Liking(quality, place);
            }
        }
        return named == null ? any : named;
    }

    private static double quality(String parameter) {
        var quality = QUALITY.matcher(parameter);
        return quality.matches() ? Double.parseDouble(quality.group(1)) : -1;
    }
}
