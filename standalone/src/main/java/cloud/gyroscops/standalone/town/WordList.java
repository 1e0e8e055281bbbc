package cloud.gyroscops.standalone.town;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The words that names are made of: text files, one entry a line. */
final class WordList {

    private WordList() {}

    static List<String> of(String name) {
        try (var reader = new BufferedReader(
                new InputStreamReader(WordList.class.getResourceAsStream("/town/" + name), StandardCharsets.UTF_8))) {
            return reader.lines().filter(line -> !line.isBlank()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
