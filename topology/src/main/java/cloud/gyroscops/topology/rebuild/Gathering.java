package cloud.gyroscops.topology.rebuild;

import static java.util.stream.Collectors.toMap;

import cloud.gyroscops.contract.Fingerprint;
import cloud.gyroscops.domain.Fields;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.CommandMessage;
import cloud.gyroscops.schemas.EventKey;
import cloud.gyroscops.schemas.serde.MalformedRecordException;
import cloud.gyroscops.schemas.serde.Wire;
import cloud.gyroscops.schemas.topic.TopicCatalogue;
import cloud.gyroscops.topology.command.EventPartitioner;
import cloud.gyroscops.topology.command.PayloadFingerprint;
import cloud.gyroscops.topology.command.Source;
import cloud.gyroscops.topology.rebuild.Pile.Kind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads results, dead letters, commands and events, in this order: puts all that is told of an aggregate together, and
 * finds out which commands were handled, and how far each partition of commands was taken in.
 */
final class Gathering {

    /** The key of a dead letter. */
    private static final Pattern PLACE = Pattern.compile("(.+)-(\\d+)@(\\d+)");

    private final TopicCatalogue topics;
    private final Wire wire;
    private final Pile pile;
    private final long oldestResult;
    private final Map<String, Aggregate> byCommands;
    private final Map<String, Aggregate> byEvents;
    private final PayloadFingerprint fingerprints = new PayloadFingerprint();
    private final Map<TopicPartition, Long> taken = new HashMap<>();
    private final Places answered;
    private final Places rejected;
    private final Places moved;
    private final Places misplaced;
    private final Map<TopicPartition, Long> begins;
    private long events;

    /**
     * Nothing yet.
     *
     * @param begins of the partitions of commands
     * @param oldestResult of commands that were appended before that, results need not be there any more
     */
    Gathering(TopicCatalogue topics, Wire wire, Pile pile, Map<TopicPartition, Long> begins, long oldestResult) {
        this.topics = topics;
        this.wire = wire;
        this.pile = pile;
        this.begins = begins;
        this.oldestResult = oldestResult;
        byCommands = Stream.of(Aggregate.values()).collect(toMap(topics::commands, aggregate -> aggregate));
        byEvents = Stream.of(Aggregate.values()).collect(toMap(topics::events, aggregate -> aggregate));
        answered = new Places(begins);
        rejected = new Places(begins);
        moved = new Places(begins);
        misplaced = new Places(begins);
    }

    void result(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return;
        }
        var answer = new Answered(wire.result(record.value()), Source.read(record.headers()));
        var source = answer.source();
        if (source != null) {
            (answer.saysMalformed() ? rejected : answered).add(partition(source), source.offset());
        }
        if (!answer.saysMalformed()) {
            var id = answer.result().getAggregateId();
            var aggregate = Aggregate.of(answer.result().getAggregateType());
            pile.put(
                    aggregate,
                    EventPartitioner.partition(id, topics.partitions()),
                    id,
                    Kind.RESULT,
                    source == null ? Integer.MAX_VALUE : source.partition(),
                    source == null ? (long) record.partition() << 48 | record.offset() : source.offset(),
                    record.value());
        }
    }

    void deadLetter(ConsumerRecord<byte[], byte[]> record) {
        var key = PLACE.matcher(record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8));
        if (key.matches()) {
            rejected.add(
                    new TopicPartition(key.group(1), Integer.parseInt(key.group(2))), Long.parseLong(key.group(3)));
        } else if (Source.read(record.headers()) != null) {
            // As dead letters were written at first.
            var source = Source.read(record.headers());
            rejected.add(partition(source), source.offset());
        }
    }

    void command(ConsumerRecord<byte[], byte[]> record) {
        var here = new TopicPartition(record.topic(), record.partition());
        var source = Source.of(record.headers(), record.topic(), record.partition(), record.offset());
        var origin = partition(source);
        if (!origin.equals(here)) {
            moved.add(origin, source.offset());
        }
        boolean wasRejected = rejected.has(origin, source.offset());
        boolean handled = answered.has(origin, source.offset()) || record.timestamp() < oldestResult;
        if (handled || wasRejected) {
            taken.merge(here, record.offset() + 1, Math::max);
        }
        var aggregate = byCommands.get(record.topic());
        var command = wasRejected ? null : read(aggregate, record);
        if (command == null) {
            return;
        }
        var id = command.header().getAggregateId();
        if (EventPartitioner.partition(id, topics.partitions()) != record.partition()) {
            misplaced.add(here, record.offset());
            return;
        }
        var sent = new Sent(
                record.offset(),
                source,
                record.timestamp(),
                command.header().getCommandId(),
                command.header().getOrigin(),
                handled ? fingerprints.of(command.payload()) : new Fingerprint(new byte[16]),
                handled,
                handled ? null : record.value());
        pile.put(aggregate, record.partition(), id, Kind.COMMAND, 0, record.offset(), sent.toBytes());
    }

    /** What intake takes for a command; null: what it sets aside. */
    private CommandMessage read(Aggregate aggregate, ConsumerRecord<byte[], byte[]> record) {
        try {
            var command = wire.command(aggregate, record.value());
            var id = command.header().getAggregateId();
            var fields = new Fields();
            fields.id("commandId", command.header().getCommandId());
            fields.id("aggregateId", id);
            boolean sound = !fields.refused()
                    && (record.key() == null || id.equals(new String(record.key(), StandardCharsets.UTF_8)));
            return sound ? command : null;
        } catch (MalformedRecordException e) {
            return null;
        }
    }

    /** With the record's time before the event. */
    void event(ConsumerRecord<byte[], byte[]> record) {
        var aggregate = byEvents.get(record.topic());
        var key = new String(record.key(), StandardCharsets.UTF_8);
        var id = EventKey.aggregateId(key);
        long version = Long.parseLong(key.substring(id.length() + 1));
        if (record.value() == null) {
            pile.removeEvent(aggregate, record.partition(), id, version);
            return;
        }
        events++;
        var value = ByteBuffer.allocate(Long.BYTES + record.value().length)
                .putLong(record.timestamp())
                .put(record.value());
        pile.put(aggregate, record.partition(), id, Kind.EVENT, 0, version, value.array());
    }

    /** How many events there are, those included that were removed later. */
    long events() {
        return events;
    }

    /** The first offset that was not taken in, once all commands are read. */
    long next(TopicPartition commands) {
        return Math.max(
                Math.max(begins.get(commands), taken.getOrDefault(commands, 0L)),
                misplaced.lastCommon(commands, moved) + 1);
    }

    private static TopicPartition partition(Source source) {
        return new TopicPartition(source.topic(), source.partition());
    }
}
