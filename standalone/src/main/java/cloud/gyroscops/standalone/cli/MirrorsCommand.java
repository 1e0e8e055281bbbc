package cloud.gyroscops.standalone.cli;

import cloud.gyroscops.standalone.cli.CommandLineInterface.Failure;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gyroscops mirrors}: how Keycloak and Stripe follow the log, and how to get going again what is stuck. */
@Command(
        name = "mirrors",
        description = "Shows how Keycloak and Stripe follow, and gets going again what is stuck.",
        mixinStandardHelpOptions = true)
final class MirrorsCommand implements Runnable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration LOOK_EVERY = Duration.ofMillis(300);
    private static final Duration KNOWN_WITHIN = Duration.ofSeconds(30);

    @Spec
    private CommandSpec spec;

    /** Which mirror; as paths have it. */
    enum Target {
        keycloak,
        stripe
    }

    /** Where the sidecar is. */
    static final class Sidecar {

        @Option(
                names = "--url",
                paramLabel = "URL",
                defaultValue = "http://127.0.0.1:8083",
                description = "The sidecar (default: ${DEFAULT-VALUE}).")
        private String url;

        Server server() {
            return Server.at(url);
        }
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "Say what: gyroscops mirrors status|parked|retry|discard|reconcile|replay|unknown");
    }

    @Command(
            name = "status",
            description =
                    "Shows each mirror: what is not mirrored yet, for how long, what is parked, and why it pauses.",
            mixinStandardHelpOptions = true)
    int status(@Mixin Sidecar sidecar) throws InterruptedException {
        var out = spec.commandLine().getOut();
        out.printf(
                "%-9s %10s %8s %9s %7s  %-9s %s%n",
                "TARGET", "BEHIND", "SECONDS", "IN FLIGHT", "PARKED", "CIRCUIT", "");
        for (var mirror : get(sidecar.server(), "/mirrors").path("mirrors")) {
            var paused = mirror.path("pausedBecause");
            out.printf(
                    "%-9s %,10d %8.1f %9d %7d  %-9s %s%n",
                    mirror.path("target").asText(),
                    mirror.path("lagEvents").asLong(),
                    mirror.path("lagSeconds").asDouble(),
                    mirror.path("inFlight").asLong(),
                    mirror.path("parked").asLong(),
                    mirror.path("circuit").asText(),
                    paused.isMissingNode()
                            ? ""
                            : paused.path("code").asText() + ": "
                                    + paused.path("message").asText());
        }
        out.flush();
        return 0;
    }

    @Command(
            name = "parked",
            description = "Lists what is parked, why, and since when.",
            mixinStandardHelpOptions = true)
    int parked(@Parameters(paramLabel = "keycloak|stripe") Target target, @Mixin Sidecar sidecar)
            throws InterruptedException {
        var out = spec.commandLine().getOut();
        out.printf(
                "%-14s %-36s %-22s %8s %8s  %-24s %s%n", "TYPE", "ID", "EVENT", "ATTEMPTS", "WAITING", "SINCE", "WHY");
        var server = sidecar.server();
        var after = "";
        do {
            var page = get(server, "/mirrors/" + target + "/parked?limit=500" + after);
            for (var row : page.path("parked")) {
                out.printf(
                        "%-14s %-36s %-22s %8d %8d  %-24s %s: %s%n",
                        row.path("type").asText(),
                        row.path("aggregateId").asText(),
                        row.path("eventType").asText(),
                        row.path("attempts").asLong(),
                        row.path("waiting").asLong(),
                        row.path("since").asText(),
                        row.path("error").path("code").asText(),
                        row.path("error").path("message").asText());
            }
            after = page.has("next") ? "&after=" + encoded(page.path("next").asText()) : "";
        } while (!after.isEmpty());
        out.flush();
        return 0;
    }

    @Command(
            name = "retry",
            description = "Tries what is parked of an aggregate, or of all, again, in order.",
            mixinStandardHelpOptions = true)
    int retry(
            @Parameters(paramLabel = "keycloak|stripe") Target target,
            @Parameters(paramLabel = "ID", arity = "0..1", description = "Whose; without it, all that is parked.")
                    String id,
            @Option(names = "--type", paramLabel = "users|organizations", description = "Where both have that id.")
                    String type,
            @Option(names = "--code", paramLabel = "CODE", description = "Of all, those with that error.") String code,
            @Mixin Sidecar sidecar)
            throws InterruptedException {
        if (id != null) {
            return ask(sidecar.server(), target, id, "retry", type);
        }
        var path = "/mirrors/" + target + "/parked/retry" + (code == null ? "" : "?code=" + encoded(code));
        long asked = post(sidecar.server(), path).path("aggregates").asLong();
        spec.commandLine().getOut().printf("Asked to retry what is parked of %,d aggregates.%n", asked);
        spec.commandLine().getOut().flush();
        return 0;
    }

    @Command(
            name = "discard",
            description = "Drops the event of an aggregate that failed, as if it had been mirrored; later ones go on.",
            mixinStandardHelpOptions = true)
    int discard(
            @Parameters(paramLabel = "keycloak|stripe") Target target,
            @Parameters(paramLabel = "ID") String id,
            @Option(names = "--type", paramLabel = "users|organizations", description = "Where both have that id.")
                    String type,
            @Mixin Sidecar sidecar)
            throws InterruptedException {
        return ask(sidecar.server(), target, id, "discard", type);
    }

    private int ask(Server server, Target target, String id, String what, String type) throws InterruptedException {
        post(
                server,
                "/mirrors/" + target + "/parked/" + encoded(id) + '/' + what
                        + (type == null ? "" : "?type=" + encoded(type)));
        spec.commandLine().getOut().println("Asked to " + what + " what is parked of " + id + ".");
        spec.commandLine().getOut().flush();
        return 0;
    }

    @Command(
            name = "unknown",
            description = "Lists objects of the target that the log knows nothing of.",
            mixinStandardHelpOptions = true)
    int unknown(@Parameters(paramLabel = "keycloak|stripe") Target target, @Mixin Sidecar sidecar)
            throws InterruptedException {
        var out = spec.commandLine().getOut();
        out.printf("%-36s %-16s %6s  %-24s %s%n", "ID", "KIND", "TIMES", "FIRST SEEN", "LAST SEEN");
        for (var row : get(sidecar.server(), "/mirrors/" + target + "/unknown?limit=1000")
                .path("unknown")) {
            out.printf(
                    "%-36s %-16s %6d  %-24s %s%n",
                    row.path("externalId").asText(),
                    row.path("kind").asText(),
                    row.path("times").asLong(),
                    row.path("firstSeen").asText(),
                    row.path("lastSeen").asText());
        }
        out.flush();
        return 0;
    }

    @Command(
            name = "reconcile",
            description = {
                "Compares all objects of a target with the log, field by field, and puts right what differs: what the log"
                        + " owns is pushed again, what the target owns comes in as a command.",
                "Exit status 3: differences are left (with --dry-run: were found)."
            },
            mixinStandardHelpOptions = true,
            sortOptions = false)
    int reconcile(
            @Parameters(paramLabel = "keycloak|stripe") Target target,
            @Option(names = "--dry-run", description = "Only looks.") boolean dryRun,
            @Mixin Sidecar sidecar)
            throws InterruptedException {
        var run = follow(sidecar.server(), target, "reconcile?dryRun=" + dryRun, "objects");
        long differences = run.path("missing").asLong()
                + run.path("differing").asLong()
                + run.path("extra").asLong();
        return differences > (dryRun ? 0 : run.path("corrected").asLong()) ? CommandLineInterface.FOUND : 0;
    }

    @Command(
            name = "replay",
            description = {
                "Brings all objects of a target in line with the log: fills a new or emptied realm; for Stripe, makes the"
                        + " links again.",
                "Nothing is done twice, and no money moves."
            },
            mixinStandardHelpOptions = true,
            sortOptions = false)
    int replay(@Parameters(paramLabel = "keycloak|stripe") Target target, @Mixin Sidecar sidecar)
            throws InterruptedException {
        follow(sidecar.server(), target, "replay", "objects");
        return 0;
    }

    private JsonNode follow(Server server, Target target, String what, String things) throws InterruptedException {
        var runId =
                post(server, "/mirrors/" + target + '/' + what).path("runId").asText();
        var bar = ProgressBar.on(spec.commandLine().getErr(), things);
        var run = run(server, target, runId);
        while (!run.path("finished").asBoolean()) {
            long done = run.path("compared").asLong() + run.path("skipped").asLong();
            long all = Math.max(
                    Math.max(run.path("listed").asLong(), run.path("total").asLong()),
                    done + run.path("outstanding").asLong());
            bar.show(done, all);
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY.toMillis());
            run = run(server, target, runId);
        }
        bar.end();
        if (run.hasNonNull("error")) {
            throw new Failure("the run was given up: " + run.path("error").asText());
        }
        print(run);
        return run;
    }

    /** The sidecar's instances learn of a run a moment after it began. */
    private JsonNode run(Server server, Target target, String runId) throws InterruptedException {
        long until = System.nanoTime() + KNOWN_WITHIN.toNanos();
        var request = server.request("/mirrors/" + target + "/runs/" + runId).build();
        while (true) {
            var answer = server.send(request);
            if (answer.statusCode() == 200) {
                return json(answer.body());
            }
            if (answer.statusCode() != 404 || System.nanoTime() > until) {
                throw new Failure(problem(answer.body()));
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY.toMillis());
        }
    }

    private void print(JsonNode run) {
        var out = spec.commandLine().getOut();
        out.printf(
                "%10s %10s %10s %10s %10s %10s %10s %10s%n",
                "LISTED", "UNKNOWN", "COMPARED", "MISSING", "EXTRA", "DIFFERING", "CORRECTED", "SKIPPED");
        out.printf(
                "%,10d %,10d %,10d %,10d %,10d %,10d %,10d %,10d%n",
                run.path("listed").asLong(),
                run.path("unknown").asLong(),
                run.path("compared").asLong(),
                run.path("missing").asLong(),
                run.path("extra").asLong(),
                run.path("differing").asLong(),
                run.path("corrected").asLong(),
                run.path("skipped").asLong());
        out.flush();
    }

    private static JsonNode get(Server server, String path) throws InterruptedException {
        return answer(server, server.request(path).build());
    }

    private static JsonNode post(Server server, String path) throws InterruptedException {
        return answer(
                server,
                server.request(path)
                        .header("X-Actor", System.getProperty("user.name"))
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build());
    }

    private static JsonNode answer(Server server, HttpRequest request) throws InterruptedException {
        var answer = server.send(request);
        if (answer.statusCode() / 100 != 2) {
            throw new Failure(problem(answer.body()));
        }
        return json(answer.body());
    }

    private static String problem(String body) {
        var detail = json(body).path("detail").asText();
        return detail.isEmpty() ? body : detail;
    }

    private static JsonNode json(String body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw new Failure("no sidecar answers there: " + body);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
