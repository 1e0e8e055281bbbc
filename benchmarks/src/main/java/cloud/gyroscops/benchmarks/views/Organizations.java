package cloud.gyroscops.benchmarks.views;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Supplier;

/** Organizations that are renamed again and again, and the versions whose results have been seen. */
final class Organizations {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();
    private final AtomicLongArray versions;
    private final Supplier<List<URI>> servers;

    /** Sends commands to one of these servers at a time. */
    Organizations(int count, Supplier<List<URI>> servers) {
        this.versions = new AtomicLongArray(count);
        this.servers = servers;
    }

    static String id(int number) {
        return "o-" + number;
    }

    int count() {
        return versions.length();
    }

    /** What whoever saw the last result knows. */
    long version(int number) {
        return versions.get(number);
    }

    void createAll() throws InterruptedException {
        for (int number = 0; number < versions.length(); number++) {
            while (version(number) == 0) {
                send(number, "CreateOrganization");
            }
        }
    }

    /** Renames some at random until it is interrupted; one whose result is not seen may be renamed all the same. */
    void rename(int perSecond) throws InterruptedException {
        while (perSecond > 0) {
            send(ThreadLocalRandom.current().nextInt(versions.length()), "RenameOrganization");
            TimeUnit.NANOSECONDS.sleep(TimeUnit.SECONDS.toNanos(1) / perSecond);
        }
    }

    private void send(int number, String type) throws InterruptedException {
        var body = JSON.createObjectNode().put("type", type).put("aggregateId", id(number));
        body.putObject("payload").put("name", "Organization " + number + " " + System.nanoTime());
        var alive = servers.get();
        var server = alive.get(ThreadLocalRandom.current().nextInt(alive.size()));
        try {
            var response = http.send(
                    HttpRequest.newBuilder(server.resolve("/commands"))
                            .header("Prefer", "wait=10")
                            .timeout(Duration.ofSeconds(15))
                            .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() == 200) {
                long version = JSON.readTree(response.body()).get("version").asLong();
                versions.accumulateAndGet(number, version, Math::max);
            }
        } catch (IOException away) {
            // Killed in between: the next one goes to another.
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }
}
