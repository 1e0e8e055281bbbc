package cloud.gyroscops.standalone.load;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What the server said of a line.
 *
 * @param kind what became of it
 * @param reason why it was rejected; empty otherwise
 * @param detail for people, where something is wrong
 */
record Answer(Kind kind, String reason, String detail) {

    /** What may become of a line. */
    enum Kind {
        ACCEPTED,
        REJECTED,
        MALFORMED,
        /** To be sent again: not published, or not decided in time. */
        OPEN
    }

    static Answer of(JsonNode json) {
        return switch (json.path("status").asText()) {
            case "ACCEPTED" -> new Answer(Kind.ACCEPTED, "", "");
            case "REJECTED" ->
                new Answer(
                        Kind.REJECTED,
                        json.path("refusal").path("reason").asText(),
                        json.path("refusal").path("message").asText());
            case "MALFORMED" ->
                new Answer(Kind.MALFORMED, "", json.path("detail").asText());
            default ->
                new Answer(
                        Kind.OPEN,
                        "",
                        json.path("detail").asText(json.path("status").asText()));
        };
    }
}
