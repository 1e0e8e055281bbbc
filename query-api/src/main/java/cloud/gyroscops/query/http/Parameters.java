package cloud.gyroscops.query.http;

import cloud.gyroscops.query.problem.Problem;
import io.javalin.http.Context;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The query parameters that an endpoint knows. Others, and those repeated that may stand there only once, are refused. */
public final class Parameters {

    /** For endpoints that know none. */
    public static final Parameters NONE = once();

    private final List<String> once;
    private final List<String> several;

    private Parameters(List<String> once, List<String> several) {
        this.once = once;
        this.several = several;
    }

    /** Parameters that may stand there once. */
    public static Parameters once(String... names) {
        return new Parameters(List.of(names), List.of());
    }

    /** These, and others that may stand there once. */
    public Parameters andOnce(String... names) {
        return new Parameters(Stream.concat(once.stream(), Stream.of(names)).toList(), several);
    }

    /** These, and others that may be repeated. */
    public Parameters andSeveral(String... names) {
        return new Parameters(once, List.of(names));
    }

    /** What a request gives; throws a {@link Problem} that names the parameter which is to blame. */
    public Given read(Context ctx) {
        var query = ctx.queryString();
        if (query == null || query.isEmpty()) {
            return Given.NOTHING;
        }
        var values = new HashMap<String, List<String>>();
        for (var pair : query.split("&")) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                var name = decoded(null, equals < 0 ? pair : pair.substring(0, equals));
                values.computeIfAbsent(known(name), first -> new ArrayList<>(1))
                        .add(decoded(name, equals < 0 ? "" : pair.substring(equals + 1)));
            }
        }
        values.forEach((name, given) -> {
            if (given.size() > 1 && once.contains(name)) {
                throw Problem.badRequest(name, name + " is given " + given.size() + " times; it must be given once");
            }
        });
        return new Given(values);
    }

    private String known(String name) {
        if (once.contains(name) || several.contains(name)) {
            return name;
        }
        var names = new TreeSet<>(once);
        names.addAll(several);
        throw Problem.badRequest(
                        name,
                        "there is no parameter \"" + name + "\" here; there "
                                + (names.isEmpty() ? "are none" : "are " + String.join(", ", names)))
                .with("known", names);
    }

    private static String decoded(String name, String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest(name, "the query has \"" + text + "\"; a % must be followed by two hex digits");
        }
    }
}
