package cloud.gyroscops.standalone.http;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Who asks all the time, and changes something now and then, and expects to see it at once wherever it is asked for. */
final class SteadyQueries implements AutoCloseable {

    private static final List<String> PATHS = List.of(
            "/organizations/acme",
            "/users/u-1",
            "/payments/p-1",
            "/users/u-2/history",
            "/organizations/acme/users",
            "/organizations/acme/users?q=ann",
            "/organizations/acme/payments?q=shoes",
            "/organizations/acme/payments/suggestions?q=sho",
            "/organizations/acme/users/analytics",
            "/organizations/acme/payments/dashboard",
            "/overall/payments",
            "/overall/users/analytics",
            "/events?type=UserCreated");

    private static final Duration BETWEEN_CHANGES = Duration.ofMillis(150);

    private final List<HttpUser> users;
    private final List<Thread> threads = new ArrayList<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger answers = new AtomicInteger();
    private final AtomicInteger changes = new AtomicInteger();
    private volatile boolean stopped;

    /** Asks each of these. */
    SteadyQueries(List<HttpUser> users) {
        this.users = users;
        for (var user : users) {
            run(() -> PATHS.forEach(path -> get(user, path)));
        }
        run(this::change);
    }

    /** Answers that were not what they should be. */
    List<String> failures() {
        return List.copyOf(failures);
    }

    /** Returns after so many more answers and changes. */
    void awaitMore(int count) {
        int answersUntil = answers.get() + count;
        int changesUntil = changes.get() + count / 10;
        await().atMost(Duration.ofSeconds(60))
                .until(() -> answers.get() >= answersUntil && changes.get() >= changesUntil);
    }

    private void run(Runnable round) {
        var thread = new Thread(() -> {
            while (!stopped) {
                try {
                    round.run();
                } catch (RuntimeException | AssertionError e) {
                    failures.add(e.toString());
                }
            }
        });
        threads.add(thread);
        thread.start();
    }

    private void change() {
        var done = users.get(0).command("{\"type\": \"RecordUserLogin\", \"aggregateId\": \"u-3\", \"payload\": {}}");
        var token = done.json().path("token").textValue();
        long version = done.json().path("version").longValue();
        for (var user : users) {
            long seen = get(user, "/users/u-3?token=" + token)
                    .json()
                    .path("version")
                    .longValue();
            if (seen < version) {
                failures.add("u-3 is seen at " + seen + " behind " + token);
            }
            get(user, "/organizations/acme/users?limit=1&sort=lastLoginAt&order=desc&token=" + token);
        }
        changes.incrementAndGet();
        // Else the version that is built might be a change behind whenever the two are compared.
        LockSupport.parkNanos(BETWEEN_CHANGES.toNanos());
    }

    private HttpUser.Answer get(HttpUser user, String path) {
        // No patience here: that none fails is what this is for.
        var answer = user.getOnce(path);
        if (answer.status() != 200) {
            failures.add(path + " got " + answer.status() + " " + answer.text());
        }
        answers.incrementAndGet();
        return answer;
    }

    @Override
    public void close() {
        stopped = true;
        for (var thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
