package cloud.gyroscops.topology.erasure;

import java.nio.charset.StandardCharsets;
import java.util.Collection;

/** Texts that stand for a person, to be found in any bytes: as UTF-8, ASCII letters in either case. */
public final class PersonalValues {

    private final byte[][] values;

    /** The values; empty ones are left out, since they are everywhere. */
    public PersonalValues(Collection<String> texts) {
        values = texts.stream()
                .filter(text -> !text.isEmpty())
                .distinct()
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
    }

    /** Whether one of them is in the bytes; null has none. */
    public boolean in(byte[] bytes) {
        if (bytes == null) {
            return false;
        }
        for (var value : values) {
            for (int at = 0; at <= bytes.length - value.length; at++) {
                if (startsAt(bytes, at, value)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean startsAt(byte[] bytes, int at, byte[] value) {
        for (int i = 0; i < value.length; i++) {
            if (folded(bytes[at + i]) != folded(value[i])) {
                return false;
            }
        }
        return true;
    }

    private static int folded(byte letter) {
        return letter >= 'A' && letter <= 'Z' ? letter + ('a' - 'A') : letter;
    }
}
