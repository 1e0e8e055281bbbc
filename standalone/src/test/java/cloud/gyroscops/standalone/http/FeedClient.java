package cloud.gyroscops.standalone.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Somebody who reads the live feed, as the HTML standard has it. */
final class FeedClient implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final HttpResponse<InputStream> response;
    private final BufferedReader lines;
    private String lastEventId;
    private int comments;
    private Said last;

    /**
     * Something that was said.
     *
     * @param type {@code message} for events
     */
    record Said(String type, JsonNode data) {
        String key() {
            return data.path("key").textValue();
        }
    }

    private FeedClient(HttpResponse<InputStream> response, String lastEventId) {
        this.response = response;
        this.lastEventId = lastEventId;
        this.lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    }

    /** Null: has never been here. */
    static FeedClient open(URI server, String query, String lastEventId) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(server.resolve("/events" + query)).header("Accept", "text/event-stream");
        if (lastEventId != null) {
            request.header("Last-Event-ID", lastEventId);
        }
        return new FeedClient(HTTP.send(request.build(), BodyHandlers.ofInputStream()), lastEventId);
    }

    int status() {
        return response.statusCode();
    }

    String header(String name) {
        return response.headers().firstValue(name).orElse(null);
    }

    /** What the client would show when it comes back. */
    String lastEventId() {
        return lastEventId;
    }

    /** How many comments came. */
    int comments() {
        return comments;
    }

    /** The next thing that is said; null at the end. */
    Said next() throws IOException {
        var data = new StringBuilder();
        var type = "message";
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.isEmpty()) {
                if (!data.isEmpty()) {
                    last = new Said(type, JSON.readTree(data.toString()));
                    return last;
                }
            } else if (line.startsWith(":")) {
                comments++;
            } else if (line.startsWith("id: ")) {
                lastEventId = line.substring(4);
            } else if (line.startsWith("event: ")) {
                type = line.substring(7);
            } else if (line.startsWith("data: ")) {
                data.append(line.substring(6));
            }
        }
        return null;
    }

    /** What was said last. */
    Said last() {
        return last;
    }

    /** As many events as wanted; fewer at the end. */
    List<String> keys(int count) throws IOException {
        var keys = new ArrayList<String>();
        while (keys.size() < count) {
            var said = next();
            if (said == null || !said.type().equals("message")) {
                break;
            }
            keys.add(said.key());
        }
        return keys;
    }

    /** Waits for the next comment. */
    void awaitComment() throws IOException {
        int before = comments;
        while (comments == before) {
            var line = lines.readLine();
            if (line == null) {
                throw new IOException("the feed has ended");
            }
            if (line.startsWith(":")) {
                comments++;
                // The position that belongs to it.
                lastEventId = lines.readLine().substring(4);
            }
        }
    }

    String body() throws IOException {
        return new String(response.body().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        response.body().close();
    }
}
