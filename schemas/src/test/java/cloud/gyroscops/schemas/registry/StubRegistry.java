package cloud.gyroscops.schemas.registry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server that gives canned answers, and remembers what it was asked. */
final class StubRegistry implements AutoCloseable {

    record Canned(int status, String body) {}

    record Asked(String request, String body, String authorization) {}

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Canned> answers = new ConcurrentHashMap<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private volatile Canned toAll;
    private volatile Runnable before = () -> {};

    StubRegistry() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    /** The request is a method and a path, as in {@code GET /subjects}. */
    StubRegistry answering(String request, int status, String body) {
        answers.put(request, new Canned(status, body));
        return this;
    }

    StubRegistry answeringAll(int status, String body) {
        toAll = new Canned(status, body);
        return this;
    }

    /** As long as this runs, the answer waits. */
    StubRegistry after(Runnable delay) {
        before = delay;
        return this;
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    List<Asked> asked() {
        return asked;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String request =
                exchange.getRequestMethod() + " " + exchange.getRequestURI().getRawPath();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        asked.add(new Asked(request, body, exchange.getRequestHeaders().getFirst("Authorization")));
        before.run();
        Canned notFound = new Canned(404, "{\"error_code\":40403,\"message\":\"Schema not found\"}");
        Canned answer = toAll != null ? toAll : answers.getOrDefault(request, notFound);
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
