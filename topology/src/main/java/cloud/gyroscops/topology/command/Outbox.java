package cloud.gyroscops.topology.command;

import cloud.gyroscops.contract.CommandResult;
import cloud.gyroscops.schemas.CommandMessage;
import cloud.gyroscops.schemas.EventKey;
import cloud.gyroscops.schemas.EventMessage;
import cloud.gyroscops.schemas.serde.Wire;
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

    void event(EventMessage event) {
        var header = event.header();
        send(
                nodes.events(),
                EventKey.of(header.getAggregateId(), header.getVersion()),
                wire.event(nodes.aggregate(), event),
                header.getOccurredAt().toEpochMilli(),
                CloudEventHeaders.of(nodes.aggregate(), event));
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

    /** A record as it came, with headers that say what is wrong. */
    void deadLetter(Record<byte[], byte[]> record, String reason, String message, Source source) {
        record.headers().add("dead-letter-reason", bytes(reason)).add("dead-letter-message", bytes(message));
        source.write(record.headers());
        context.forward(record, nodes.deadLetters());
    }

    private void send(String sink, String key, byte[] value, long time, Headers headers) {
        context.forward(new Record<>(bytes(key), value, time, headers), sink);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
