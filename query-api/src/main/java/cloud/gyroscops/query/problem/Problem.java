package cloud.gyroscops.query.problem;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.util.Collection;

/**
 * An answer that says what is wrong, thrown from wherever that is found.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457, Problem Details for HTTP APIs</a>
 */
public final class Problem extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final String MEDIA_TYPE = "application/problem+json";

    private final int status;
    private final String title;
    private final transient ObjectNode members = JsonNodeFactory.instance.objectNode();

    /**
     * A problem.
     *
     * @param status the HTTP status
     * @param title the kind of problem, the same for every occurrence
     * @param detail this occurrence, for people: names the value and what would be right
     */
    public Problem(int status, String title, String detail) {
        super(detail);
        this.status = status;
        this.title = title;
    }

    /** A request that is not what it should be; the field is named where there is one. */
    public static Problem badRequest(String field, String detail) {
        var problem = new Problem(400, "Malformed request", detail);
        return field == null ? problem : problem.with("field", field);
    }

    public static Problem notFound(String detail) {
        return new Problem(404, "Not found", detail);
    }

    public static Problem unavailable(String detail) {
        return new Problem(503, "Not ready", detail);
    }

    /** Adds a member of our own. */
    public Problem with(String name, String value) {
        members.put(name, value);
        return this;
    }

    /** Adds a member of our own. */
    public Problem with(String name, Collection<String> values) {
        values.forEach(members.putArray(name)::add);
        return this;
    }

    /** Adds members of our own. */
    public Problem with(ObjectNode others) {
        members.setAll(others);
        return this;
    }

    public int status() {
        return status;
    }

    /** The problem as JSON. */
    public ObjectNode json() {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("type", "about:blank")
                .put("title", title)
                .put("status", status)
                .put("detail", getMessage());
        json.setAll(members);
        return json;
    }

    /** Makes it the answer, which tells the request's id, so that what is shown to somebody can be found in the log. */
    public void answer(Context ctx) {
        var json = json();
        var request = ctx.res().getHeader("X-Request-Id");
        if (request != null) {
            json.put("requestId", request);
        }
        ctx.status(status).contentType(MEDIA_TYPE).result(json.toString());
        if (status == 503) {
            ctx.header("Retry-After", "1");
        }
    }

    /** Whether the answer is a problem already. */
    public static boolean isAnswerOf(Context ctx) {
        var type = ctx.res().getContentType();
        return type != null && type.startsWith(MEDIA_TYPE);
    }

    /** It is an answer, not a bug: the stack is of no use. */
    @Override
    public Throwable fillInStackTrace() {
        return this;
    }

    /** A problem that the server finds by itself. */
    public static Problem ofServer(int status, Context ctx) {
        var request = ctx.method() + " " + ctx.path();
        return switch (status) {
            case 405 -> new Problem(405, "Method not allowed", request + " is not served here; other methods are");
            case 413 -> new Problem(413, "Too large", "the body is too large; at most 1 MiB is allowed");
            default -> new Problem(status, "Not found", request + " is not served here");
        };
    }
}
