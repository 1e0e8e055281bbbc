package cloud.gyroscops.topology.command;

import cloud.gyroscops.contract.CommandHeader;
import cloud.gyroscops.contract.CommandResult;
import cloud.gyroscops.contract.Refusal;
import cloud.gyroscops.contract.RefusalReason;
import cloud.gyroscops.contract.ResultStatus;
import cloud.gyroscops.domain.Fields;
import cloud.gyroscops.schemas.CommandMessage;
import cloud.gyroscops.schemas.TraceParent;
import cloud.gyroscops.schemas.serde.MalformedRecordException;
import cloud.gyroscops.schemas.serde.Wire;
import cloud.gyroscops.topology.streams.RegistryOutage;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells commands from rubbish, and sends what is in another partition than its aggregate's to the right one, once. What
 * is no valid command goes to the dead letters; if its commandId can be read, a result says so, too.
 */
final class Intake implements Processor<byte[], byte[], Object, Object> {

    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

    /**
     * More than any valid command has, and little enough that its dead letter and its result, in which ids stand several
     * times, fit into Kafka's 1 MiB: what does not fit ends the topology. Compressed, a producer can send far more.
     */
    static final int LARGEST = 256 << 10;

    private static final int MOST_ADVISED = 1_000;

    private static final int MOST_NOTES = 50;

    private final Nodes nodes;
    private final Set<String> advised;
    private final Wire wire;
    private final RegistryOutage outage;
    private final MeterRegistry meters;
    private final int partitions;

    private ProcessorContext<Object, Object> context;
    private Outbox outbox;

    /**
     * Prepares it.
     *
     * @param advised who was told already that commands are in the wrong partitions; shared by all partitions' threads
     */
    Intake(Nodes nodes, Wire wire, RegistryOutage outage, MeterRegistry meters, int partitions, Set<String> advised) {
        this.nodes = nodes;
        this.wire = wire;
        this.outage = outage;
        this.meters = meters;
        this.partitions = partitions;
        this.advised = advised;
    }

    @Override
    public void init(ProcessorContext<Object, Object> processorContext) {
        context = processorContext;
        outbox = new Outbox(nodes, wire, processorContext);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        var metadata = context.recordMetadata().orElseThrow();
        var source = Source.of(record.headers(), metadata);
        int size = size(record);
        if (size > LARGEST) {
            rejectTooLarge(record, source, size);
            return;
        }
        CommandMessage command;
        try {
            command = outage.waitOut(() -> wire.command(nodes.aggregate(), record.value()));
        } catch (MalformedRecordException e) {
            var header = outage.waitOut(() -> wire.commandHeader(record.value()));
            reject(record, source, e.malformation().name(), e.getMessage(), header);
            return;
        }
        var header = command.header();
        var id = header.getAggregateId();
        var fields = new Fields();
        fields.id("commandId", header.getCommandId());
        fields.id("aggregateId", id);
        if (fields.refused()) {
            reject(record, source, "INVALID_ID", fields.problem().getMessage(), Optional.of(header));
        } else if (record.key() != null && !id.equals(new String(record.key(), StandardCharsets.UTF_8))) {
            var key = Fields.quote(new String(record.key(), StandardCharsets.UTF_8));
            reject(
                    record,
                    source,
                    "KEY_MISMATCH",
                    "the record's key is " + key + ", the envelope's aggregateId \"" + id + "\"; they must be the same",
                    Optional.of(header));
        } else if (metadata.partition() != EventPartitioner.partition(id, partitions)) {
            count("gyroscops.commands.rerouted", "aggregate", nodes.aggregate().plural());
            advise(header.getActor(), metadata.partition());
            outbox.commandToItsPartition(record, id, source);
        } else {
            var bytes = traced(command, record) ? wire.command(nodes.aggregate(), command) : record.value();
            var received = new Incoming.Received(Work.of(command, bytes, source, record.timestamp()));
            context.forward(new Record<>(id, received, record.timestamp()), nodes.decide());
        }
    }

    /** A trace context in the record's headers goes on with the events, as one of the producer's notes: through stores, too. */
    private static boolean traced(CommandMessage command, Record<byte[], byte[]> record) {
        var trace = record.headers().lastHeader(TraceParent.HEADER);
        var notes = command.header().getMetadata();
        if (trace == null
                || trace.value() == null
                || notes.containsKey(TraceParent.HEADER)
                || notes.size() >= MOST_NOTES) {
            return false;
        }
        var text = new String(trace.value(), StandardCharsets.UTF_8);
        if (!TraceParent.isRight(text)) {
            return false;
        }
        var more = new HashMap<>(notes);
        more.put(TraceParent.HEADER, text);
        command.header().setMetadata(more);
        return true;
    }

    /** Once per actor: records do not tell their client. */
    private void advise(String actor, int partition) {
        if (advised.size() < MOST_ADVISED && advised.add(actor)) {
            LOG.warn(
                    "{} puts commands into other partitions than their aggregates' (this one into {} of {}); they are moved,"
                            + " which costs a hop. Use the aggregate id as the key and murmur2 as the partitioner:"
                            + " partitioner=murmur2_random in librdkafka's clients",
                    Fields.quote(actor),
                    partition,
                    nodes.commands());
        }
    }

    private static int size(Record<byte[], byte[]> record) {
        int size = length(record.key()) + length(record.value());
        for (var header : record.headers()) {
            size += header.key().length() + length(header.value());
        }
        return size;
    }

    private static int length(byte[] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    /** Without what makes it large: that stays where the headers say. */
    private void rejectTooLarge(Record<byte[], byte[]> record, Source source, int size) {
        var header = outage.waitOut(() -> wire.commandHeader(record.value())).filter(Intake::isShort);
        var small = new Record<byte[], byte[]>(null, null, record.timestamp());
        reject(small, source, "TOO_LARGE", "the record has " + size + " bytes; " + LARGEST + " are allowed", header);
    }

    private static boolean isShort(CommandHeader header) {
        var fields = new Fields();
        fields.id("commandId", header.getCommandId());
        fields.id("aggregateId", header.getAggregateId());
        return !fields.refused()
                && (header.getCorrelationId() == null
                        || header.getCorrelationId().length() <= 128);
    }

    private void reject(
            Record<byte[], byte[]> record,
            Source source,
            String reason,
            String message,
            Optional<CommandHeader> header) {
        LOG.warn("{} is no valid command: {} {}", source, reason, message);
        count("gyroscops.dead.letters", "reason", reason.toLowerCase(Locale.ROOT));
        outbox.deadLetter(record, reason, message, source);
        header.ifPresent(readable -> outbox.result(
                new CommandResult(
                        readable.getCommandId(),
                        nodes.aggregate().type(),
                        readable.getAggregateId(),
                        ResultStatus.REJECTED,
                        0L,
                        List.of(),
                        new Refusal(RefusalReason.MALFORMED, message, null),
                        Instant.ofEpochMilli(record.timestamp()),
                        readable.getCorrelationId() == null ? readable.getCommandId() : readable.getCorrelationId()),
                source,
                record.timestamp()));
    }

    private void count(String name, String tag, String value) {
        Counter.builder(name).tag(tag, value).register(meters).increment();
    }
}
