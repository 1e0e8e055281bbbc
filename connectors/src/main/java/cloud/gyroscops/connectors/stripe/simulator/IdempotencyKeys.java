package cloud.gyroscops.connectors.stripe.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What was answered under which key, for a day or so. */
final class IdempotencyKeys {

    private static final int LONGEST = 255;

    private record Remembered(String request, Answer answer, Instant at) {}

    private final Clock clock;
    private final Duration memory;
    private final Map<String, Remembered> answers = new LinkedHashMap<>();

    IdempotencyKeys(Clock clock, Duration memory) {
        this.clock = clock;
        this.memory = memory;
    }

    /** The answer that was given before to the same request. */
    Optional<Answer> before(String key, String request) {
        forget();
        if (key.length() > LONGEST) {
            throw Rejection.of(
                    400, "idempotency_error", null, "Idempotency keys have at most " + LONGEST + " characters.");
        }
        return Optional.ofNullable(answers.get(key)).map(remembered -> {
            if (!remembered.request().equals(request)) {
                throw Rejection.of(
                        400,
                        "idempotency_error",
                        null,
                        "Keys for idempotent requests can only be used with the same parameters they were first used"
                                + " with. Try using a key other than '" + key
                                + "' if you meant to execute a different request.");
            }
            return remembered.answer().again();
        });
    }

    void remember(String key, String request, Answer answer) {
        answers.put(key, new Remembered(request, answer, clock.instant()));
    }

    void forgetAll() {
        answers.clear();
    }

    private void forget() {
        var limit = clock.instant().minus(memory);
        var oldest = answers.values().iterator();
        while (oldest.hasNext() && oldest.next().at().isBefore(limit)) {
            oldest.remove();
        }
    }

    ArrayNode saved() {
        var array = Shapes.JSON.createArrayNode();
        answers.forEach((key, remembered) -> array.addObject()
                .put("key", key)
                .put("request", remembered.request())
                .put("status", remembered.answer().status())
                .put("body", remembered.answer().body())
                .put("at", remembered.at().toString()));
        return array;
    }

    void load(ArrayNode saved) {
        saved.forEach(each -> answers.put(
                each.path("key").asText(),
                new Remembered(
                        each.path("request").asText(),
                        new Answer(
                                each.path("status").asInt(), each.path("body").asText(), false),
                        Instant.parse(each.path("at").asText()))));
    }
}
