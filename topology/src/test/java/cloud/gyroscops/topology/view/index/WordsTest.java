package cloud.gyroscops.topology.view.index;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {

    @ParameterizedTest
    @CsvSource({
        "Zoé, zoe",
        "ÉLODIE, elodie",
        "Ångström, angstrom",
        "Straße, strasse",
        "Łódź, lodz",
        "Ærø, aero",
        "naïve, naive",
        "ﬁnal, final",
        "Ｗｉｄｅ, wide",
        "Αθήνα, αθηνα"
    })
    void caseAndAccentsDoNotCount(String text, String word) {
        assertThat(Words.of(text)).containsExactly(word);
    }

    @Test
    void accentsOfTheirOwnDoNotCountEither() {
        assertThat(Words.of("Zoe\u0301")).containsExactly("zoe");
    }

    @Test
    void wordsEndWhereLettersAndDigitsEnd() {
        assertThat(Words.of(" Ada.Lovelace+1@acme-corp.test "))
                .containsExactly("ada", "lovelace", "1", "acme", "corp", "test");
    }

    @Test
    void wordsAreTheSameWithAccentsElsewhereAndWithout() {
        var text = "  Order 12-34, TWO_tickets (A4)~x9";

        assertThat(Words.of(text)).containsExactly("order", "12", "34", "two", "tickets", "a4", "x9");
        assertThat(Words.of(text + " é")).startsWith(Words.of(text).toArray(String[]::new));
    }

    @Test
    void thereAreNoWordsInMarksAndSpaces() {
        assertThat(Words.of(" -- ?! ")).isEmpty();
    }
}
