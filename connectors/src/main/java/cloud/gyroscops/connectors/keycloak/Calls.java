package cloud.gyroscops.connectors.keycloak;

import cloud.gyroscops.connectors.target.TargetException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.ws.rs.NotAuthorizedException;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.net.SocketTimeoutException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** The one place where Keycloak's answers become exceptions of targets. */
final class Calls {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_MESSAGE = 500;

    /** Whatever it asks for: longer than that, it is asked again. */
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    /** Credentials refused, no such realm, too slow, too many. */
    private static final Set<Integer> NOBODY = Set.of(401, 403, 404, 408, 429);

    /** What OAuth answers, with 400, to credentials that it refuses. */
    private static final Set<String> BAD_CREDENTIALS = Set.of("invalid_grant", "invalid_client", "unauthorized_client");

    private Calls() {}

    /** A call that has an answer. */
    @FunctionalInterface
    interface Call<T> {
        T answer();
    }

    /** The object is not there. */
    static final class Gone extends Exception {
        private static final long serialVersionUID = 1L;

        private Gone(String message) {
            super(message);
        }
    }

    /** Another object is in the way. */
    static final class Conflict extends Exception {
        private static final long serialVersionUID = 1L;

        private Conflict(String message) {
            super(message);
        }
    }

    /** Reads what is there for sure. */
    static <T> T get(Call<T> call) throws TargetException {
        try {
            return find(call);
        } catch (Gone gone) {
            throw failed(gone);
        }
    }

    /** Reads what may be gone. */
    static <T> T find(Call<T> call) throws TargetException, Gone {
        try {
            return write(call);
        } catch (Conflict conflict) {
            throw failed(conflict);
        }
    }

    /** It was there a moment ago: another time it is looked for from the beginning. */
    static TargetException.Failed failed(Gone gone) {
        return new TargetException.Failed("HTTP_404", gone.getMessage(), OptionalInt.of(404), gone);
    }

    /** What was in the way has gone since, or cannot be told: another time it is looked for again. */
    static TargetException.Failed failed(Conflict conflict) {
        return new TargetException.Failed("HTTP_409", conflict.getMessage(), OptionalInt.of(409), conflict);
    }

    /** Writes what has no answer. */
    static void write(Runnable call) throws TargetException, Gone, Conflict {
        write(() -> {
            call.run();
            return null;
        });
    }

    /** Writes; the id of what was made, if something was. */
    static Optional<String> send(Call<Response> call) throws TargetException, Gone, Conflict {
        return write(() -> {
            try (var response = call.answer()) {
                if (response.getStatusInfo().getFamily() != Response.Status.Family.SUCCESSFUL) {
                    // Read before it is closed.
                    response.bufferEntity();
                    throw new WebApplicationException(response);
                }
                var location = response.getLocation();
                return location == null
                        ? Optional.empty()
                        : Optional.of(
                                location.getPath().substring(location.getPath().lastIndexOf('/') + 1));
            }
        });
    }

    /** Any call. */
    static <T> T write(Call<T> call) throws TargetException, Gone, Conflict {
        try {
            try {
                return call.answer();
            } catch (NotAuthorizedException tokenRefused) {
                // The client has thrown the token away by now, which somebody may have made invalid: once more with
                // another.
                return call.answer();
            }
        } catch (WebApplicationException refused) {
            throw told(refused);
        } catch (ProcessingException e) {
            if (e.getCause() instanceof WebApplicationException refused) {
                throw told(refused);
            }
            throw unreachable(e);
        }
    }

    private static TargetException.Unavailable unreachable(ProcessingException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SocketTimeoutException) {
                return unavailable("TIMEOUT", "Keycloak did not answer in time", OptionalInt.empty(), e);
            }
        }
        var cause = e.getCause() == null ? e : e.getCause();
        return unavailable(
                "CONNECTION", "cannot talk to Keycloak: " + shortened(cause.toString()), OptionalInt.empty(), e);
    }

    private static TargetException.Unavailable unavailable(
            String code, String message, OptionalInt status, Throwable cause) {
        return new TargetException.Unavailable(code, message, status, Optional.empty(), cause);
    }

    private static TargetException told(WebApplicationException refused) throws Gone, Conflict {
        var response = refused.getResponse();
        int status = response.getStatus();
        var reason = reason(response);
        var code = "HTTP_" + status;
        var message = "Keycloak answered " + status + (reason.isEmpty() ? "" : ": " + reason);
        if (status == 404 && !reason.startsWith("Realm")) {
            throw new Gone(message);
        }
        if (status == 409) {
            throw new Conflict(message);
        }
        boolean nobodyIsServed = status >= 500 || NOBODY.contains(status) || badCredentials(reason);
        if (!nobodyIsServed) {
            return new TargetException.Refused(code, message, OptionalInt.of(status), refused);
        }
        return new TargetException.Unavailable(
                code,
                message,
                OptionalInt.of(status),
                retryAfter(response.getHeaderString(HttpHeaders.RETRY_AFTER), Instant.now()),
                refused);
    }

    private static boolean badCredentials(String reason) {
        return BAD_CREDENTIALS.stream().anyMatch(reason::startsWith);
    }

    /** Seconds, or a date, but an hour at most; empty: neither. */
    static Optional<Duration> retryAfter(String header, Instant now) {
        if (header == null || header.isBlank()) {
            return Optional.empty();
        }
        var text = header.strip();
        if (text.matches("[0-9]+")) {
            return Optional.of(text.length() > 4 ? LONGEST_WAIT : atMost(Duration.ofSeconds(Integer.parseInt(text))));
        }
        try {
            var date = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME);
            return Optional.of(atMost(Duration.between(now, date.toInstant()))).filter(wait -> !wait.isNegative());
        } catch (DateTimeException noDate) {
            return Optional.empty();
        }
    }

    private static Duration atMost(Duration wait) {
        return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    }

    private static String reason(Response response) {
        try {
            return reason(response.readEntity(String.class));
        } catch (IllegalStateException | ProcessingException unreadable) {
            return "";
        }
    }

    /** What Keycloak has to say, out of {@code errorMessage}, {@code errors} or OAuth's {@code error}. */
    static String reason(String body) {
        if (body == null || body.isBlank()) {
            return "";
        }
        try {
            var json = JSON.readTree(body);
            var reasons = new StringBuilder(one(json));
            json.path("errors").forEach(error -> reasons.append(reasons.isEmpty() ? "" : "; ")
                    .append(one(error)));
            return shortened(reasons.toString());
        } catch (JsonProcessingException noJson) {
            return "";
        }
    }

    private static String one(JsonNode error) {
        var message = error.path("errorMessage").asText("");
        if (message.isEmpty()) {
            var description = error.path("error_description").asText("");
            message = error.path("error").asText("") + (description.isEmpty() ? "" : " (" + description + ")");
        }
        var field = error.path("field").asText("");
        return field.isEmpty() ? message : field + " " + message;
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_MESSAGE ? text : text.substring(0, LONGEST_MESSAGE) + "…";
    }
}
