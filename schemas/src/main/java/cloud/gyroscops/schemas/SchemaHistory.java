package cloud.gyroscops.schemas;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.Schema;

/**
 * Every version that the schemas of the envelopes, their payloads and the stored states ever had, read from
 * {@code schema-history/} on the class path.
 */
public final class SchemaHistory {
    private static final String DIRECTORY = "/schema-history/";
    /** Class paths cannot be listed: a line is {@code <record>/<version>.avsc <SHA-256>}, oldest version first. */
    static final String INDEX = "index";

    private final Map<String, List<String>> files;

    private SchemaHistory(Map<String, List<String>> files) {
        this.files = files;
    }

    /**
     * Reads what there is.
     *
     * @throws IllegalStateException if the history is not on the class path
     */
    public static SchemaHistory load() {
        Map<String, List<String>> files = new TreeMap<>();
        for (String line : text(INDEX).lines().toList()) {
            String file = line.substring(0, line.indexOf(' '));
            String name = file.substring(0, file.indexOf('/'));
            files.computeIfAbsent(name, n -> new ArrayList<>()).add(file);
        }
        return new SchemaHistory(files);
    }

    /** The full names of the records that have a history. */
    public Set<String> names() {
        return Set.copyOf(files.keySet());
    }

    /** All versions of a record, oldest first, the current one last; none if it has no history. */
    public List<Schema> of(String fullName) {
        return files.getOrDefault(fullName, List.of()).stream()
                .map(file -> new Schema.Parser().parse(text(file)))
                .toList();
    }

    private static String text(String file) {
        try (InputStream in = SchemaHistory.class.getResourceAsStream(DIRECTORY + file)) {
            if (in == null) {
                throw new IllegalStateException(DIRECTORY + file + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + DIRECTORY + file, e);
        }
    }
}
