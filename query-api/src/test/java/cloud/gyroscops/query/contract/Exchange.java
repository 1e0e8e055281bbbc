package cloud.gyroscops.query.contract;

import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A request and its answer.
 *
 * @param sent the request's body; null where it is not known, or there is none
 * @param received the answer's body, with no encoding
 */
public record Exchange(
        String method,
        URI uri,
        Map<String, List<String>> requestHeaders,
        String sent,
        int status,
        Map<String, List<String>> headers,
        String received) {

    /** An exchange by a Java client. */
    public static Exchange of(HttpResponse<String> answer, String sent) {
        return new Exchange(
                answer.request().method(),
                answer.uri(),
                answer.request().headers().map(),
                sent,
                answer.statusCode(),
                answer.headers().map(),
                answer.body());
    }

    String path() {
        return uri.getPath();
    }

    /** A header of the answer; null if it has none. */
    String header(String name) {
        return all(headers, name);
    }

    String requestHeader(String name) {
        return all(requestHeaders, name);
    }

    /** The media type of the answer, without its parameters; empty if there is none. */
    String mediaType() {
        return mediaType(header("Content-Type"));
    }

    static String mediaType(String contentType) {
        return contentType == null ? "" : contentType.split(";")[0].strip();
    }

    /** The parameters in the query. */
    Map<String, List<String>> parameters() {
        var parameters = new TreeMap<String, List<String>>();
        if (uri.getRawQuery() != null) {
            for (var pair : uri.getRawQuery().split("&")) {
                var parts = pair.split("=", 2);
                parameters
                        .computeIfAbsent(decoded(parts[0]), name -> new ArrayList<>())
                        .add(parts.length == 1 ? "" : decoded(parts[1]));
            }
        }
        return parameters;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static String all(Map<String, List<String>> headers, String name) {
        var values = headers.entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .flatMap(header -> header.getValue().stream())
                .toList();
        return values.isEmpty() ? null : String.join(", ", values);
    }

    @Override
    public String toString() {
        return method + " " + uri + " → " + status;
    }
}
