package cloud.gyroscops.topology.command;

import cloud.gyroscops.contract.Claim;
import cloud.gyroscops.contract.CommandResult;
import cloud.gyroscops.contract.channel.Answer;
import cloud.gyroscops.contract.channel.ClaimMessage;
import cloud.gyroscops.contract.channel.ReferenceQuestion;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.CommandMessage;
import cloud.gyroscops.schemas.EventKey;
import cloud.gyroscops.schemas.EventMessage;
import cloud.gyroscops.schemas.serde.Wire;
import cloud.gyroscops.topology.claim.ClaimKey;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** What one aggregate type's processors send, as bytes for their sinks. */
final class Outbox {

    private final Nodes nodes;
    private final Wire wire;
    private final ProcessorContext<? super byte[], ? super byte[]> context;

    Outbox(Nodes nodes, Wire wire, ProcessorContext<? super byte[], ? super byte[]> context) {
        this.nodes = nodes;
        this.wire = wire;
        this.context = context;
    }

    /** Under the time of the decision: of two events, that one has the smaller time which the other one depends on. */
    void event(EventMessage event, long time) {
        var header = event.header();
        send(
                nodes.events(),
                EventKey.of(header.getAggregateId(), header.getVersion()),
                wire.event(nodes.aggregate(), event),
                time,
                CloudEventHeaders.of(nodes.aggregate(), event));
    }

    /** An event that is to be forgotten. */
    void forgetEvent(String aggregateId, long version, long time) {
        send(nodes.events(), EventKey.of(aggregateId, version), null, time, new RecordHeaders());
    }

    /** Under the time of the record that it answers: a result that is repeated much later is kept as long as any other. */
    void result(CommandResult result, Source source, long time) {
        var headers = new RecordHeaders();
        source.write(headers);
        send(nodes.results(), result.getCommandId(), wire.result(result), time, headers);
    }

    void command(CommandMessage command, long time) {
        send(
                nodes.commandsAgain(),
                command.header().getAggregateId(),
                wire.command(nodes.aggregate(), command),
                time,
                new RecordHeaders());
    }

    /** A command as it came, under its aggregate's id. */
    void commandToItsPartition(Record<byte[], byte[]> record, String aggregateId, Source source) {
        source.write(record.headers());
        context.forward(record.withKey(bytes(aggregateId)), nodes.commandsAgain());
    }

    /** A record as it came, under a key of its own, with headers that say what is wrong and where it was. */
    void deadLetter(Record<byte[], byte[]> record, String reason, String message, Source source) {
        record.headers()
                .add("dead-letter-reason", bytes(reason))
                .add("dead-letter-message", bytes(message))
                .add("dead-letter-topic", bytes(source.topic()))
                .add("dead-letter-partition", bytes(Integer.toString(source.partition())))
                .add("dead-letter-offset", bytes(Long.toString(source.offset())));
        if (record.key() != null) {
            record.headers().add("dead-letter-key", record.key());
        }
        // Without a value it would be a tombstone, and go.
        var value = record.value() == null ? new byte[0] : record.value();
        context.forward(record.withKey(bytes(source.key())).withValue(value), nodes.deadLetters());
    }

    /** Something about a claim, in the order of the command's time: answers must overtake what waits behind a backlog. */
    void claim(Claim claim, ClaimMessage message, long time) {
        send(nodes.claims(), ClaimKey.of(claim), wire.claim(message), time, new RecordHeaders());
    }

    /** Asks another aggregate's partition whether it is there. */
    void question(Aggregate asked, String id, ReferenceQuestion question, long time) {
        send(nodes.questionsTo(asked), id, wire.question(asked, question), time, new RecordHeaders());
    }

    /** Tells who had asked. */
    void answer(Aggregate asker, String askerId, Answer answer, long time) {
        send(nodes.answersTo(asker), askerId, wire.answer(asker, answer), time, new RecordHeaders());
    }

    private void send(String sink, String key, byte[] value, long time, Headers headers) {
        context.forward(new Record<>(bytes(key), value, time, headers), sink);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
