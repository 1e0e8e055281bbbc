package cloud.gyroscops.benchmarks.views;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;

/**
 * Users, one in each of some organizations, whose one role is replaced again and again by the next: so views by id, lists
 * and figures all show how far they have come.
 */
final class Users {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int CREATORS = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();
    private final AtomicReferenceArray<Seen> seen;
    private final Supplier<List<URI>> servers;
    private long made;

    /**
     * What whoever saw the last result of a user's commands knows.
     *
     * @param role the number of the user's role; 0 before the first
     */
    record Seen(long version, long role) {}

    /** Sends commands to one of these servers at a time. */
    Users(int count, Supplier<List<URI>> servers) {
        this.seen = new AtomicReferenceArray<>(count);
        this.servers = servers;
    }

    static String id(int number) {
        return "u-" + number;
    }

    static String organization(int number) {
        return "o-" + number;
    }

    int count() {
        return seen.length();
    }

    Seen seen(int number) {
        return seen.get(number);
    }

    /** The number that a role has in it; 0 for none. */
    static long role(String name) {
        return name.isEmpty() ? 0 : Long.parseLong(name.substring(1));
    }

    /** Several at a time: each waits for its result. */
    void createAll() throws InterruptedException {
        var next = new AtomicInteger();
        Callable<Void> creator = () -> {
            for (int number = next.getAndIncrement(); number < count(); number = next.getAndIncrement()) {
                create(number);
            }
            return null;
        };
        var creators = Executors.newFixedThreadPool(CREATORS);
        try {
            for (var done : creators.invokeAll(Collections.nCopies(CREATORS, creator))) {
                done.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("not all users could be created", e.getCause());
        } finally {
            creators.shutdownNow();
        }
    }

    private void create(int number) throws InterruptedException {
        var organization = command("CreateOrganization", organization(number));
        organization.putObject("payload").put("name", "Organization " + number);
        created(organization);
        var user = command("CreateUser", id(number));
        user.putObject("payload")
                .put("username", id(number))
                .put("email", id(number) + "@example.org")
                .put("firstName", "Ann")
                .put("lastName", "Lee")
                .put("organizationId", organization(number));
        seen.set(number, new Seen(created(user), 0));
    }

    /** The version that exists then. Sent again under another id until that is known: it exists, or it does not. */
    private long created(ObjectNode command) throws InterruptedException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            long version = send(command);
            if (version > 0) {
                return version;
            }
            if (System.nanoTime() > until) {
                throw new IllegalStateException("nobody says within " + PATIENCE + " what became of " + command);
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    /** Gives roles to some at random until it is interrupted; one whose result is not seen may get the next all the same. */
    void change(int perSecond) throws InterruptedException {
        while (perSecond > 0) {
            int number = ThreadLocalRandom.current().nextInt(count());
            long role = ++made;
            var command = command("AssignUserRoles", id(number));
            command.putObject("payload").putArray("roles").add("r" + role);
            long version = send(command);
            if (version > 0) {
                seen.set(number, new Seen(version, role));
            }
            TimeUnit.NANOSECONDS.sleep(TimeUnit.SECONDS.toNanos(1) / perSecond);
        }
    }

    private static ObjectNode command(String type, String id) {
        return JSON.createObjectNode().put("type", type).put("aggregateId", id);
    }

    /** The version that it led to, or that is there already; 0 if that is not known. */
    private long send(ObjectNode command) throws InterruptedException {
        var alive = servers.get();
        var server = alive.get(ThreadLocalRandom.current().nextInt(alive.size()));
        try {
            var response = http.send(
                    HttpRequest.newBuilder(server.resolve("/commands"))
                            .header("Prefer", "wait=10")
                            .timeout(Duration.ofSeconds(15))
                            .POST(HttpRequest.BodyPublishers.ofString(command.toString()))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() == 200 || response.statusCode() == 409) {
                return JSON.readTree(response.body()).path("version").asLong();
            }
        } catch (IOException away) {
            // Killed in between: the next one goes to another.
            TimeUnit.MILLISECONDS.sleep(50);
        }
        return 0;
    }
}
