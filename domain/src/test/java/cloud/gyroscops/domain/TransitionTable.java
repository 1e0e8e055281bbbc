package cloud.gyroscops.domain;

import cloud.gyroscops.contract.Refusal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/**
 * What becomes of an aggregate in each situation, by each command, as the decider has it.
 *
 * @param title what the table is about
 * @param decider whose answers it shows
 * @param envelope the commands' envelope: its union says which commands there are
 * @param situations the events that lead to each situation; its name begins with the status
 * @param commands examples, at least one of each type
 * @param time when the commands come
 * @param status the status in a state
 */
record TransitionTable<S>(
        String title,
        Decider<Command, S, SpecificRecord, Refusal> decider,
        Schema envelope,
        Map<String, List<SpecificRecord>> situations,
        List<Example> commands,
        Instant time,
        Function<S, Enum<?>> status) {

    /** The types of commands that no example is given of. */
    Set<String> missingExamples() {
        Set<String> missing = envelope.getField("payload").schema().getTypes().stream()
                .map(Schema::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        commands.forEach(example -> missing.remove(example.payload().getSchema().getName()));
        return missing;
    }

    /** The statuses that no situation is given of. */
    Set<String> missingStatuses() {
        Set<String> missing = new TreeSet<>();
        for (var each : status.apply(decider.initial()).getDeclaringClass().getEnumConstants()) {
            missing.add(each.toString());
        }
        // Stands for what this version cannot read; no event leads there.
        missing.remove("UNKNOWN");
        situations.values().forEach(events -> missing.remove(status(events)));
        return missing;
    }

    /** The status after some events. */
    String status(List<SpecificRecord> events) {
        return status.apply(state(events)).toString();
    }

    /** As Markdown: a row for each command, a column for each situation. */
    String render() {
        var lines = new ArrayList<String>();
        lines.add("## " + title);
        lines.add("");
        lines.add("| | " + String.join(" | ", situations.keySet()) + " |");
        lines.add("| --- |" + " --- |".repeat(situations.size()));
        for (var example : commands) {
            lines.add("| **" + example.name() + "** | "
                    + situations.values().stream()
                            .map(events -> cell(state(events), example))
                            .collect(Collectors.joining(" | "))
                    + " |");
        }
        return String.join("\n", lines) + "\n";
    }

    private String cell(S before, Example example) {
        var command = new Command("id-1", example.payload(), time, example.origin(), References.NOT_ASKED);
        var decision = decider.decide(before, command);
        if (decision instanceof Decision.Refused<SpecificRecord, Refusal> refused) {
            return "_" + refused.refusal().getReason() + "_";
        }
        var events = ((Decision.Accepted<SpecificRecord, Refusal>) decision).events();
        if (events.isEmpty()) {
            return "known";
        }
        var after = before;
        for (var event : events) {
            after = decider.evolve(after, event);
        }
        return "**" + status.apply(after) + "** "
                + events.stream().map(TransitionTable::told).collect(Collectors.joining(", "));
    }

    private static String told(SpecificRecord event) {
        var flag = event.getSchema().getField("flag");
        var value = flag == null ? null : event.get(flag.pos());
        return event.getSchema().getName() + (value == null ? "" : " (" + value + ")");
    }

    private S state(List<SpecificRecord> events) {
        var state = decider.initial();
        for (var event : events) {
            state = decider.evolve(state, event);
        }
        return state;
    }

    @Override
    public String toString() {
        return title;
    }
}
