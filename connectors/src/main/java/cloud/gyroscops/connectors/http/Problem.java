package cloud.gyroscops.connectors.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.javalin.http.Context;
import org.eclipse.jetty.http.HttpStatus;

/**
 * An answer that says what is wrong.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457, Problem Details for HTTP APIs</a>
 */
public final class Problem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Its phrase is newer than what Jetty knows. */
    private static final int CONTENT_TOO_LARGE = 413;

    private final int status;

    /** A problem; the status' phrase is its title. */
    public Problem(int status, String detail) {
        super(detail);
        this.status = status;
    }

    /** Makes it the answer. */
    public void answer(Context ctx) {
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("type", "about:blank")
                .put("title", status == CONTENT_TOO_LARGE ? "Content Too Large" : HttpStatus.getMessage(status))
                .put("status", status)
                .put("detail", getMessage());
        ctx.status(status).contentType("application/problem+json").result(json.toString());
        if (status == 503) {
            ctx.header("Retry-After", "1");
        }
    }

    /** It is an answer, not a bug: the stack is of no use. */
    @Override
    public Throwable fillInStackTrace() {
        return this;
    }
}
