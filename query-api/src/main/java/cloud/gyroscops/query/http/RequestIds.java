package cloud.gyroscops.query.http;

import io.javalin.http.Context;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.slf4j.MDC;

/** Gives every request an id, unless it brings one: it stands in the answer and in what is logged meanwhile. */
public final class RequestIds {

    /** The header that carries it, in and out. */
    public static final String HEADER = "X-Request-Id";

    private static final String LOGGED_AS = "requestId";

    private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9._:-]{1,128}");

    private final String process = UUID.randomUUID().toString().substring(0, 8) + '-';
    private final AtomicLong made = new AtomicLong();

    /** Before a request is handled; an id that is none is replaced. */
    public void begin(Context ctx) {
        var brought = ctx.header(HEADER);
        var id = brought != null && SHAPE.matcher(brought).matches() ? brought : process + made.incrementAndGet();
        MDC.put(LOGGED_AS, id);
        ctx.header(HEADER, id);
    }

    /** After it was: the thread goes on with another one. */
    public void end(Context ctx) {
        MDC.remove(LOGGED_AS);
    }
}
