package cloud.gyroscops.schemas;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;

/** The history as files, where new versions are written. */
final class HistoryDirectory {
    private final Path directory;

    HistoryDirectory(Path directory) {
        this.directory = directory;
    }

    /** Files by name below the directory, with the hash that each had when it was recorded. */
    Map<String, String> recorded() throws IOException {
        Path index = directory.resolve(SchemaHistory.INDEX);
        Map<String, String> hashes = new TreeMap<>();
        if (Files.exists(index)) {
            for (String line : Files.readAllLines(index)) {
                String[] columns = line.split(" ");
                hashes.put(columns[0], columns[1]);
            }
        }
        return hashes;
    }

    String hash(String file) throws IOException {
        try {
            byte[] bytes = Files.readAllBytes(directory.resolve(file));
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    List<Schema> versions(String name) throws IOException {
        List<Schema> versions = new ArrayList<>();
        for (int version = 1; Files.exists(file(name, version)); version++) {
            versions.add(new Schema.Parser().parse(Files.readString(file(name, version))));
        }
        return versions;
    }

    /**
     * Adds a version, unless the newest one is the same.
     *
     * @throws IllegalArgumentException if the rule refuses it; nothing is written then
     */
    void record(Schema schema, EvolutionRule rule) throws IOException {
        List<Schema> versions = versions(schema.getFullName());
        if (!versions.isEmpty() && versions.get(versions.size() - 1).equals(schema)) {
            return;
        }
        rule.objection(versions, schema).ifPresent(objection -> {
            throw new IllegalArgumentException(objection);
        });
        Path file = file(schema.getFullName(), versions.size() + 1);
        Files.createDirectories(file.getParent());
        Files.writeString(file, new ObjectMapper().readTree(schema.toString()).toPrettyString() + "\n");
        Map<String, String> index = recorded();
        String name = schema.getFullName() + "/" + file.getFileName();
        index.put(name, hash(name));
        write(index);
    }

    private void write(Map<String, String> index) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String name : index.keySet().stream()
                .map(file -> file.split("/")[0])
                .distinct()
                .toList()) {
            for (int version = 1; index.containsKey(name + "/" + version + ".avsc"); version++) {
                String file = name + "/" + version + ".avsc";
                lines.add(file + " " + index.get(file));
            }
        }
        Files.writeString(directory.resolve(SchemaHistory.INDEX), String.join("\n", lines) + "\n");
    }

    private Path file(String name, int version) {
        return directory.resolve(name).resolve(version + ".avsc");
    }
}
