package cloud.gyroscops.query.peer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.topology.view.Answered;
import cloud.gyroscops.topology.view.Forwarded;
import cloud.gyroscops.topology.view.Staleness;
import cloud.gyroscops.topology.view.Token;
import cloud.gyroscops.topology.view.Views;
import cloud.gyroscops.topology.view.partition.Question;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecordBase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every question that there is can be carried to another instance, and its answers back. */
class QuestionJsonTest {

    private final QuestionJson json = new QuestionJson();

    static Stream<Class<?>> questions() {
        return new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .withImportOption(location -> !location.contains("-tests.jar"))
                        .importPackages("cloud.gyroscops.topology.view")
                        .stream()
                        .filter(type -> type.isAssignableTo(Question.class) && !type.isInterface())
                        .map(JavaClass::reflect);
    }

    @Test
    void thereAreQuestions() {
        assertThat(questions()).hasSizeGreaterThanOrEqualTo(4);
    }

    @ParameterizedTest
    @MethodSource("questions")
    void aQuestionArrivesAsItWasSent(Class<?> kind) throws Exception {
        var question = (Question<?>) sample(kind);
        var sent = new Forwarded<>(question, Set.of(0, 5), Map.of(5, List.of(new Token(Aggregate.USERS, "u-1", 7))));

        var received = json.question(QuestionJson.name(question), json.question(sent));

        assertThat(received)
                .usingRecursiveComparison()
                .withStrictTypeChecking()
                .ignoringFields("partitions", "seen")
                .isEqualTo(sent);
        assertThat(received.partitions()).isEqualTo(sent.partitions());
        assertThat(received.seen()).isEqualTo(sent.seen());
    }

    @ParameterizedTest
    @MethodSource("questions")
    @SuppressWarnings("unchecked")
    void itsAnswersArriveAsTheyWereGiven(Class<?> kind) throws Exception {
        var question = (Question<Object>) sample(kind);
        var answer = Samples.of(answerOf(kind));
        var given = Map.of(
                0, new Answered<>(answer, Optional.<Staleness>empty()),
                4, new Answered<>(answer, Optional.of(new Staleness(12, Duration.ofMillis(340)))));

        var received = json.answers(question, json.answers(question, given));

        assertThat(received)
                .usingRecursiveComparison()
                .withEqualsForType(Object::equals, SpecificRecordBase.class)
                .isEqualTo(given);
    }

    @Test
    @SuppressWarnings("unchecked")
    void anAnswerThatIsEmptyArrivesEmpty() throws Exception {
        var findsSomething = questions()
                .filter(kind ->
                        answerOf(kind) instanceof ParameterizedType answer && answer.getRawType() == Optional.class)
                .findFirst()
                .orElseThrow();
        var question = (Question<Object>) sample(findsSomething);
        var given = Map.of(1, new Answered<Object>(Optional.empty(), Optional.empty()));

        assertThat(json.answers(question, json.answers(question, given))).isEqualTo(given);
    }

    @Test
    void onlyQuestionsAreMadeOfWhatOthersSend() {
        var body = "{}".getBytes(UTF_8);

        assertThatThrownBy(() -> json.question("Token", body)).hasMessage("there is no question \"Token\" here");
        assertThatThrownBy(() -> json.question("../../x", body)).hasMessageContaining("there is no question");
        assertThatThrownBy(() -> json.question("FindView", body)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Made of any values; of {@code questions/<name>.json} where its parts must fit together. */
    private Object sample(Class<?> kind) throws IOException {
        var file = "/questions/"
                + kind.getName().substring(Views.class.getPackageName().length() + 1) + ".json";
        try (var written = getClass().getResourceAsStream(file)) {
            if (written != null) {
                return json.mapper().readValue(written, kind);
            }
        }
        try {
            return Samples.of(kind);
        } catch (IllegalArgumentException e) {
            throw new AssertionError("write a sample of " + kind + " to src/test/resources" + file, e);
        }
    }

    private static Type answerOf(Class<?> kind) {
        return ((ParameterizedType) questionOf(kind)).getActualTypeArguments()[0];
    }

    private static Type questionOf(Class<?> kind) {
        return Arrays.stream(kind.getGenericInterfaces())
                .filter(type -> type instanceof ParameterizedType generic && generic.getRawType() == Question.class)
                .findFirst()
                .orElseThrow(() -> new AssertionError(kind + " should implement Question<its answer> itself"));
    }
}
