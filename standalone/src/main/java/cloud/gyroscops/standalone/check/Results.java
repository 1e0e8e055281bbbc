package cloud.gyroscops.standalone.check;

import cloud.gyroscops.contract.CommandResult;
import cloud.gyroscops.contract.ResultStatus;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.EventKey;
import cloud.gyroscops.topology.command.EventPartitioner;
import java.util.List;
import java.util.Map;

/** All results: what they say of events, whom they answer, and how long they are kept. */
final class Results {

    private static final int COMMAND = 0;
    private static final int AGGREGATE = 1;
    private static final int PLACE = 2;
    private static final int PARTITION_SHIFT = 48;
    private static final int LAST_AGGREGATE = 0;
    private static final int LAST_SOURCE = 1;
    private static final int LAST_TIME = 2;
    private static final long OFFSET = (1L << PARTITION_SHIFT) - 1;

    private final String topic;
    private final List<Span> spans;
    private final Map<String, AnswerSheet> sheets;
    private final Findings findings;

    /** By event: who is said to have caused it, and by which result; the place is negative once the event was seen. */
    private final LongTable named = new LongTable(3);
    /** By command id: what its last record is about, which compaction never removes. Zeros: a tombstone. */
    private final LongTable last = new LongTable(3);
    /** Results that are no younger may have been deleted for their age. */
    private long expired = Long.MIN_VALUE;

    /**
     * Prepares.
     *
     * @param sheets by commands topic
     */
    Results(String topic, List<Span> spans, Map<String, AnswerSheet> sheets, Findings findings) {
        this.topic = topic;
        this.spans = spans;
        this.sheets = sheets;
        this.findings = findings;
    }

    void add(Records.Result record) {
        int partition = record.place().partition();
        last(record);
        if (record.result() == null) {
            return;
        }
        findings.checked(Invariant.ANSWERS);
        answer(record);
        var wrong = wrong(record);
        if (wrong != null) {
            findings.violated(Invariant.RESULT_AND_EVENTS, record.place(), wrong);
            return;
        }
        var result = record.result();
        var plural = Aggregate.of(result.getAggregateType()).plural();
        long command = Hash.of("", result.getCommandId());
        for (var key : result.getEventKeys()) {
            int event = named.put(Hash.of(plural, key));
            if (named.get(event, COMMAND) == 0) {
                named.set(event, COMMAND, command);
                named.set(event, AGGREGATE, Hash.of(plural, result.getAggregateId()));
                named.set(event, PLACE, packed(partition, record.place().offset()));
            } else if (named.get(event, COMMAND) != command) {
                findings.violated(
                        Invariant.RESULT_AND_EVENTS,
                        record.place(),
                        "event " + key + " is named by the results of two commands, one of which is "
                                + result.getCommandId());
            }
        }
    }

    /** Enters the result with the command record that it answers, of whose topic the ends are fixed. */
    private void answer(Records.Result record) {
        var source = record.source();
        var sheet = source == null ? null : sheets.get(source.topic());
        if (sheet == null || !sheet.knows(source.partition())) {
            findings.violated(
                    Invariant.ANSWERS, record.place(), "the result's headers name no command record that it answers");
            return;
        }
        var result = record.result();
        int count = sheet.answered(
                source.partition(),
                source.offset(),
                whose(result.getCommandId()),
                !result.getEventKeys().isEmpty(),
                result.getVersion());
        if (count > 1) {
            findings.violated(
                    Invariant.ANSWERS,
                    record.place(),
                    "this is result number " + count + " of the one command record at "
                            + new Place(source.topic(), source.partition(), source.offset()));
        }
    }

    static int whose(String commandId) {
        return (int) Hash.of("", commandId);
    }

    private String wrong(Records.Result record) {
        CommandResult result = record.result();
        if (!record.key().equals(result.getCommandId())) {
            return "the record's key is " + record.key() + ", the result's commandId " + result.getCommandId();
        }
        if (EventPartitioner.partition(record.key(), spans.size())
                != record.place().partition()) {
            return "the result of " + record.key() + " is in another partition than that of its key";
        }
        if (result.getStatus() == ResultStatus.REJECTED) {
            return result.getEventKeys().isEmpty() && result.getRefusal() != null
                    ? null
                    : "the result of " + record.key() + " is REJECTED without a refusal, or with events";
        }
        var keys = result.getEventKeys();
        for (int i = 0; i < keys.size(); i++) {
            long version = result.getVersion() - keys.size() + 1 + i;
            if (!keys.get(i).equals(EventKey.of(result.getAggregateId(), version))) {
                return "event key " + keys.get(i) + " does not fit " + result.getAggregateId() + " at version "
                        + result.getVersion();
            }
        }
        return result.getStatus() == ResultStatus.ACCEPTED && result.getRefusal() == null
                ? null
                : "the result of " + record.key() + " is neither ACCEPTED nor REJECTED, or accepted with a refusal";
    }

    /** Who is said to have caused an event. */
    enum Naming {
        /** The command that the event names. */
        SAME,
        OTHER,
        NOBODY
    }

    /** Enters that an event is there. */
    Naming seen(Records.Event event) {
        var header = event.event().header();
        int row = named.find(Hash.of(event.aggregate().plural(), event.key()));
        if (row < 0) {
            return Naming.NOBODY;
        }
        named.set(row, PLACE, named.get(row, PLACE) | Long.MIN_VALUE);
        return named.get(row, COMMAND) == Hash.of("", header.getCausationId()) ? Naming.SAME : Naming.OTHER;
    }

    /** Tells what results name and nobody has seen, unless it was removed with the user. */
    void tellUnseen(LongTable erased) {
        named.forEach(row -> {
            findings.checked(Invariant.RESULT_AND_EVENTS);
            long place = named.get(row, PLACE);
            if (place >= 0 && !erased.contains(named.get(row, AGGREGATE))) {
                findings.violated(
                        Invariant.RESULT_AND_EVENTS,
                        new Place(topic, (int) (place >>> PARTITION_SHIFT), place & OFFSET),
                        "an event that this result names is not there");
            }
        });
    }

    /** All is read; what of it may have been deleted. */
    void end(long expiredUpTo) {
        expired = expiredUpTo;
    }

    private void last(Records.Result record) {
        int row = last.put(Hash.of("", record.key()));
        var result = record.result();
        var source = record.source();
        boolean known = result != null && source != null;
        last.set(row, LAST_AGGREGATE, known ? Hash.of(result.getAggregateType().name(), result.getAggregateId()) : 0);
        last.set(row, LAST_SOURCE, known ? packed(source.partition(), source.offset()) : 0);
        last.set(row, LAST_TIME, record.time());
    }

    private static long packed(int partition, long offset) {
        return (long) partition << PARTITION_SHIFT | offset;
    }

    /**
     * Whether a result may be gone that answered a command record: expired, or compacted away by a later one under the same
     * commandId. Results of one aggregate come in the order of its commands, as far as these were put into one partition; of
     * others, time is all that there is.
     *
     * @param source where the producer had put the record
     * @param time when it was appended, in milliseconds
     */
    boolean mayBeGone(Aggregate aggregate, String aggregateId, String commandId, Place source, long time) {
        if (time <= expired) {
            return true;
        }
        int row = last.find(Hash.of("", commandId));
        if (row < 0) {
            return false;
        }
        long lastSource = last.get(row, LAST_SOURCE);
        boolean comparable =
                last.get(row, LAST_AGGREGATE) == Hash.of(aggregate.type().name(), aggregateId)
                        && lastSource >>> PARTITION_SHIFT == source.partition();
        return comparable ? (lastSource & OFFSET) > source.offset() : last.get(row, LAST_TIME) >= time;
    }
}
