package cloud.gyroscops.standalone.cli;

import cloud.gyroscops.standalone.cli.CommandLineInterface.Failure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** The HTTP API of a running system, for one command line. */
final class Server {

    static final String DEFAULT_URL = "http://127.0.0.1:8080";

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(10);

    private final URI url;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(CONNECT).build();

    private Server(URI url) {
        this.url = url;
    }

    /** The server at a URL that the user gave. */
    static Server at(String url) {
        var given = url.replaceAll("/+$", "");
        try {
            var uri = URI.create(given);
            if (uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
                return new Server(uri);
            }
        } catch (IllegalArgumentException notUrl) {
            // Told below, like a URL of another kind.
        }
        throw new Failure("--url is \"" + url + "\"; it must be like " + DEFAULT_URL);
    }

    URI url() {
        return url;
    }

    /** A request to one of its paths. */
    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + path)).timeout(ANSWER);
    }

    /** Fails with one line if there is no such server. */
    HttpResponse<String> send(HttpRequest request) throws InterruptedException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new Failure("no gyroscops answers at " + url + " (" + why(e)
                    + "); start one with: gyroscops up, or name another with --url");
        }
    }

    /** Fails with one line if nobody answers. */
    void expect() throws InterruptedException {
        int status = send(request("/health/live").build()).statusCode();
        if (status != 200 && status != 503) {
            throw new Failure(url + "/health/live answered " + status
                    + "; it does not seem to be a gyroscops: name one with --url");
        }
    }

    private static String why(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
