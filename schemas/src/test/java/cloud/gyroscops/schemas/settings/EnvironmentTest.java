package cloud.gyroscops.schemas.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentTest {

    @Test
    void aVariableThatIsNotSetGetsItsDefault() {
        var environment = new Environment(Map.of());

        assertThat(environment.text("A", "a")).isEqualTo("a");
        assertThat(environment.text("A", null)).isNull();
        assertThat(environment.integer("B", 7, 1, 9)).isEqualTo(7);
        assertThat(environment.duration("C", Duration.ofDays(1))).isEqualTo(Duration.ofDays(1));
    }

    @Test
    void aBlankVariableCountsAsNotSet() {
        assertThat(new Environment(Map.of("A", "  ")).text("A", "a")).isEqualTo("a");
    }

    @Test
    void spaceAroundAValueIsNoPartOfIt() {
        var environment = new Environment(Map.of("A", " x ", "B", " 8 ", "C", " PT5S "));

        assertThat(environment.text("A", "a")).isEqualTo("x");
        assertThat(environment.integer("B", 7, 1, 9)).isEqualTo(8);
        assertThat(environment.duration("C", Duration.ofDays(1))).isEqualTo(Duration.ofSeconds(5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "10", "-1", "3.5", "many", "99999999999"})
    void aNumberThatIsNoneOrOutOfBoundsIsNamed(String value) {
        assertThatThrownBy(() -> new Environment(Map.of("B", value)).integer("B", 7, 1, 9))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("B is \"" + value + "\"; it must be a whole number from 1 to 9");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "-PT1S", "5", "5s", "P"})
    void aDurationThatIsNoneOrNotPositiveIsNamed(String value) {
        assertThatThrownBy(() -> new Environment(Map.of("C", value)).duration("C", Duration.ofDays(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("C is \"" + value + "\"; it must be an ISO 8601 duration of more than 0, like PT5S or P1D");
    }

    @Test
    void itKnowsWhatItWasAskedAndNothingElse() {
        var environment = new Environment(Map.of("A", "x", "UNASKED", "y"));

        environment.text("A", "a");
        environment.integer("B", 7, 1, 9);
        environment.duration("C", Duration.ofDays(1));

        assertThat(environment.asked()).containsExactlyInAnyOrder("A", "B", "C");
    }
}
