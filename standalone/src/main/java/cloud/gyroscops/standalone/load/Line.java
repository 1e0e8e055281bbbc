package cloud.gyroscops.standalone.load;

import cloud.gyroscops.schemas.Aggregate;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;

/**
 * A line of the file.
 *
 * @param number in the file, from 1
 * @param text the command as JSON, with a commandId
 * @param aggregate whom it is for, like {@code users/u-1}
 * @param references the other aggregates that it names
 */
record Line(long number, String text, String aggregate, Set<String> references) {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /**
     * Reads a line. Only what the loader needs is looked at: what else may be wrong, the server finds and tells.
     *
     * @throws IllegalArgumentException if it is no JSON object
     */
    static Line parse(long number, String text) {
        JsonNode json;
        try {
            json = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no JSON: " + e.getOriginalMessage(), e);
        }
        if (!(json instanceof ObjectNode command)) {
            throw new IllegalArgumentException("no JSON object; a command has type, aggregateId and payload");
        }
        var type = command.path("type").asText();
        var aggregate = Aggregate.thatTakes(type).map(Aggregate::plural).orElse(type) + "/"
                + command.path("aggregateId").asText();
        return new Line(number, identified(number, text, command), aggregate, references(command.path("payload")));
    }

    /** The same line of the same file gets the same id, so that it is safe to load it again. */
    private static String identified(long number, String text, ObjectNode command) {
        if (command.hasNonNull("commandId")) {
            return text;
        }
        return command.put("commandId", "line-" + number + "-" + digest(text)).toString();
    }

    private static String digest(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static Set<String> references(JsonNode payload) {
        var references = new HashSet<String>();
        if (payload.hasNonNull("organizationId")) {
            references.add("organizations/" + payload.path("organizationId").asText());
        }
        if (payload.hasNonNull("userId")) {
            references.add("users/" + payload.path("userId").asText());
        }
        return references;
    }
}
