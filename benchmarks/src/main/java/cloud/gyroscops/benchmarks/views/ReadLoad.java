package cloud.gyroscops.benchmarks.views;

import cloud.gyroscops.benchmarks.views.Reads.Outcome;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Reads at a fixed rate, each from any instance that runs, half of them with a token of the latest version that somebody has
 * seen. As behind a load balancer, a read whose connection breaks goes to another instance, once; all else that fails has
 * failed.
 */
final class ReadLoad implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int THREADS = 16;
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();
    private final ScheduledExecutorService readers = Executors.newScheduledThreadPool(THREADS);
    private final Organizations organizations;
    private final Supplier<List<URI>> servers;
    private final List<String> paths;
    private volatile Phase phase = new Phase(new Reads(), new Reads());

    ReadLoad(Organizations organizations, Supplier<List<URI>> servers, List<String> paths) {
        this.organizations = organizations;
        this.servers = servers;
        this.paths = paths;
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
        phase = new Phase(new Reads(), new Reads());
        return new Phase(past.plain().end(), past.withToken().end());
    }

    private void read() {
        try {
            int kind = ThreadLocalRandom.current().nextInt(4 + paths.size());
            if (kind < 4) {
                int number = ThreadLocalRandom.current().nextInt(organizations.count());
                readOrganization(number, kind % 2 == 1, kind / 2 == 1);
            } else {
                var path = paths.get(kind - 4);
                count(phase.plain(), path, path, body -> true);
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private void readOrganization(int number, boolean history, boolean token) throws InterruptedException {
        var what = "/organizations/" + Organizations.id(number);
        long version = token ? organizations.version(number) : 1;
        var wanted = token ? "token=organizations/" + Organizations.id(number) + "@" + version : "";
        var path = history ? what + "/history?from=" + version + "&" + wanted : what + "?" + wanted;
        count(token ? phase.withToken() : phase.plain(), what, path, body -> {
            var json = JSON.readTree(body);
            return history ? !json.get("events").isEmpty() : json.get("version").asLong() >= version;
        });
    }

    @FunctionalInterface
    private interface Expectation {
        boolean holds(String body) throws IOException;
    }

    private void count(Reads counted, String what, String path, Expectation expectation) throws InterruptedException {
        long began = System.nanoTime();
        try {
            var response = get(path);
            boolean here = response.statusCode() == 200;
            if (here && expectation.holds(response.body())) {
                boolean stale = response.headers().firstValue("X-Staleness").isPresent();
                counted.add(what, stale ? Outcome.STALE : Outcome.FRESH, "", began);
            } else if (here || response.statusCode() == 404) {
                counted.add(what, Outcome.WRONG, "", began);
            } else {
                counted.add(what, Outcome.FAILED, response.statusCode() + " " + response.body(), began);
            }
        } catch (IOException failed) {
            counted.add(what, Outcome.FAILED, failed.getClass().getSimpleName(), began);
        }
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        var alive = servers.get();
        int first = ThreadLocalRandom.current().nextInt(alive.size());
        try {
            return get(alive.get(first), path);
        } catch (IOException broken) {
            return get(alive.get((first + 1) % alive.size()), path);
        }
    }

    private HttpResponse<String> get(URI server, String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(server.resolve(path)).timeout(LONGEST).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
        readers.shutdownNow();
    }
}
