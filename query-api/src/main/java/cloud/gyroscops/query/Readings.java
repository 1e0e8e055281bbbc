package cloud.gyroscops.query;

import cloud.gyroscops.query.problem.Problem;
import cloud.gyroscops.topology.view.Reading;
import cloud.gyroscops.topology.view.version.NoSuchVersionException;
import io.javalin.http.Context;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * What each request reads: one version of the views from its beginning to its end, the one that answers unless {@value
 * #VERSION} names another one that is here.
 */
record Readings(Function<OptionalInt, Reading> versions) {

    private static final String VERSION = "X-Views-Version";
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,8}");
    private static final String READING = "reading";

    void begin(Context ctx) {
        ctx.attribute(READING, versions.apply(OptionalInt.empty()));
    }

    /** Whether a request names the version that it wants to read. */
    boolean isVersionNamed(Context ctx) {
        return ctx.header(VERSION) != null;
    }

    /** To be called after the other one, where a version may be named and is. */
    void beginVersion(Context ctx) {
        var named = ctx.header(VERSION);
        if (!NUMBER.matcher(named).matches()) {
            throw Problem.badRequest(VERSION, VERSION + " is \"" + named + "\"; it must be a version's number, like 2");
        }
        try {
            ctx.attribute(READING, versions.apply(OptionalInt.of(Integer.parseInt(named))));
        } catch (NoSuchVersionException e) {
            throw Problem.badRequest(VERSION, e.getMessage());
        }
    }

    /** What copies answered while the one that is worked on is away is told from what is up to date. */
    void end(Context ctx) {
        try (Reading reading = ctx.attribute(READING)) {
            if (reading != null) {
                reading.staleness().ifPresent(staleness -> ctx.header("X-Staleness", staleness.toString()));
            }
        }
    }
}
