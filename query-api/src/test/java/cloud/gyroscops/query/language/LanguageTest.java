package cloud.gyroscops.query.language;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguageTest {

    @Test
    void withoutAWordItIsFrench() {
        assertThat(Language.preferred(null)).isEqualTo(Language.FRENCH);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | FRENCH",
                "de | FRENCH",
                "* | FRENCH",
                "en | ENGLISH",
                "EN | ENGLISH",
                "en-GB | ENGLISH",
                "english | FRENCH",
                "fr-FR, fr;q=0.9, en;q=0.8 | FRENCH",
                "en-US, en;q=0.9, fr;q=0.8 | ENGLISH",
                "fr;q=0.1, en;q=0.2 | ENGLISH",
                "en;q=0.1, fr;q=0.2 | FRENCH",
                "en, fr | ENGLISH",
                "fr, en | FRENCH",
                "en;q=0.5, fr;q=0.5 | ENGLISH",
                "de, en;q=0.3 | ENGLISH",
                "en;q=0 | FRENCH",
                "fr;q=0, * | ENGLISH",
                "fr;q=0.000, en;q=0.001 | ENGLISH",
                "*;q=0.9, en;q=0.5 | FRENCH",
                "*;q=0.5, en;q=0.9 | ENGLISH",
                "en ; q = 0.9 , fr ; q=0.1 | ENGLISH",
                "en;q=2, fr;q=0.1 | FRENCH",
                "en;q=high | FRENCH",
                ",,;, | FRENCH"
            })
    void itIsTheOneThatTheClientLikesBest(String accepted, Language language) {
        assertThat(Language.preferred(accepted)).isEqualTo(language);
    }
}
