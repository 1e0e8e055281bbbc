package cloud.gyroscops.standalone.load;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/** {@code POST /commands} with many lines at once. */
final class CommandsEndpoint {

    /** More than the server lets a command wait. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient client;
    private final URI commands;

    CommandsEndpoint(HttpClient client, URI server) {
        this.client = client;
        this.commands = URI.create(server.toString().replaceAll("/+$", "") + "/commands");
    }

    /**
     * Sends lines, and tells the answers as they come in.
     *
     * @throws IOException if the server or the connection failed: what was not answered by then may be sent again
     * @throws WrongServerException if what answers is no such server
     */
    void send(List<Line> lines, BiConsumer<Line, Answer> answers) throws IOException, InterruptedException {
        var body = lines.stream().map(Line::text).collect(Collectors.joining("\n", "", "\n"));
        var request = HttpRequest.newBuilder(commands)
                .header("Content-Type", "application/x-ndjson")
                .timeout(PATIENCE)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        var response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (var reader = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            check(response);
            for (var text = reader.readLine(); text != null; text = reader.readLine()) {
                var json = JSON.readTree(text);
                int line = json.path("line").asInt();
                if (line < 1 || line > lines.size()) {
                    throw new IOException("an answer to line " + line + " of " + lines.size());
                }
                answers.accept(lines.get(line - 1), Answer.of(json));
            }
        }
    }

    private void check(HttpResponse<?> response) throws IOException {
        int status = response.statusCode();
        if (status == 429 || status >= 500) {
            throw new IOException("the server answered " + status);
        }
        if (status != 200) {
            throw new WrongServerException(commands + " answered " + status + "; is it a gyroscops?");
        }
    }

    /** Something else answers there: to try again is of no use. */
    static final class WrongServerException extends IOException {

        private static final long serialVersionUID = 1L;

        WrongServerException(String message) {
            super(message);
        }
    }
}
