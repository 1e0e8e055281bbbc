package cloud.gyroscops.standalone.http;

import static org.awaitility.Awaitility.await;

import cloud.gyroscops.query.contract.Contract;
import cloud.gyroscops.query.contract.Exchange;
import cloud.gyroscops.standalone.AskingAgain;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Somebody who talks to the system over HTTP, and holds every answer against the contract. */
final class HttpUser {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Supplier<URI> server;

    HttpUser(Supplier<URI> server) {
        this.server = server;
    }

    /** An answer, with its body as text. */
    record Answer(HttpResponse<String> response) {

        int status() {
            return response.statusCode();
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse(null);
        }

        String text() {
            return response.body();
        }

        JsonNode json() {
            return parse(response.body());
        }

        List<JsonNode> lines() {
            return response.body().lines().map(HttpUser::parse).toList();
        }
    }

    /**
     * Asks again where the answer is to do so, as clients should: views move between threads and instances at any time, also
     * after all was ready once.
     */
    Answer get(String path, String... headers) {
        return AskingAgain.until(() -> getOnce(path, headers), Answer::response);
    }

    /** As patiently: what a GET would be answered with, but for the body. */
    Answer head(String path) {
        return AskingAgain.until(() -> send(request(path).method("HEAD", BodyPublishers.noBody())), Answer::response);
    }

    /** As patiently, by somebody who takes what is compressed; as it comes, and not held against the contract. */
    HttpResponse<byte[]> getCompressed(String path) {
        var request = request(path).GET().header("Accept-Encoding", "gzip").build();
        return AskingAgain.until(() -> client.send(request, BodyHandlers.ofByteArray()), answer -> answer);
    }

    /** The first answer. */
    Answer getOnce(String path, String... headers) {
        var request = request(path).GET();
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    /** The first answer, for who asks much at once. */
    CompletableFuture<Answer> getOnceInBackground(String path) {
        return client.sendAsync(request(path).GET().build(), BodyHandlers.ofString())
                .thenApply(answer -> checked(answer, null));
    }

    /** Posts a command, and waits for its result. */
    Answer command(String json) {
        return post("/commands", json, "Prefer", "wait=30");
    }

    Answer post(String path, String body, String... headers) {
        return send(withBody(path, body, headers), body);
    }

    Answer lines(String body) {
        return send(request("/commands")
                .header("Content-Type", "application/x-ndjson")
                .POST(BodyPublishers.ofString(body)));
    }

    CompletableFuture<Answer> commandInBackground(String json) {
        return client.sendAsync(withBody("/commands", json, "Prefer", "wait=30").build(), BodyHandlers.ofString())
                .thenApply(answer -> checked(answer, json));
    }

    Answer send(HttpRequest.Builder request) {
        return send(request, null);
    }

    private Answer send(HttpRequest.Builder request, String body) {
        try {
            return checked(client.send(request.build(), BodyHandlers.ofString()), body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static Answer checked(HttpResponse<String> answer, String body) {
        Contract.INSTANCE.check(Exchange.of(answer, body));
        return new Answer(answer);
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(server.get().resolve(path)).timeout(Duration.ofSeconds(60));
    }

    void awaitReady() {
        await().atMost(Duration.ofSeconds(60))
                .ignoreExceptionsInstanceOf(UncheckedIOException.class)
                .until(() -> get("/health/ready").status() == 200);
    }

    private HttpRequest.Builder withBody(String path, String body, String... headers) {
        var request = request(path).POST(BodyPublishers.ofString(body)).header("Content-Type", "application/json");
        return headers.length == 0 ? request : request.headers(headers);
    }

    private static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(text, e);
        }
    }
}
