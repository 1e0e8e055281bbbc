package cloud.gyroscops.query.command;

import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.Headers;

/**
 * The trace that a command is part of, which goes on with its record.
 *
 * @param traceparent see <a href="https://www.w3.org/TR/trace-context/#traceparent-header">W3C Trace Context</a>; empty: none
 */
record TraceContext(Optional<String> traceparent) {

    static final String HEADER = "traceparent";

    static final TraceContext NONE = new TraceContext(Optional.empty());

    private static final Pattern RIGHT = Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

    /** A request's; a malformed one is passed over, as the standard wants it. */
    static TraceContext of(Context ctx) {
        return new TraceContext(Optional.ofNullable(ctx.header(HEADER))
                .filter(given -> RIGHT.matcher(given).matches()));
    }

    void addTo(Headers headers) {
        traceparent.ifPresent(trace -> headers.add(HEADER, trace.getBytes(StandardCharsets.US_ASCII)));
    }
}
