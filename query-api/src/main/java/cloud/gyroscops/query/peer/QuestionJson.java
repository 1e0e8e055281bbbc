package cloud.gyroscops.query.peer;

import cloud.gyroscops.topology.view.Answered;
import cloud.gyroscops.topology.view.Forwarded;
import cloud.gyroscops.topology.view.Staleness;
import cloud.gyroscops.topology.view.Token;
import cloud.gyroscops.topology.view.partition.Question;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.util.RawValue;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Questions and answers as they travel between instances: records as JSON, views within them as they are stored. */
final class QuestionJson {

    private static final String PACKAGE = "cloud.gyroscops.topology.view.";
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_.$]{0,200}");

    private final JsonMapper json = JsonMapper.builder()
            .addModules(new Jdk8Module(), new JavaTimeModule(), new ViewsModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS, SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            // An instant stays the instant that it is.
            .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
            // What a newer instance asks beside what is known here.
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    JsonMapper mapper() {
        return json;
    }

    /** The name of a kind of questions. */
    static String name(Question<?> question) {
        return question.getClass().getName().substring(PACKAGE.length());
    }

    byte[] question(Forwarded<?> forwarded) throws IOException {
        var body = json.createObjectNode();
        body.set("question", json.valueToTree(forwarded.question()));
        body.set("partitions", json.valueToTree(forwarded.partitions()));
        body.set("seen", json.valueToTree(forwarded.seen()));
        return json.writeValueAsBytes(body);
    }

    /**
     * Reads a question.
     *
     * @throws IllegalArgumentException if there is no such kind of questions, or if it is not one of that kind
     */
    Forwarded<Object> question(String name, byte[] body) throws IOException {
        var kind = kind(name);
        try {
            var tree = json.readTree(body);
            return new Forwarded<>(
                    json.treeToValue(tree.required("question"), kind),
                    json.convertValue(tree.required("partitions"), setOf(Integer.class)),
                    json.convertValue(tree.required("seen"), tokensByPartition()));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no question of kind " + name + ": " + e.getOriginalMessage(), e);
        }
    }

    <A> byte[] answers(Question<?> question, Map<Integer, Answered<A>> answers) throws IOException {
        var body = json.createObjectNode();
        var writer = json.writerFor(answerOf(question));
        for (var answered : answers.entrySet()) {
            var one = body.putObject(answered.getKey().toString());
            one.putRawValue(
                    "answer",
                    new RawValue(writer.writeValueAsString(answered.getValue().answer())));
            answered.getValue().staleness().ifPresent(staleness -> one.put("records", staleness.records())
                    .put("ms", staleness.ago().toMillis()));
        }
        return json.writeValueAsBytes(body);
    }

    <A> Map<Integer, Answered<A>> answers(Question<A> question, byte[] body) throws IOException {
        var type = answerOf(question);
        var answers = new HashMap<Integer, Answered<A>>();
        for (var answered : json.readTree(body).properties()) {
            var one = answered.getValue();
            A answer = json.readerFor(type).readValue(one.required("answer"));
            var staleness = one.has("records")
                    ? Optional.of(new Staleness(
                            one.get("records").asLong(),
                            Duration.ofMillis(one.get("ms").asLong())))
                    : Optional.<Staleness>empty();
            answers.put(Integer.valueOf(answered.getKey()), new Answered<>(answer, staleness));
        }
        return answers;
    }

    /** The type of the answers: as a question's class declares it. */
    private JavaType answerOf(Question<?> question) {
        return json.getTypeFactory()
                .constructType(question.getClass())
                .findSuperType(Question.class)
                .containedType(0);
    }

    private JavaType setOf(Class<?> element) {
        return json.getTypeFactory().constructCollectionType(Set.class, element);
    }

    private JavaType tokensByPartition() {
        var types = json.getTypeFactory();
        return types.constructMapType(
                Map.class, types.constructType(Integer.class), types.constructCollectionType(List.class, Token.class));
    }

    /** Whether there is such a kind of questions. */
    static boolean knows(String name) {
        return found(name).isPresent();
    }

    private static Class<Question<Object>> kind(String name) {
        return found(name)
                .orElseThrow(() -> new IllegalArgumentException("there is no question \"" + name + "\" here"));
    }

    /** Only records of the views' packages are ever made of what others send. */
    @SuppressWarnings("unchecked")
    private static Optional<Class<Question<Object>>> found(String name) {
        try {
            if (NAME.matcher(name).matches()) {
                var kind = Class.forName(PACKAGE + name, false, Question.class.getClassLoader());
                if (kind.isRecord() && Question.class.isAssignableFrom(kind)) {
                    return Optional.of((Class<Question<Object>>) kind);
                }
            }
        } catch (ClassNotFoundException | LinkageError unknown) {
            // Another instance may be newer.
        }
        return Optional.empty();
    }
}
