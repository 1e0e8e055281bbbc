package cloud.gyroscops.topology.view.list;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class FreeTextTest {

    /** One letter, four words: a whole blessing. */
    private static final String LIGATURE = "\uFDFA ";

    @Test
    void wordsAreCountedAsTheyAreLookedFor() {
        assertThatThrownBy(() -> new SuggestDescriptions("", LIGATURE + "a b c d e f g h i j k l m n o p q", 10))
                .hasMessage("q has 21 words; it must have at most 20");
        assertThatCode(() -> new SuggestDescriptions("", LIGATURE + "a b c d e f g h i j k l m n o p", 10))
                .doesNotThrowAnyException();
    }

    @Test
    void theSameWordCountsOnce() {
        assertThat(TypedWords.of(LIGATURE.repeat(100)).words()).hasSize(4);
        assertThat(TypedWords.of("red shoes red").words()).containsExactly("shoes", "red");
    }

    @Test
    void lettersBeyondTheFirstPlaneCountOnce() {
        assertThatCode(() -> FreeText.check("\uD83D\uDC5F".repeat(200))).doesNotThrowAnyException();
        assertThatThrownBy(() -> FreeText.check("x".repeat(201)))
                .hasMessage("q has 201 characters; it must have at most 200");
    }
}
