package cloud.gyroscops.query.problem;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.util.Collection;
import org.eclipse.jetty.http.HttpStatus;

/**
 * An answer that says what is wrong, thrown from wherever that is found.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457, Problem Details for HTTP APIs</a>
 */
public final class Problem extends RuntimeException {

    private static final long serialVersionUID = 1L;
    static final String MEDIA_TYPE = "application/problem+json";

    private final int status;
    private final transient ObjectNode members = JsonNodeFactory.instance.objectNode();

    /**
     * A problem.
     *
     * @param status the HTTP status, whose phrase is the title: problems have no types of their own
     * @param detail this occurrence, for people: names the value and what would be right
     */
    public Problem(int status, String detail) {
        super(detail);
        this.status = status;
    }

    /** A request that is not what it should be; the field is named where there is one. */
    public static Problem badRequest(String field, String detail) {
        var problem = new Problem(400, detail);
        return field == null ? problem : problem.with("field", field);
    }

    public static Problem notFound(String detail) {
        return new Problem(404, detail);
    }

    public static Problem unavailable(String detail) {
        return new Problem(503, detail);
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
                .put("title", phrase(status))
                .put("status", status)
                .put("detail", getMessage());
        json.setAll(members);
        return json;
    }

    /** As RFC 9110 has it, which is newer than what Jetty knows. */
    private static String phrase(int status) {
        return switch (status) {
            case 413 -> "Content Too Large";
            case 422 -> "Unprocessable Content";
            case 500 -> "Internal Server Error";
            default -> HttpStatus.getMessage(status);
        };
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
            case 405 -> new Problem(405, request + " is not served here; other methods are");
            case 413 -> new Problem(413, "the body is too large; at most 1 MiB is allowed");
            case 500 -> new Problem(500, "the server failed; its log says why");
            default -> new Problem(status, request + " is not served here");
        };
    }
}
