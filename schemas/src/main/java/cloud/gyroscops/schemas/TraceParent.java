package cloud.gyroscops.schemas;

import java.util.regex.Pattern;

/**
 * The trace that something is part of, as headers and notes carry it.
 *
 * @see <a href="https://www.w3.org/TR/trace-context/#traceparent-header">W3C Trace Context</a>
 */
public final class TraceParent {

    /** The header's name, and the note's. */
    public static final String HEADER = "traceparent";

    private static final Pattern SHAPE = Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

    private TraceParent() {}

    /** Whether a text is one; others are passed over, as the standard wants it. */
    public static boolean isRight(String text) {
        return SHAPE.matcher(text).matches();
    }
}
