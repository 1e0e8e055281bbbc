package cloud.gyroscops.schemas.registry;

import cloud.gyroscops.schemas.registry.RegistryHttp.Answer;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A registry that speaks Confluent's REST protocol. What it told once is not asked again, and can be kept in a file for
 * the next start.
 *
 * <p>Besides what {@link SchemaRegistry} names, every method throws {@link RegistryAccessDeniedException} if the
 * credentials are not accepted, and {@link SchemaRegistryException} if the registry refuses for another reason.
 */
public final class ConfluentSchemaRegistry implements SchemaRegistry {
    private static final Logger LOG = LoggerFactory.getLogger(ConfluentSchemaRegistry.class);
    private static final int SUBJECT_NOT_FOUND = 40401;
    private static final int SCHEMA_NOT_FOUND = 40403;

    private final RegistryHttp http;
    private final SchemaFile file;
    private final KnownSchemas known;
    private final RecentlyUnknown unknown;
    private final ConcurrentMap<Integer, CompletableFuture<Schema>> asked = new ConcurrentHashMap<>();

    /** Keeps nothing for the next start. */
    public ConfluentSchemaRegistry(RegistrySettings settings) {
        this(settings, null);
    }

    /**
     * Keeps what it knows.
     *
     * @param file written whenever something new is known; null: none
     */
    public ConfluentSchemaRegistry(RegistrySettings settings, Path file) {
        this(settings, file, System::nanoTime);
    }

    /** For tests: with a clock that they turn, in nanoseconds. */
    public ConfluentSchemaRegistry(RegistrySettings settings, Path file, LongSupplier nanoClock) {
        this.http = new RegistryHttp(settings);
        this.file = new SchemaFile(file, settings.urls().toString());
        this.known = new KnownSchemas(this.file.load());
        this.unknown = new RecentlyUnknown(nanoClock);
    }

    @Override
    public int register(String subject, Schema schema) {
        Integer id = known.idOf(subject, schema);
        return id != null ? id : registerAt(subject, schema);
    }

    @Override
    public Schema byId(int id) {
        Schema schema = known.byId(id);
        return schema != null ? schema : askOnce(id);
    }

    /**
     * Loads every version of some subjects, so that their ids need never be asked for. During an outage, subjects that
     * the file knows are left at that, with a warning.
     *
     * @throws RegistryUnavailableException if no registry answered and a subject is not known from before
     */
    public void preload(Collection<String> subjects) {
        boolean news = false;
        try {
            for (String subject : subjects) {
                news |= preload(subject);
            }
        } finally {
            saveIf(news);
        }
    }

    /** The versions of a subject, oldest first; none if there is no such subject. */
    public List<Integer> versions(String subject) {
        Answer answer = http.get("/subjects/" + encode(subject) + "/versions");
        if (answer.errorCode() == SUBJECT_NOT_FOUND) {
            return List.of();
        }
        List<Integer> versions = new ArrayList<>();
        successful(answer, "ask for the versions of " + subject).body().forEach(v -> versions.add(v.intValue()));
        return versions;
    }

    /**
     * Sets the rule that new versions of a subject must obey; the subject need not exist yet.
     *
     * @param level NONE, or BACKWARD, FORWARD or FULL, each also with _TRANSITIVE
     */
    public void setCompatibility(String subject, String level) {
        Answer answer = http.send(
                "PUT",
                "/config/" + encode(subject),
                JsonNodeFactory.instance.objectNode().put("compatibility", level));
        successful(answer, "set the compatibility of " + subject + " to " + level);
    }

    private int registerAt(String subject, Schema schema) {
        Answer answer = http.send(
                "POST",
                "/subjects/" + encode(subject) + "/versions",
                JsonNodeFactory.instance.objectNode().put("schema", schema.toString()));
        if (answer.status() == 409) {
            throw new IncompatibleSchemaException(subject, answer.message());
        }
        int id = successful(answer, "register a schema under " + subject)
                .body()
                .path("id")
                .asInt(0);
        if (id <= 0) {
            throw new SchemaRegistryException(
                    answer.url() + " registered a schema under " + subject + " without an id");
        }
        unknown.remove(id);
        saveIf(known.add(subject, id, schema));
        return id;
    }

    /** However many threads need an id at the same time, the registry is asked for it once. */
    private Schema askOnce(int id) {
        if (unknown.contains(id)) {
            throw new UnknownSchemaException(id);
        }
        CompletableFuture<Schema> mine = new CompletableFuture<>();
        CompletableFuture<Schema> others = asked.putIfAbsent(id, mine);
        if (others != null) {
            return await(others);
        }
        try {
            // Somebody else's question may have ended between our look and our turn.
            Schema schema = known.byId(id);
            mine.complete(schema != null ? schema : ask(id));
        } catch (RuntimeException e) {
            mine.completeExceptionally(e);
        } finally {
            asked.remove(id);
        }
        return await(mine);
    }

    private Schema ask(int id) {
        Answer answer = http.get("/schemas/ids/" + id);
        if (answer.errorCode() == SCHEMA_NOT_FOUND) {
            unknown.add(id);
            throw new UnknownSchemaException(id);
        }
        Schema schema = avro(id, successful(answer, "ask for the schema with the id " + id));
        saveIf(known.add(id, schema));
        return schema;
    }

    private boolean preload(String subject) {
        Map<Integer, Schema> loaded = new TreeMap<>();
        try {
            for (int version : versions(subject)) {
                load(subject, version, loaded);
            }
        } catch (RegistryUnavailableException e) {
            if (!known.knows(subject)) {
                throw e;
            }
            LOG.warn("Going on with the kept schemas of {}: {}", subject, e.getMessage());
        }
        // Not before: a subject that was loaded only half must not pass for a known one.
        boolean news = known.add(subject);
        for (Map.Entry<Integer, Schema> entry : loaded.entrySet()) {
            news |= known.add(subject, entry.getKey(), entry.getValue());
        }
        return news;
    }

    private void load(String subject, int version, Map<Integer, Schema> into) {
        Answer answer = http.get("/subjects/" + encode(subject) + "/versions/" + version);
        successful(answer, "ask for version " + version + " of " + subject);
        int id = answer.body().path("id").asInt();
        try {
            into.put(id, avro(id, answer));
        } catch (UnknownSchemaException e) {
            LOG.warn("Version {} of {} is left out: {}", version, subject, e.getMessage());
        }
    }

    private Schema avro(int id, Answer answer) {
        String type = answer.body().path("schemaType").asText("AVRO");
        if (!type.equals("AVRO")) {
            unknown.add(id);
            throw new UnknownSchemaException(id, "the schema with the id " + id + " is of type " + type + ", not AVRO");
        }
        try {
            return new Schema.Parser().parse(answer.body().path("schema").asText());
        } catch (AvroRuntimeException e) {
            unknown.add(id);
            throw new UnknownSchemaException(
                    id, "the schema with the id " + id + " cannot be parsed on its own: " + e.getMessage());
        }
    }

    private void saveIf(boolean news) {
        if (news) {
            file.save(known);
        }
    }

    private static Answer successful(Answer answer, String what) {
        if (!answer.isSuccess()) {
            throw new SchemaRegistryException("could not " + what + ": " + answer.url() + " answered " + answer.status()
                    + ": " + answer.message());
        }
        return answer;
    }

    private static Schema await(CompletableFuture<Schema> answer) {
        try {
            return answer.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private static String encode(String subject) {
        return URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
