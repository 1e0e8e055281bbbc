package cloud.gyroscops.query.model;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Texts as people search them. */
final class Text {

    private Text() {}

    /** In lower case and without accents, for the letters that occur here. */
    static List<String> words(String text) {
        var plain = Normalizer.normalize(text, Normalizer.Form.NFD)
                .replaceAll("\\p{Mn}", "")
                .toLowerCase(Locale.ROOT)
                .replace("ß", "ss")
                .replace("ø", "o")
                .replace("ł", "l");
        return Arrays.stream(plain.split("[^a-z0-9]+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /** Whether each word that was typed begins one of a text. */
    static boolean matches(String typed, String text) {
        var words = words(text);
        return words(typed).stream().allMatch(begun -> words.stream().anyMatch(word -> word.startsWith(begun)));
    }

    static String encoded(Object text) {
        return URLEncoder.encode(text.toString(), StandardCharsets.UTF_8);
    }
}
