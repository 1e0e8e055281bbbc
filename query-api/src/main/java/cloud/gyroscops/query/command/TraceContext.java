package cloud.gyroscops.query.command;

import cloud.gyroscops.schemas.TraceParent;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;

/**
 * The trace that a command is part of, which goes on with its record.
 *
 * @param traceparent see {@link TraceParent}; empty: none
 */
record TraceContext(Optional<String> traceparent) {

    static final TraceContext NONE = new TraceContext(Optional.empty());

    /** A request's; a malformed one is passed over, as the standard wants it. */
    static TraceContext of(Context ctx) {
        return new TraceContext(
                Optional.ofNullable(ctx.header(TraceParent.HEADER)).filter(TraceParent::isRight));
    }

    void addTo(Headers headers) {
        traceparent.ifPresent(trace -> headers.add(TraceParent.HEADER, trace.getBytes(StandardCharsets.US_ASCII)));
    }
}
