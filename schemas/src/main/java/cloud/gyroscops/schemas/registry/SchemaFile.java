package cloud.gyroscops.schemas.registry;

import cloud.gyroscops.schemas.registry.KnownSchemas.Snapshot;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.Schema;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the known schemas on disk, so that a start during an outage of the registry knows every id seen before. */
final class SchemaFile {
    private static final Logger LOG = LoggerFactory.getLogger(SchemaFile.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Snapshot NOTHING = new Snapshot(Map.of(), Map.of());

    private final Path path;
    private final String registry;

    /**
     * A null path keeps nothing.
     *
     * @param registry which one gave the ids: they mean nothing at another
     */
    SchemaFile(Path path, String registry) {
        this.registry = registry;
        this.path = path == null ? null : path.toAbsolutePath();
    }

    /** What was kept; nothing if the file is missing or damaged, since it can be had from the registry again. */
    Snapshot load() {
        if (path == null || !Files.exists(path)) {
            return NOTHING;
        }
        try {
            var json = JSON.readTree(Files.readAllBytes(path));
            if (!registry.equals(json.path("registry").asText())) {
                LOG.info("The schemas in {} are those of another registry; they are forgotten", path);
                return NOTHING;
            }
            return parse(json);
        } catch (IOException | RuntimeException e) {
            LOG.warn("Starting without the kept schemas, since {} cannot be read: {}", path, e.toString());
            return NOTHING;
        }
    }

    /** A failure is logged only: the file is a precaution, and the records at hand need it not. */
    synchronized void save(KnownSchemas known) {
        if (path == null) {
            return;
        }
        try {
            Files.createDirectories(path.getParent());
            Path temporary = Files.createTempFile(path.getParent(), path.getFileName() + ".", ".tmp");
            try {
                Files.write(
                        temporary,
                        JSON.writeValueAsBytes(format(known.snapshot()).put("registry", registry)));
                Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            LOG.warn("The known schemas were not kept, since {} cannot be written: {}", path, e.toString());
        }
    }

    private static Snapshot parse(JsonNode json) throws IOException {
        if (!json.path("schemas").isObject() || !json.path("subjects").isObject()) {
            throw new IOException("'schemas' and 'subjects' are missing");
        }
        Map<Integer, Schema> schemas = new TreeMap<>();
        json.get("schemas")
                .properties()
                .forEach(entry -> schemas.put(
                        Integer.valueOf(entry.getKey()),
                        new Schema.Parser().parse(entry.getValue().asText())));
        Map<String, Set<Integer>> subjects = new TreeMap<>();
        json.get("subjects").properties().forEach(entry -> {
            Set<Integer> ids = subjects.computeIfAbsent(entry.getKey(), subject -> new TreeSet<>());
            entry.getValue().forEach(id -> ids.add(id.intValue()));
        });
        return new Snapshot(schemas, subjects);
    }

    private static ObjectNode format(Snapshot known) {
        ObjectNode json = JSON.createObjectNode();
        ObjectNode schemas = json.putObject("schemas");
        known.schemas().forEach((id, schema) -> schemas.put(Integer.toString(id), schema.toString()));
        ObjectNode subjects = json.putObject("subjects");
        known.subjects().forEach((subject, ids) -> {
            ArrayNode array = subjects.putArray(subject);
            ids.forEach(array::add);
        });
        return json;
    }
}
