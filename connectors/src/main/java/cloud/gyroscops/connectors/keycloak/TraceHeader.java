package cloud.gyroscops.connectors.keycloak;

import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import java.util.Optional;

/** Sends the trace context of the event at hand with every call that its thread makes. */
final class TraceHeader implements ClientRequestFilter {

    private static final ThreadLocal<String> CURRENT = new ThreadLocal<>();

    /** From now on, for this thread, until {@link #end}. */
    static void begin(Optional<String> traceparent) {
        traceparent.ifPresent(CURRENT::set);
    }

    static void end() {
        CURRENT.remove();
    }

    @Override
    public void filter(ClientRequestContext request) {
        var traceparent = CURRENT.get();
        if (traceparent != null) {
            request.getHeaders().putSingle("traceparent", traceparent);
        }
    }
}
