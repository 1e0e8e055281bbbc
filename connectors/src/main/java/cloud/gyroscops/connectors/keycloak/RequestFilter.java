package cloud.gyroscops.connectors.keycloak;

import cloud.gyroscops.connectors.target.Requests;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.client.ClientResponseContext;
import jakarta.ws.rs.client.ClientResponseFilter;
import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Every request passes here: it waits its turn, bears the trace context of the event at hand, and is counted. */
final class RequestFilter implements ClientRequestFilter, ClientResponseFilter {

    /** Parts of paths; all else is an id, or a name that somebody gave. */
    private static final Set<String> WORDS = Set.of(
            "admin-events",
            "clients",
            "config",
            "count",
            "events",
            "members",
            "organizations",
            "profile",
            "realm",
            "role-mappings",
            "roles",
            "users");

    private static final String REALMS = "/admin/realms";
    private static final String TOKEN = "/protocol/openid-connect/";

    /** What the current thread is at. */
    private static final class Work {
        private final Optional<String> traceparent;
        private String unanswered;
        private long began;
        private boolean interrupted;

        private Work(Optional<String> traceparent) {
            this.traceparent = traceparent;
        }
    }

    private final ThreadLocal<Work> current = ThreadLocal.withInitial(() -> new Work(Optional.empty()));
    private final Requests requests;

    RequestFilter(Requests requests) {
        this.requests = requests;
    }

    /** From now on, for this thread, until {@link #end}. */
    void begin(Optional<String> traceparent) {
        current.set(new Work(traceparent));
    }

    /** Whether the thread was interrupted while it waited its turn. */
    boolean interrupted() {
        return current.get().interrupted;
    }

    /** What has no answer by now gets none. */
    void end() {
        answered(0);
        current.remove();
    }

    private void answered(int status) {
        var work = current.get();
        if (work.unanswered != null) {
            requests.ended(work.unanswered, status, work.began);
            work.unanswered = null;
        }
    }

    @Override
    public void filter(ClientRequestContext request) throws InterruptedIOException {
        answered(0);
        var work = current.get();
        work.traceparent.ifPresent(value -> request.getHeaders().putSingle("traceparent", value));
        try {
            work.began = requests.begin();
        } catch (InterruptedException e) {
            work.interrupted = true;
            throw new InterruptedIOException(e.getMessage());
        }
        work.unanswered = operation(request.getMethod(), request.getUri().getPath());
    }

    @Override
    public void filter(ClientRequestContext request, ClientResponseContext response) {
        answered(response.getStatus());
    }

    /** What a request does, without ids and names: {@code users.role-mappings.realm.post}. */
    static String operation(String method, String path) {
        var verb = '.' + method.toLowerCase(Locale.ROOT);
        if (path.contains(TOKEN)) {
            return "token" + verb;
        }
        int at = path.indexOf(REALMS);
        if (at < 0) {
            return "other" + verb;
        }
        var parts = path.substring(at + REALMS.length()).split("/");
        if (parts.length < 3) {
            return (parts.length < 2 ? "realms" : "realm") + verb;
        }
        var words = Arrays.stream(parts).skip(2).filter(WORDS::contains).collect(Collectors.joining("."));
        return (words.isEmpty() ? "other" : words) + verb;
    }
}
