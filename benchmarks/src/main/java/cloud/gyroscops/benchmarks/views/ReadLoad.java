package cloud.gyroscops.benchmarks.views;

import cloud.gyroscops.benchmarks.views.Reads.Outcome;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Reads at a fixed rate, each from any instance that runs, many of them with a token of the latest version that somebody has
 * seen. As behind a load balancer, a read whose connection is refused or breaks goes to the others, and is counted as
 * redirected; all else that fails has failed.
 */
final class ReadLoad implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int THREADS = 16;
    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final long PAUSE_MS = 50;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();
    private final ScheduledExecutorService readers = Executors.newScheduledThreadPool(THREADS);
    private final Users users;
    private final Supplier<List<URI>> servers;
    private volatile Phase phase = new Phase();

    ReadLoad(Users users, Supplier<List<URI>> servers) {
        this.users = users;
        this.servers = servers;
    }

    void start(int perSecond) {
        long everyNanos = TimeUnit.SECONDS.toNanos(1) * THREADS / perSecond;
        for (int reader = 0; reader < THREADS; reader++) {
            readers.scheduleAtFixedRate(this::read, everyNanos * reader / THREADS, everyNanos, TimeUnit.NANOSECONDS);
        }
    }

    /** The figures until now; from now on they are counted anew. */
    Phase next() {
        var past = phase;
        phase = new Phase();
        return past.end();
    }

    /** The same, but kinds of reads of which some fail now go on until all are answered: for that long at most. */
    Phase nextOnceAnswered(Duration longer) throws InterruptedException {
        long until = System.nanoTime() + longer.toNanos();
        while (System.nanoTime() < until && !phase.endUnlessFailing()) {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
        }
        return next();
    }

    /** By id twice as often as the others together; half of those of one organization with token. */
    private void read() {
        var random = ThreadLocalRandom.current();
        int number = random.nextInt(users.count());
        boolean token = random.nextBoolean();
        try {
            switch (random.nextInt(9)) {
                case 0 -> list(number, token);
                case 1 -> figures(number, token);
                case 2 ->
                    count(
                            phase.plain(Kind.OVERALL),
                            "everything",
                            "/overall/users/analytics",
                            json -> json.path("total").asLong() == users.count());
                case 3, 4, 5 -> history(number, token);
                default -> user(number, token);
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private void user(int number, boolean token) throws InterruptedException {
        var seen = users.seen(number);
        var path = "/users/" + Users.id(number);
        count(
                reads(Kind.BY_ID, token),
                path,
                path + token("?", number, token),
                json -> json.path("version").asLong() >= (token ? seen.version() : 1));
    }

    private void history(int number, boolean token) throws InterruptedException {
        var what = "/users/" + Users.id(number);
        long version = token ? users.seen(number).version() : 1;
        var path = what + "/history?from=" + version + token("&", number, token);
        count(reads(Kind.BY_ID, token), what, path, json -> !json.path("events").isEmpty());
    }

    private void list(int number, boolean token) throws InterruptedException {
        var seen = users.seen(number);
        var path = "/organizations/" + Users.organization(number) + "/users";
        count(reads(Kind.LIST, token), path, path + token("?", number, token), json -> {
            var row = json.path("users").path(0);
            return json.path("total").asLong() == 1
                    && (!token || Users.role(row.path("roles").path(0).asText()) >= seen.role());
        });
    }

    private void figures(int number, boolean token) throws InterruptedException {
        var seen = users.seen(number);
        var path = "/organizations/" + Users.organization(number) + "/users/analytics";
        count(reads(Kind.FIGURES, token), path, path + token("?", number, token), json -> {
            var role = json.path("roles").path(0).path("role").asText();
            return json.path("total").asLong() == 1 && (!token || Users.role(role) >= seen.role());
        });
    }

    private Reads reads(Kind kind, boolean token) {
        return token ? phase.withToken(kind) : phase.plain(kind);
    }

    private String token(String before, int number, boolean wanted) {
        return wanted
                ? before + "token=users/" + Users.id(number) + "@"
                        + users.seen(number).version()
                : "";
    }

    private void count(Reads counted, String what, String path, Predicate<JsonNode> right) throws InterruptedException {
        long began = System.nanoTime();
        try {
            var response = get(counted, path);
            boolean here = response.statusCode() == 200;
            if (here && right.test(JSON.readTree(response.body()))) {
                boolean stale = response.headers().firstValue("X-Staleness").isPresent();
                counted.add(what, stale ? Outcome.STALE : Outcome.FRESH, "", began);
            } else if (here || response.statusCode() == 404) {
                counted.add(what, Outcome.WRONG, path + " " + response.body(), began);
            } else {
                counted.add(what, Outcome.FAILED, response.statusCode() + " " + detail(response), began);
            }
        } catch (IOException failed) {
            counted.add(what, Outcome.FAILED, failed.getClass().getSimpleName(), began);
        }
    }

    /** Without what differs from one occurrence to the next. */
    private static String detail(HttpResponse<String> response) throws IOException {
        var detail = JSON.readTree(response.body()).path("detail").asText();
        return detail.replaceAll("users/\\S+", "a token").replaceAll("\\[[0-9, ]+]", "some");
    }

    private HttpResponse<String> get(Reads counted, String path) throws IOException, InterruptedException {
        var alive = new ArrayList<>(servers.get());
        Collections.shuffle(alive, ThreadLocalRandom.current());
        for (int next = 0; ; next++) {
            try {
                return http.send(
                        HttpRequest.newBuilder(alive.get(next).resolve(path))
                                .timeout(LONGEST)
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
            } catch (IOException broken) {
                if (next == alive.size() - 1) {
                    throw broken;
                }
                counted.redirect();
            }
        }
    }

    @Override
    public void close() {
        readers.shutdownNow();
    }
}
