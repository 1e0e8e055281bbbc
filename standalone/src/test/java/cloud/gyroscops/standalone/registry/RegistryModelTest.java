package cloud.gyroscops.standalone.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryModelTest {
    private static final String A = record("{'name':'a','type':'int'}");
    private static final String AB_OPTIONAL = record("{'name':'a','type':'int'},{'name':'b','type':'int','default':0}");
    private static final String AB = record("{'name':'a','type':'int'},{'name':'b','type':'int'}");

    private final List<Entry> stored = new ArrayList<>();
    private final Registry registry = new Registry(Stream.of(), stored::addAll);

    @Test
    void aSchemaHasOneIdUnderAllSubjectsHoweverItIsWritten() {
        int id = registry.register("s", A);

        assertThat(registry.register("t", "  " + A.replace(",", " ,\n"))).isEqualTo(id);
        assertThat(registry.register("s", A)).isEqualTo(id);
        assertThat(registry.<List<RegistryModel.Version>>ask(model -> model.uses(id)))
                .extracting(RegistryModel.Version::subject)
                .containsExactly("s", "t");
    }

    @Test
    void whatIsRegisteredAgainIsNotStoredAgain() {
        registry.register("s", A);
        int before = stored.size();

        registry.register("s", A);

        assertThat(stored).hasSize(before);
    }

    @Test
    void aRestartKnowsEverything() {
        int id = registry.register("s", A);
        registry.register("s", AB_OPTIONAL);
        registry.delete("s", "1");
        registry.setLevel("s", CompatibilityLevel.FULL);

        Registry restarted = new Registry(stored.stream(), entries -> {});

        assertThat(restarted.<Object>ask(model -> model.schema(id))).isEqualTo(A);
        assertThat(restarted.<List<RegistryModel.Version>>ask(model -> model.versions("s")))
                .isEqualTo(registry.ask(model -> model.versions("s")));
        assertThat(restarted.<Object>ask(model -> model.ownLevel("s"))).isEqualTo(CompatibilityLevel.FULL);
        assertThat(restarted.register("t", AB)).isEqualTo(registry.register("t", AB));
    }

    @Test
    void anIdWhoseStoringFailedIsNotGivenToAnotherSchema() {
        boolean[] broken = {true};
        Registry shaky = new Registry(Stream.of(), entries -> {
            if (broken[0]) {
                throw RegistryProblem.store(new Exception("no broker"));
            }
        });
        assertThatThrownBy(() -> shaky.register("s", A)).isInstanceOf(RegistryProblem.class);
        broken[0] = false;

        assertThat(shaky.register("s", AB)).isEqualTo(2);
    }

    @Test
    void deletedVersionsKeepTheirIdsAndTheirNumbers() {
        int id = registry.register("s", A);

        assertThat(registry.delete("s")).containsExactly(1);

        assertThat(registry.<Object>ask(model -> model.schema(id))).isEqualTo(A);
        assertProblem(40401, () -> registry.ask(model -> model.versions("s")));
        assertThat(registry.register("s", A)).isEqualTo(id);
        assertThat(registry.ask(model -> model.version("s", "latest")).version())
                .isEqualTo(2);
    }

    @Test
    void aRequiredFieldBreaksTheDefaultRule() {
        registry.register("s", A);

        assertProblem(409, () -> registry.register("s", AB));
        assertThat(registry.<Optional<String>>ask(model -> model.objection("s", "1", AB)))
                .isPresent();
        assertThat(registry.<Optional<String>>ask(model -> model.objection("s", "latest", AB_OPTIONAL)))
                .isEmpty();
    }

    /** Oldest, middle and newest version; whether the newest may follow. */
    @ParameterizedTest
    @CsvSource({
        "NONE, true",
        "BACKWARD, true",
        "BACKWARD_TRANSITIVE, false",
        "FORWARD, true",
        "FORWARD_TRANSITIVE, true",
        "FULL, true",
        "FULL_TRANSITIVE, false"
    })
    void onlyTransitiveRulesLookPastTheLastVersion(CompatibilityLevel level, boolean allowed) {
        registry.register("s", A);
        registry.register("s", AB_OPTIONAL);
        registry.setLevel("s", level);

        if (allowed) {
            assertThat(registry.register("s", AB)).isEqualTo(3);
        } else {
            assertProblem(409, () -> registry.register("s", AB));
        }
    }

    @Test
    void aSubjectWithoutARuleObeysTheGlobalOne() {
        registry.register("s", A);
        registry.setLevel(null, CompatibilityLevel.NONE);
        registry.setLevel("s", CompatibilityLevel.FULL);

        assertThat(registry.removeLevel("s")).isEqualTo(CompatibilityLevel.FULL);

        assertProblem(40408, () -> registry.ask(model -> model.ownLevel("s")));
        assertThat(registry.register("s", AB)).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{\"type\":\"nonsense\"}", "{\"type\":\"record\"}"})
    void whatIsNoSchemaIsRefused(String text) {
        assertProblem(42201, () -> registry.register("s", text));
    }

    @ParameterizedTest
    @CsvSource({"9, 40402", "0, 42202", "first, 42202", "99999999999, 42202"})
    void versionsAreNumbersOrLatest(String version, int code) {
        registry.register("s", A);

        assertProblem(code, () -> registry.ask(model -> model.version("s", version)));
    }

    @Test
    void aSchemaIsFoundUnderItsSubjectOnly() {
        registry.register("s", A);
        registry.register("t", AB);

        assertThat(registry.ask(model -> model.find("s", A)).version()).isEqualTo(1);
        assertProblem(40403, () -> registry.ask(model -> model.find("s", AB)));
        assertProblem(40401, () -> registry.ask(model -> model.find("u", AB)));
    }

    private static void assertProblem(int code, Runnable action) {
        assertThatThrownBy(action::run)
                .isInstanceOfSatisfying(RegistryProblem.class, problem -> assertThat(problem.code())
                        .isEqualTo(code));
    }

    private static String record(String fields) {
        return ("{'type':'record','name':'R','fields':[" + fields + "]}").replace('\'', '"');
    }
}
