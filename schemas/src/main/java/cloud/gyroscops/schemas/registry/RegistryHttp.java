package cloud.gyroscops.schemas.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Asks the registry under its URLs in turn, beginning with the one that answered last. */
final class RegistryHttp {

    /** What a registry said, good or bad. */
    record Answer(URI url, int status, JsonNode body) {

        /** The registry's own code, such as 40403 for an unknown id. */
        int errorCode() {
            return body.path("error_code").asInt(status);
        }

        String message() {
            return body.path("message").asText("HTTP status " + status);
        }

        boolean isSuccess() {
            return status == 200;
        }
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";

    private final HttpClient client;
    private final RegistrySettings settings;
    private volatile int working;

    RegistryHttp(RegistrySettings settings) {
        this.settings = settings;
        // No redirects: the credentials are for the URLs that were given. No HTTP/2: not every registry takes an
        // offer to upgrade well.
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(settings.requestTimeout())
                .build();
    }

    Answer get(String path) {
        return send("GET", path, BodyPublishers.noBody());
    }

    Answer send(String method, String path, JsonNode body) {
        return send(method, path, BodyPublishers.ofString(body.toString()));
    }

    private Answer send(String method, String path, BodyPublisher body) {
        List<String> failures = new ArrayList<>();
        Exception last = null;
        int count = settings.urls().size();
        int first = working;
        for (int i = 0; i < count; i++) {
            int at = (first + i) % count;
            URI url = settings.urls().get(at);
            try {
                Answer answer = ask(url, method, path, body);
                working = at;
                return answer;
            } catch (IOException e) {
                failures.add(url + ": " + describe(e));
                last = e;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new RegistryUnavailableException("interrupted while asking the schema registry " + url, e);
            }
        }
        throw new RegistryUnavailableException(
                "no schema registry answered " + method + " " + path + " (" + String.join("; ", failures) + ")", last);
    }

    private Answer ask(URI url, String method, String path, BodyPublisher body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(resolve(url, path))
                .timeout(settings.requestTimeout())
                .header("Accept", MEDIA_TYPE + ", application/json")
                .header("Content-Type", MEDIA_TYPE)
                .method(method, body);
        if (settings.user() != null) {
            request.header("Authorization", "Basic " + credentials());
        }
        HttpResponse<byte[]> response = client.send(request.build(), BodyHandlers.ofByteArray());
        int status = response.statusCode();
        if (status == 401 || status == 403) {
            throw new RegistryAccessDeniedException(url, settings.user(), status);
        }
        if (status == 429 || status >= 500) {
            throw new IOException("answered " + status);
        }
        return new Answer(url, status, parse(status, response.body()));
    }

    /**
     * Whatever is at the other end is taken for a registry only if it speaks like one: a proxy's own 404 must not turn
     * good records into ones with an unknown schema.
     */
    private static JsonNode parse(int status, byte[] body) throws IOException {
        JsonNode json;
        try {
            json = JSON.readTree(body);
        } catch (IOException e) {
            throw new IOException("answered " + status + " with a body that is not JSON: is there a registry?", e);
        }
        int code = json.path("error_code").asInt();
        boolean speaksLikeOne =
                switch (status) {
                    case 200 -> json.isContainerNode();
                    // Registries say what was not found; a plain 404 is what some say to a path that is not theirs.
                    case 404 -> code / 100 == 404;
                    default -> code != 0;
                };
        if (!speaksLikeOne) {
            throw new IOException("answered " + status + ", but not as a schema registry does: is the path right?");
        }
        return json;
    }

    private static URI resolve(URI url, String path) {
        String base = url.toString();
        return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path);
    }

    private String credentials() {
        String pair = settings.user() + ":" + settings.password();
        return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private static String describe(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
