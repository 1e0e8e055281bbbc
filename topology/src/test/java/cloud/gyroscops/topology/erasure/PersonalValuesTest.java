package cloud.gyroscops.topology.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class PersonalValuesTest {

    private final PersonalValues values = new PersonalValues(List.of("ada@acme.test", "zoë", ""));

    @Test
    void aValueIsFoundAmongOtherBytes() {
        assertThat(values.in(bytes("\0\1\32ada@acme.test\2"))).isTrue();
    }

    @Test
    void asciiLettersAreFoundInEitherCase() {
        assertThat(values.in(bytes("Ada@ACME.test"))).isTrue();
    }

    @Test
    void aValueIsFoundAsUtf8() {
        assertThat(values.in(bytes("Zoë"))).isTrue();
    }

    @Test
    void aPartOfAValueIsNotTheValue() {
        assertThat(values.in(bytes("ada@acme.tes"))).isFalse();
    }

    @Test
    void noBytesHoldNoValue() {
        assertThat(values.in(null)).isFalse();
        assertThat(values.in(new byte[0])).isFalse();
    }

    @Test
    void anEmptyValueIsNotLookedFor() {
        assertThat(new PersonalValues(List.of("")).in(bytes("anything"))).isFalse();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
