package cloud.gyroscops.standalone.cli;

import cloud.gyroscops.standalone.cli.CommandLineInterface.Failure;
import cloud.gyroscops.standalone.erasure.ErasureReport;
import cloud.gyroscops.standalone.erasure.ErasureSearch;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gyroscops erasure}: whether what was erased is gone. */
@Command(
        name = "erasure",
        description = "Shows what is left of users that were erased.",
        mixinStandardHelpOptions = true)
final class ErasureCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what: gyroscops erasure report USER");
    }

    @Command(
            name = "report",
            description = {
                "Reads all topics, changelogs too, and counts what they hold of a user.",
                "PERSONAL are records that must go; WAITING, of these, are those that compaction will remove.",
                "What Kafka does not hand out any more is not counted; its last segments go a few minutes later.",
                "Exits with 0 if nothing is left, 3 if something is, 1 if it could not be told, 2 if it was called wrongly.",
                Cluster.ENVIRONMENT
            },
            mixinStandardHelpOptions = true,
            sortOptions = false)
    int report(
            @Parameters(paramLabel = "USER", description = "The user's id.") String user,
            @Option(
                            names = "--value",
                            paramLabel = "TEXT",
                            description = "Must not be in any record either, whoever it is about: an email, a name."
                                    + " May be given several times.")
                    List<String> values,
            @Option(names = "--json", description = "Prints one JSON object.") boolean json,
            @Mixin Cluster cluster) {
        var report = search(user, values == null ? List.of() : values, cluster);
        if (!report.known()) {
            throw new Failure("nothing was ever recorded of a user " + user + "; ids are told by: gyroscops events"
                    + " --aggregate users --from-beginning");
        }
        var out = spec.commandLine().getOut();
        if (json) {
            out.println(json(report));
        } else {
            print(report, out);
        }
        out.flush();
        return report.clean() ? 0 : CommandLineInterface.FOUND;
    }

    private ErasureReport search(String user, List<String> values, Cluster cluster) {
        if (values.stream().anyMatch(String::isBlank)) {
            throw new ParameterException(spec.commandLine(), "--value is empty; it must be a text to look for");
        }
        try {
            return cluster.use(installation -> {
                try (var search = new ErasureSearch(installation.kafka(), installation.topics(), installation.wire())) {
                    return search.of(user, values);
                }
            });
        } catch (IllegalStateException e) {
            throw new Failure(e.getMessage() + "; is --topic-prefix right?");
        }
    }

    private static void print(ErasureReport report, PrintWriter out) {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("TOPIC", "RECORDS", "ABOUT", "PERSONAL", "WAITING", "VALUES"));
        for (var topic : report.topics()) {
            rows.add(List.of(
                    topic.topic(),
                    "" + topic.records(),
                    "" + topic.about(),
                    "" + topic.personal(),
                    "" + topic.waiting(),
                    "" + topic.matching()));
        }
        int width = rows.stream().mapToInt(row -> row.get(0).length()).max().orElseThrow();
        for (var row : rows) {
            out.printf("%-" + width + "s %10s %10s %10s %10s %10s%n", row.toArray());
        }
        out.println();
        out.println(report.verdict());
    }

    private static ObjectNode json(ErasureReport report) {
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("user", report.user())
                .put("erased", report.erased())
                .put("clean", report.clean())
                .put("left", report.left())
                .put("waiting", report.waiting())
                .put("verdict", report.verdict());
        var topics = json.putArray("topics");
        for (var topic : report.topics()) {
            topics.addObject()
                    .put("topic", topic.topic())
                    .put("records", topic.records())
                    .put("about", topic.about())
                    .put("personal", topic.personal())
                    .put("waiting", topic.waiting())
                    .put("matching", topic.matching());
        }
        return json;
    }
}
