package cloud.gyroscops.query.docs;

import cloud.gyroscops.query.http.Answers;
import cloud.gyroscops.query.http.Parameters;
import cloud.gyroscops.query.problem.Problem;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;

/** {@code /openapi.yaml}, and {@code /docs}, where a browser shows it: all of it from here, nothing from elsewhere. */
public final class DocsResource {

    private static final String SCRIPT = "text/javascript";

    private final byte[] contract = read("/openapi.yaml");
    private final byte[] page = read("/docs/index.html");
    private final Map<String, File> files = Map.of(
            "start.js", new File(SCRIPT, read("/docs/start.js")),
            "swagger-ui-bundle.js", new File(SCRIPT, read(viewer() + "swagger-ui-bundle.js")),
            "swagger-ui.css", new File("text/css", read(viewer() + "swagger-ui.css")));

    private record File(String type, byte[] content) {}

    /** The contract itself. */
    public void contract(Context ctx) {
        Parameters.NONE.read(ctx);
        Answers.send(ctx, "application/yaml", contract);
    }

    /** The page that shows it. */
    public void page(Context ctx) {
        Parameters.NONE.read(ctx);
        if (ctx.path().endsWith("/")) {
            // From there, its links would lead elsewhere; and wherever all of this is served, it is one level up.
            ctx.status(308).header("Location", "../docs");
            return;
        }
        Answers.send(ctx, "text/html", page);
    }

    /** What the page needs. */
    public void file(Context ctx) {
        Parameters.NONE.read(ctx);
        var file = files.get(ctx.pathParam("file"));
        if (file == null) {
            throw Problem.notFound(ctx.path() + " is not part of the documentation");
        }
        Answers.send(ctx, file.type(), file.content());
    }

    /** Where the viewer's webjar has its files: its version is in their path. */
    private static String viewer() {
        var properties = new Properties();
        try (var in = DocsResource.class.getResourceAsStream("/META-INF/maven/org.webjars/swagger-ui/pom.properties")) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return "/META-INF/resources/webjars/swagger-ui/" + properties.getProperty("version") + "/";
    }

    private static byte[] read(String name) {
        try (var in = DocsResource.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }
}
