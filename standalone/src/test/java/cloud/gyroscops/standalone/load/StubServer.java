package cloud.gyroscops.standalone.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** Answers {@code POST /commands} as a test tells it, and remembers what came. */
final class StubServer implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();

    /** In the place of an answer: the connection ends here. */
    static final String CUT = "CUT";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<List<JsonNode>> requests = new ArrayList<>();
    private final List<Integer> failures = new ArrayList<>();
    private Function<JsonNode, String> answers = command -> accepted();

    StubServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/commands", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** What to answer to a command, but for its line number. */
    synchronized void answer(Function<JsonNode, String> how) {
        answers = how;
    }

    /** The next requests get these statuses, without a look at their lines. */
    synchronized void failWith(Integer... statuses) {
        failures.addAll(List.of(statuses));
    }

    /** What came, request by request. */
    synchronized List<List<JsonNode>> requests() {
        return List.copyOf(requests);
    }

    /** What came, one after the other. */
    List<JsonNode> commands() {
        return requests().stream().flatMap(List::stream).toList();
    }

    static String accepted() {
        return "{\"status\":\"ACCEPTED\"}";
    }

    static String rejected(String reason) {
        return "{\"status\":\"REJECTED\",\"refusal\":{\"reason\":\"" + reason + "\",\"message\":\"no\"}}";
    }

    private void handle(HttpExchange exchange) throws IOException {
        var lines = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .map(StubServer::json)
                .toList();
        synchronized (this) {
            if (!failures.isEmpty()) {
                exchange.sendResponseHeaders(failures.remove(0), -1);
                exchange.close();
                return;
            }
            requests.add(lines);
        }
        exchange.sendResponseHeaders(200, 0);
        // Closed only where all is answered: that would end the answer as if nothing were missing.
        var out = exchange.getResponseBody();
        for (int line = 1; line <= lines.size(); line++) {
            var answer = answers.apply(lines.get(line - 1));
            if (answer.equals(CUT)) {
                out.flush();
                throw new IOException("the test cuts the connection");
            }
            out.write(("{\"line\":" + line + "," + answer.substring(1) + "\n").getBytes(StandardCharsets.UTF_8));
        }
        out.close();
    }

    private static JsonNode json(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
