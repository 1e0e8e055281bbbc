package cloud.gyroscops.query.contract;

import cloud.gyroscops.query.contract.Document.Part;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** {@code openapi.yaml}: what it promises, and whether an exchange keeps it. */
public final class Contract {

    /** The one that is served. */
    public static final Contract INSTANCE = new Contract();

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> METHODS = Set.of("get", "post");

    private final Document document = new Document();

    private Contract() {}

    /** Methods and paths, like {@code GET /users/{id}}. */
    public Set<String> operations() {
        var operations = new TreeSet<String>();
        for (var path : document.root().node().path("paths").properties()) {
            for (var operation : path.getValue().properties()) {
                if (METHODS.contains(operation.getKey())) {
                    operations.add(operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey());
                }
            }
        }
        return operations;
    }

    /** Operations, each with a status that it may be answered with, like {@code GET /users/{id} 410}. */
    public Set<String> answers() {
        var answers = new TreeSet<String>();
        for (var operation : operations()) {
            var parts = operation.split(" ");
            operation(parts[1], parts[0])
                    .node()
                    .path("responses")
                    .fieldNames()
                    .forEachRemaining(status -> answers.add(operation + " " + status));
        }
        return answers;
    }

    /** The names of an operation's parameters in the query. */
    public Set<String> queryParameters(String operation) {
        var parts = operation.split(" ");
        return parameters(parts[1], parts[0], "query").keySet();
    }

    /**
     * Holds an exchange against the contract: an answer must be one that is promised; a request that is not as it should be
     * must be refused. Throws {@link AssertionError}.
     */
    public void check(Exchange exchange) {
        var template = template(exchange.path());
        var method = exchange.method().equals("HEAD") ? "GET" : exchange.method();
        if (template.isEmpty() || operation(template.get(), method).isMissing()) {
            expect(
                    exchange,
                    exchange.status() == 404 || exchange.status() == 405 || method.equals("OPTIONS"),
                    "no such operation");
            return;
        }
        var breaches = requestBreaches(exchange, template.get(), method);
        expect(exchange, breaches.isEmpty() || exchange.status() >= 400, "the request should be refused: " + breaches);
        checkAnswer(exchange, operation(template.get(), method));
    }

    private void checkAnswer(Exchange exchange, Part operation) {
        var answer = document.part(operation, "responses", Integer.toString(exchange.status()));
        expect(exchange, !answer.isMissing(), "the status is not in the contract");
        var headers = document.part(answer, "headers");
        headers.node().properties().forEach(each -> {
            var name = each.getKey();
            var header = document.part(headers, name);
            var value = exchange.header(name);
            expect(
                    exchange,
                    value != null || !header.node().path("required").booleanValue(),
                    "there is no header " + name);
            if (value != null) {
                var breaches = document.breaches(
                        document.part(header, "schema"), JSON.getNodeFactory().textNode(value));
                expect(exchange, breaches.isEmpty(), name + " " + value + ": " + breaches);
            }
        });
        var content = document.part(answer, "content");
        if (content.isMissing() || exchange.method().equals("HEAD")) {
            expect(exchange, exchange.received().isEmpty(), "the answer has a body");
            return;
        }
        var schema = document.part(content, exchange.mediaType(), "schema");
        expect(exchange, !schema.isMissing(), "the answer is " + exchange.mediaType());
        var breaches = document.breaches(schema, body(exchange.mediaType(), exchange.received()));
        expect(exchange, breaches.isEmpty(), breaches + "\n" + exchange.received());
    }

    private List<String> requestBreaches(Exchange exchange, String template, String method) {
        var breaches = new ArrayList<String>();
        var known = parameters(template, method, "query");
        exchange.parameters().forEach((name, values) -> {
            var parameter = known.get(name);
            if (parameter == null) {
                breaches.add("unknown parameter " + name);
            } else {
                breaches.addAll(document.breaches(document.part(parameter, "schema"), value(parameter, values)));
            }
        });
        known.forEach((name, parameter) -> {
            if (parameter.node().path("required").booleanValue()
                    && !exchange.parameters().containsKey(name)) {
                breaches.add("no parameter " + name);
            }
        });
        parameters(template, method, "header").forEach((name, parameter) -> {
            var value = exchange.requestHeader(name);
            if (value != null) {
                breaches.addAll(document.breaches(
                        document.part(parameter, "schema"), JsonNodeFactory.instance.textNode(value)));
            }
        });
        if (exchange.sent() != null) {
            var type = Exchange.mediaType(exchange.requestHeader("Content-Type"));
            var schema = document.part(operation(template, method), "requestBody", "content", type, "schema");
            breaches.addAll(
                    schema.isMissing()
                            ? List.of("no body of type " + type)
                            : document.breaches(schema, body(type, exchange.sent())));
        }
        return breaches;
    }

    private JsonNode value(Part parameter, List<String> values) {
        var schema = document.part(parameter, "schema").node();
        if (schema.path("type").asText().equals("array")) {
            var array = JSON.createArrayNode();
            values.forEach(array::add);
            return array;
        }
        var one = values.size() == 1 ? values.get(0) : values.toString();
        if (schema.path("type").asText().equals("boolean") && one.matches("true|false")) {
            return JSON.getNodeFactory().booleanNode(Boolean.parseBoolean(one));
        }
        return schema.path("type").asText().equals("integer") && one.matches("-?[0-9]{1,18}")
                ? JSON.getNodeFactory().numberNode(Long.parseLong(one))
                : JSON.getNodeFactory().textNode(one);
    }

    private static JsonNode body(String type, String text) {
        try {
            return type.endsWith("/json") || type.endsWith("+json")
                    ? JSON.readTree(text)
                    : JSON.getNodeFactory().textNode(text);
        } catch (JsonProcessingException e) {
            return JSON.getNodeFactory().textNode(text);
        }
    }

    private TreeMap<String, Part> parameters(String template, String method, String in) {
        var parameters = new TreeMap<String, Part>();
        var path = document.part(document.root(), "paths", template);
        for (var place : List.of(path, operation(template, method))) {
            var listed = document.part(place, "parameters");
            for (int i = 0; i < listed.node().size(); i++) {
                var parameter = document.item(listed, i);
                // Those of the feed are not for who accepts pages, as whoever is looked at here does.
                if (parameter.node().path("in").asText().equals(in)
                        && !parameter.node().has("x-accept")) {
                    parameters.put(parameter.node().path("name").asText(), parameter);
                }
            }
        }
        return parameters;
    }

    private Part operation(String template, String method) {
        return document.part(document.root(), "paths", template, method.toLowerCase(Locale.ROOT));
    }

    /** The path in the contract that a request's path is of: the one with the fewest variables. */
    private Optional<String> template(String path) {
        return document.root().node().path("paths").properties().stream()
                .map(Map.Entry::getKey)
                .filter(template -> Pattern.matches(
                        Pattern.compile("\\{[a-z]+}").matcher(template).replaceAll("[^/]+"), path))
                .min(Comparator.comparingInt(template -> template.split("\\{").length));
    }

    private static void expect(Exchange exchange, boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(exchange + " breaks the contract: " + otherwise);
        }
    }
}
