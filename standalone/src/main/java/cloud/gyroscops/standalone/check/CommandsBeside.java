package cloud.gyroscops.standalone.check;

import cloud.gyroscops.contract.EventHeader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The commands of one partition, read beside its events: as far as the cause of an event, and never all at once. Only those
 * wait for their events that have some to come, by their results.
 */
final class CommandsBeside {

    private final Iterator<Records.Command> records;
    private final Commands commands;
    private final AnswerSheet sheet;
    private final Folding folding;
    private final Consumer<Records.Command> eachOne;
    private final Map<String, List<Records.Command>> waiting = new HashMap<>();
    private long position = -1;
    private long time = Long.MIN_VALUE;

    /**
     * Prepares.
     *
     * @param folding tells how far aggregates are
     * @param eachOne gets every record of the partition, once
     */
    CommandsBeside(
            Iterator<Records.Command> records,
            Commands commands,
            AnswerSheet sheet,
            Folding folding,
            Consumer<Records.Command> eachOne) {
        this.records = records;
        this.commands = commands;
        this.sheet = sheet;
        this.folding = folding;
        this.eachOne = eachOne;
    }

    /** Commands that may have caused the event, in their order; none if they are gone. */
    List<Records.Command> causes(EventHeader event) {
        var first = commands.first(event.getAggregateId(), event.getCausationId());
        if (first == null) {
            return List.of();
        }
        // A repeated command may be decided anew, long after the first one: so also by time, of which several have the
        // same.
        while ((position < first.offset() || time <= event.getOccurredAt().toEpochMilli()) && records.hasNext()) {
            next();
        }
        return waiting.getOrDefault(key(event.getAggregateId(), event.getCausationId()), List.of()).stream()
                .filter(command -> command.header().getOrigin() == event.getOrigin())
                .toList();
    }

    /** The event of this command, and its others, are found. */
    void used(Records.Command command) {
        var key = key(command.header().getAggregateId(), command.header().getCommandId());
        var same = waiting.get(key);
        same.remove(command);
        if (same.isEmpty()) {
            waiting.remove(key);
        }
    }

    /** Reads to the end. */
    void end() {
        while (records.hasNext()) {
            next();
        }
    }

    private void next() {
        var record = records.next();
        position = record.place().offset();
        time = record.time();
        eachOne.accept(record);
        if (commands.decidable(record) && mayCause(record)) {
            waiting.computeIfAbsent(
                            key(
                                    record.header().getAggregateId(),
                                    record.header().getCommandId()),
                            key -> new ArrayList<>(1))
                    .add(record);
        }
    }

    /** Not what was refused, changed nothing, or was answered again: the version of its result is there already. */
    private boolean mayCause(Records.Command record) {
        var original = record.original();
        var source = original == null
                ? record.place()
                : new Place(original.topic(), original.partition(), original.offset());
        if (sheet.count(source) == 0) {
            return true;
        }
        var stream = folding.stream(record.header().getAggregateId());
        return sheet.withEvents(source) && (stream == null || stream.version < sheet.version(source));
    }

    private static String key(String aggregateId, String commandId) {
        return aggregateId + ' ' + commandId;
    }
}
