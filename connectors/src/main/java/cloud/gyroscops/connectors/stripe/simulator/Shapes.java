package cloud.gyroscops.connectors.stripe.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Instant;

/** New objects in the shapes that Stripe publishes. */
final class Shapes {

    static final JsonMapper JSON = new JsonMapper();

    private static final String LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final JsonNode ALL = read();

    private Shapes() {}

    static ObjectNode make(String type, String prefix, Instant now) {
        ObjectNode object = ALL.path(type).deepCopy();
        object.put("id", id(prefix));
        object.put("created", now.getEpochSecond());
        return object;
    }

    /** An id as Stripe makes them, for example {@code pi_3PgafyB7WZ01zgkWSjxsAJo3}. */
    static String id(String prefix) {
        var id = new StringBuilder(prefix);
        for (int i = 0; i < 24; i++) {
            id.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
        }
        return id.toString();
    }

    private static JsonNode read() {
        try (var in = Shapes.class.getResourceAsStream("shapes.json")) {
            return JSON.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
