package cloud.gyroscops.standalone.cli;

import cloud.gyroscops.standalone.check.Invariant;
import cloud.gyroscops.standalone.check.Report;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A report as people and programs read it. */
final class CheckReport {

    private CheckReport() {}

    static String text(Report report) {
        var text = new StringBuilder("Read\n");
        report.records().forEach((topic, count) -> text.append(String.format("%,12d  %s%n", count, topic)));
        text.append("Aggregates\n");
        report.aggregates().forEach((type, count) -> text.append(String.format("%,12d  %s%n", count, type)));
        text.append("Checks\n");
        for (var invariant : Invariant.values()) {
            long violated = report.counts().getOrDefault(invariant, 0L);
            text.append(String.format(
                    "%,12d  %s: %s%n",
                    report.checks().getOrDefault(invariant, 0L),
                    invariant.title(),
                    violated == 0 ? "yes" : String.format("NO, violated %,d times", violated)));
        }
        for (var violation : report.violations()) {
            text.append(violation.place())
                    .append(" ")
                    .append(violation.invariant())
                    .append(": ")
                    .append(violation.sentence())
                    .append('\n');
        }
        long all = report.counts().values().stream().mapToLong(Long::longValue).sum();
        long untold = all - report.violations().size();
        if (untold > 0) {
            text.append(String.format("and %,d more; see them with --limit%n", untold));
        }
        var lag = report.lag();
        if (lag.commands() > 0) {
            text.append(String.format(
                    "%,d commands are not handled yet (lag): nothing can be said of them.%n", lag.commands()));
        }
        if (lag.waiting() > 0) {
            text.append(
                    String.format("%,d parked commands and claims are still waiting, and under way.%n", lag.waiting()));
        }
        return text.append(verdict(all)).toString();
    }

    private static String verdict(long violations) {
        return switch ((int) Math.min(violations, 2)) {
            case 0 -> "All holds together.";
            case 1 -> "1 violation.";
            default -> String.format("%,d violations.", violations);
        };
    }

    static ObjectNode json(Report report) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("content", report.content());
        report.records().forEach(json.putObject("records")::put);
        report.aggregates().forEach(json.putObject("aggregates")::put);
        put(json.putObject("checks"), report.checks());
        put(json.putObject("counts"), report.counts());
        var violations = json.putArray("violations");
        report.violations().forEach(violation -> violations
                .addObject()
                .put("invariant", name(violation.invariant()))
                .put("topic", violation.place().topic())
                .put("partition", violation.place().partition())
                .put("offset", violation.place().offset())
                .put("sentence", violation.sentence()));
        json.putObject("lag")
                .put("commands", report.lag().commands())
                .put("waiting", report.lag().waiting());
        return json;
    }

    private static void put(ObjectNode json, Map<Invariant, Long> counts) {
        new TreeMap<>(counts).forEach((invariant, count) -> json.put(name(invariant), count));
    }

    private static String name(Invariant invariant) {
        return invariant.name().toLowerCase(Locale.ROOT);
    }
}
