package cloud.gyroscops.query.problem;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Answers with a problem what the server refuses before any route sees it: what is no HTTP, or too much of it. */
public final class ServerProblems extends ErrorHandler {

    private final String idHeader;

    /** Tells a request's id in this header. */
    public ServerProblems(String idHeader) {
        this.idHeader = idHeader;
    }

    @Override
    public boolean errorPageForMethod(String method) {
        return true;
    }

    @Override
    protected void generateResponse(
            Request request, Response response, int status, String message, Throwable cause, Callback callback) {
        var problem = new Problem(
                status,
                switch (status) {
                    case 400 -> "the request is no HTTP that this server understands: " + message;
                    case 414 -> "the request's target is too long";
                    case 431 -> "the request's headers are too long; at most 8 KiB are allowed";
                    case 503 -> "the server stops";
                    default -> message == null ? "the server cannot answer that" : message;
                });
        var headers = response.getHeaders();
        headers.put(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE);
        headers.put(HttpHeader.CACHE_CONTROL, "no-store");
        if (!headers.contains(idHeader)) {
            headers.put(idHeader, UUID.randomUUID().toString());
        }
        if (status == 503) {
            headers.put(HttpHeader.RETRY_AFTER, "1");
        }
        response.write(true, ByteBuffer.wrap(problem.json().toString().getBytes(StandardCharsets.UTF_8)), callback);
    }
}
