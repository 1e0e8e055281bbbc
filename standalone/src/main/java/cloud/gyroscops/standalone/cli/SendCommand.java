package cloud.gyroscops.standalone.cli;

import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.standalone.cli.CommandLineInterface.Failure;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gyroscops command}: publishes one command. */
@Command(
        name = "command",
        description = {
            "Publishes one command over HTTP, waits for its result and prints it.",
            "For example: gyroscops command CreateOrganization o-1 '{\"name\":\"Acme\"}'",
            "Exit status: 0 if it was accepted, 1 if it was rejected or there is no result in time."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class SendCommand implements Callable<Integer> {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final Duration BEYOND_WAIT = Duration.ofSeconds(10);
    private static final int LONGEST_WAIT_S = 60;
    private static final int SIMILAR = 3;

    @Spec
    private CommandSpec spec;

    @Parameters(
            index = "0",
            paramLabel = "TYPE",
            completionCandidates = Types.class,
            description = "Which command: ${COMPLETION-CANDIDATES}.")
    private String type;

    @Parameters(index = "1", paramLabel = "AGGREGATE_ID", description = "Whom it is for, like u-1.")
    private String aggregateId;

    @Parameters(
            index = "2",
            arity = "0..1",
            paramLabel = "PAYLOAD",
            defaultValue = "{}",
            description = "What is asked, as a JSON object (default: ${DEFAULT-VALUE}).")
    private String payload;

    @Option(
            names = "--command-id",
            paramLabel = "ID",
            description = "The same id again gets the first result again (default: a new one).")
    private String commandId;

    @Option(
            names = "--expected-version",
            paramLabel = "N",
            description = "Refused if the aggregate has another version.")
    private Long expectedVersion;

    @Option(names = "--actor", paramLabel = "WHO", description = "Who asks.")
    private String actor;

    @Option(names = "--correlation-id", paramLabel = "ID", description = "What binds together what belongs together.")
    private String correlationId;

    @Option(
            names = "--metadata",
            paramLabel = "KEY=VALUE",
            description = "A note that is copied to the events; may be given several times.")
    private Map<String, String> metadata;

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            defaultValue = "5",
            description = "How long to wait for the result, 0 to 60; 0: not at all (default: ${DEFAULT-VALUE}).")
    private int wait;

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = Server.DEFAULT_URL,
            description = "The server (default: ${DEFAULT-VALUE}).")
    private String url;

    /** All commands, aggregate by aggregate. */
    static final class Types implements Iterable<String> {

        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(Aggregate.values())
                    .flatMap(aggregate -> aggregate.commands().keySet().stream().sorted())
                    .iterator();
        }
    }

    @Override
    public Integer call() throws Exception {
        if (wait < 0 || wait > LONGEST_WAIT_S) {
            throw wrong("--wait is " + wait + "; it must be 0 to " + LONGEST_WAIT_S);
        }
        var server = Server.at(url);
        var request = server.request("/commands")
                .timeout(BEYOND_WAIT.plusSeconds(wait))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body().toString()));
        if (wait > 0) {
            request.header("Prefer", "wait=" + wait);
        }
        var response = server.send(request.build());
        var answer = answer(response.body());
        spec.commandLine().getOut().println(answer.toPrettyString());
        spec.commandLine().getOut().flush();
        return switch (response.statusCode()) {
            case 200 -> 0;
            case 202 -> pending(answer, server);
            default -> refused(response.statusCode(), answer);
        };
    }

    private ObjectNode body() {
        if (Aggregate.thatTakes(type).isEmpty()) {
            throw wrong("Unknown command \"" + type + "\"." + similar());
        }
        var body = JSON.createObjectNode();
        body.put("type", type).put("aggregateId", aggregateId);
        if (commandId != null) {
            body.put("commandId", commandId);
        }
        if (expectedVersion != null) {
            body.put("expectedVersion", expectedVersion);
        }
        if (actor != null) {
            body.put("actor", actor);
        }
        if (correlationId != null) {
            body.put("correlationId", correlationId);
        }
        if (metadata != null) {
            metadata.forEach(body.putObject("metadata")::put);
        }
        body.set("payload", payload());
        return body;
    }

    /** The commands that begin most like the type, if any do. */
    private String similar() {
        var types = new ArrayList<String>();
        new Types().forEach(types::add);
        int most = types.stream().mapToInt(this::inCommon).max().orElse(0);
        return most < SIMILAR
                ? ""
                : types.stream()
                        .filter(known -> inCommon(known) == most)
                        .collect(Collectors.joining(" or ", " Did you mean ", "?"));
    }

    private int inCommon(String known) {
        int common = 0;
        while (common < Math.min(known.length(), type.length())
                && Character.toLowerCase(known.charAt(common)) == Character.toLowerCase(type.charAt(common))) {
            common++;
        }
        return common;
    }

    private JsonNode payload() {
        try {
            var json = JSON.readTree(payload);
            if (json.isObject()) {
                return json;
            }
        } catch (JsonProcessingException noJson) {
            // Told below, like JSON of another kind.
        }
        throw wrong("PAYLOAD is " + payload + "; it must be a JSON object, like '{\"name\":\"Acme\"}'");
    }

    private static JsonNode answer(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new Failure("the server's answer is no JSON; is it a gyroscops? It begins: "
                    + body.substring(0, Math.min(body.length(), 80)));
        }
    }

    private int pending(JsonNode answer, Server server) {
        if (wait == 0) {
            return 0;
        }
        var err = spec.commandLine().getErr();
        err.println("no result within " + wait + " s; the command is published. Ask again: curl -s " + server.url()
                + "/commands/" + answer.path("commandId").asText());
        err.flush();
        return 1;
    }

    private int refused(int status, JsonNode problem) {
        var err = spec.commandLine().getErr();
        err.println(problem.path("reason").asText(problem.path("title").asText(Integer.toString(status))) + ": "
                + problem.path("detail").asText());
        err.flush();
        return 1;
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
