package cloud.gyroscops.standalone.registry;

import cloud.gyroscops.standalone.registry.RegistryModel.Version;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Confluent's REST protocol, as far as clients use it for Avro. */
final class RegistryRoutes {
    private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Registry registry;

    RegistryRoutes(Registry registry) {
        this.registry = registry;
    }

    void addTo(RoutesConfig routes) {
        routes.get("/", c -> answer(c, Map.of()));
        routes.get("/subjects", c -> answer(c, registry.ask(RegistryModel::subjects)));
        routes.get("/subjects/{subject}", c -> answer(c, versions(c)));
        routes.post("/subjects/{subject}", this::find);
        routes.delete("/subjects/{subject}", c -> answer(c, registry.delete(forNow(c))));
        routes.get("/subjects/{subject}/versions", c -> answer(c, versions(c)));
        routes.post("/subjects/{subject}/versions", this::register);
        routes.get("/subjects/{subject}/versions/{version}", c -> answer(c, described(version(c))));
        routes.get(
                "/subjects/{subject}/versions/{version}/schema",
                c -> answer(c, version(c).schema()));
        routes.delete(
                "/subjects/{subject}/versions/{version}",
                c -> answer(c, registry.delete(forNow(c), c.pathParam("version"))));
        routes.get("/schemas/types", c -> answer(c, List.of("AVRO")));
        routes.get("/schemas/ids/{id}", c -> answer(c, Map.of("schema", registry.ask(model -> model.schema(id(c))))));
        routes.get("/schemas/ids/{id}/versions", this::uses);
        routes.get("/config", c -> answer(c, level(registry.ask(RegistryModel::globalLevel))));
        routes.put("/config", c -> setLevel(c, null));
        routes.get("/config/{subject}", this::levelOf);
        routes.put("/config/{subject}", c -> setLevel(c, subject(c)));
        routes.delete("/config/{subject}", c -> answer(c, level(registry.removeLevel(subject(c)))));
        routes.post("/compatibility/subjects/{subject}/versions/{version}", this::compatibility);
        routes.exception(RegistryProblem.class, RegistryRoutes::problem);
    }

    private void register(Context c) {
        String schema = schema(c);
        answer(c, Map.of("id", registry.register(subject(c), schema)));
    }

    private void find(Context c) {
        String schema = schema(c);
        answer(c, described(registry.ask(model -> model.find(subject(c), schema))));
    }

    private void uses(Context c) {
        answer(
                c,
                registry.ask(model -> model.uses(id(c))).stream()
                        .map(use -> Map.of("subject", use.subject(), "version", use.version()))
                        .toList());
    }

    private void levelOf(Context c) {
        boolean orGlobal = Boolean.parseBoolean(c.queryParam("defaultToGlobal"));
        answer(c, level(registry.ask(model -> orGlobal ? model.level(subject(c)) : model.ownLevel(subject(c)))));
    }

    private void setLevel(Context c, String subject) {
        CompatibilityLevel level =
                CompatibilityLevel.of(body(c).path("compatibility").asText());
        registry.setLevel(subject, level);
        answer(c, Map.of("compatibility", level.name()));
    }

    private void compatibility(Context c) {
        String schema = schema(c);
        Optional<String> objection = registry.ask(model -> model.objection(subject(c), c.pathParam("version"), schema));
        Map<String, Object> answer = new HashMap<>(Map.of("is_compatible", objection.isEmpty()));
        if (Boolean.parseBoolean(c.queryParam("verbose"))) {
            answer.put("messages", objection.stream().toList());
        }
        answer(c, answer);
    }

    private List<Integer> versions(Context c) {
        return registry.ask(model -> model.versions(subject(c))).stream()
                .map(Version::version)
                .toList();
    }

    private Version version(Context c) {
        return registry.ask(model -> model.version(subject(c), c.pathParam("version")));
    }

    private static Map<String, Object> described(Version version) {
        return Map.of(
                "subject", version.subject(),
                "version", version.version(),
                "id", version.id(),
                "schema", version.schema());
    }

    private static Map<String, String> level(CompatibilityLevel level) {
        return Map.of("compatibilityLevel", level.name());
    }

    private static String subject(Context c) {
        return c.pathParam("subject");
    }

    private static String forNow(Context c) {
        if (Boolean.parseBoolean(c.queryParam("permanent"))) {
            throw RegistryProblem.permanentDeletion();
        }
        return subject(c);
    }

    private static int id(Context c) {
        String id = c.pathParam("id");
        if (!id.matches("[0-9]{1,9}")) {
            throw RegistryProblem.schemaNotFound(id);
        }
        return Integer.parseInt(id);
    }

    private static String schema(Context c) {
        JsonNode body = body(c);
        if (!body.path("schemaType").asText("AVRO").equals("AVRO")) {
            throw RegistryProblem.invalidSchema("only AVRO is known here");
        }
        if (!body.path("references").isEmpty()) {
            throw RegistryProblem.invalidSchema("references are not known here: put the whole schema into one");
        }
        return body.path("schema").asText();
    }

    private static JsonNode body(Context c) {
        try {
            return JSON.readTree(c.bodyAsBytes());
        } catch (IOException e) {
            throw RegistryProblem.invalidSchema("the body is not JSON");
        }
    }

    private static void problem(RegistryProblem problem, Context c) {
        c.status(problem.status());
        answer(c, Map.of("error_code", problem.code(), "message", problem.getMessage()));
    }

    private static void answer(Context c, Object body) {
        try {
            // A schema's text is JSON already.
            c.result(body instanceof String text ? text : JSON.writeValueAsString(body));
            c.contentType(MEDIA_TYPE);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
