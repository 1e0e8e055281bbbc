package cloud.gyroscops.topology.health;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** {@code /health/live}, {@code /health/ready} and {@code /metrics} of a process that serves nothing else. */
public final class HealthServer implements AutoCloseable {

    /** A request that does not come to its end holds one of them. */
    private static final int THREADS = 8;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, HealthServer::thread);

    private record Answer(int status, String type, String body) {}

    @FunctionalInterface
    private interface Page {
        Answer now();
    }

    /**
     * Takes the port; answers nothing yet.
     *
     * @throws UncheckedIOException if it cannot listen there, which it names
     */
    public HealthServer(HealthSettings settings, Health health, PrometheusMeterRegistry meters) {
        try {
            server = HttpServer.create(new InetSocketAddress(settings.host(), settings.port()), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot listen on " + settings.host() + ":" + settings.port() + " (GYROSCOPS_HEALTH_PORT)", e);
        }
        server.setExecutor(threads);
        page("/health/live", () -> json(health.live()));
        page("/health/ready", () -> json(health.readiness()));
        page("/metrics", () -> new Answer(200, "text/plain; version=0.0.4", meters.scrape()));
    }

    /** Answers from now on. */
    public void start() {
        server.start();
    }

    /** Where it listens. */
    public int port() {
        return server.getAddress().getPort();
    }

    private static Thread thread(Runnable work) {
        var thread = new Thread(work, "health");
        thread.setDaemon(true);
        return thread;
    }

    private static Answer json(Health.Verdict verdict) {
        return new Answer(verdict.status(), "application/json", verdict.json());
    }

    private void page(String path, Page page) {
        server.createContext(path, exchange -> {
            try (exchange) {
                // The server takes all that begins with the path.
                if (!exchange.getRequestURI().getPath().equals(path)) {
                    exchange.sendResponseHeaders(404, -1);
                } else if (!exchange.getRequestMethod().equals("GET")) {
                    exchange.getResponseHeaders().set("Allow", "GET");
                    exchange.sendResponseHeaders(405, -1);
                } else {
                    send(exchange, page.now());
                }
            }
        });
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        var bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", answer.type());
        exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
