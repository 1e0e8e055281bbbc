package cloud.gyroscops.query;

import cloud.gyroscops.query.http.RequestIds;
import cloud.gyroscops.query.problem.ServerProblems;
import io.javalin.config.JavalinConfig;
import java.time.Duration;
import org.eclipse.jetty.ee10.servlet.SessionHandler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** How the server serves, whatever it serves. */
final class Serving {

    private static final long LARGEST_REQUEST_BYTES = 1L << 20;

    /** How long requests that are being answered have, once the server is to stop. */
    private static final Duration STOP_WITHIN = Duration.ofSeconds(5);

    private Serving() {}

    static void configure(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.http.maxRequestSize = LARGEST_REQUEST_BYTES;
        config.http.prefer405over404 = true;
        // Answers are bounded by the wait that the client prefers.
        config.http.asyncTimeout = 0;
        config.jetty.modifyServletContextHandler(context -> context.setSessionHandler(new NoSessions()));
        config.jetty.modifyServer(server -> {
            server.setErrorHandler(new ServerProblems(RequestIds.HEADER));
            server.setStopTimeout(STOP_WITHIN.toMillis());
        });
    }

    /** Nobody has a session here; Jetty would follow each request to its end to look after one. */
    private static final class NoSessions extends SessionHandler {

        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            return getHandler().handle(request, response, callback);
        }
    }
}
