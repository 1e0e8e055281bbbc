package cloud.gyroscops.connectors.worker;

import cloud.gyroscops.connectors.target.Fact;
import cloud.gyroscops.connectors.target.Target;
import cloud.gyroscops.contract.mirror.MirrorOutcome;
import cloud.gyroscops.contract.mirror.MirrorStatus;
import cloud.gyroscops.schemas.TraceParent;
import cloud.gyroscops.schemas.serde.Wire;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** A {@link Partition} as Kafka Streams runs it: what comes is taken in; every few milliseconds, what can be done is. */
final class MirrorProcessor implements Processor<String, Incoming, byte[], byte[]> {

    static final Duration EVERY = Duration.ofMillis(10);

    /** Each look is a transaction, so a partition with nothing to do is looked at rarely: to tell how it is. */
    private static final Duration EVERY_WHILE_IDLE = Duration.ofSeconds(1);

    private final Target target;
    private final WorkerSettings settings;
    private final Gate gate;
    private final Executor executor;
    private final Wire wire;
    private final MeterRegistry meters;
    private ProcessorContext<byte[], byte[]> context;
    private Partition partition;
    private Calls calls;
    private Cancellable looks;

    MirrorProcessor(
            Target target, WorkerSettings settings, Gate gate, Executor executor, Wire wire, MeterRegistry meters) {
        this.target = target;
        this.settings = settings;
        this.gate = gate;
        this.executor = executor;
        this.wire = wire;
        this.meters = meters;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> processorContext) {
        context = processorContext;
        calls = new Calls(executor, gate);
        partition = new Partition(
                context.taskId().partition(),
                target,
                settings,
                gate,
                calls,
                new Ledger(context),
                new Sinks(),
                new MirrorMeters(target.name(), meters));
        context.schedule(EVERY_WHILE_IDLE, PunctuationType.WALL_CLOCK_TIME, partition::work);
        lookOften();
    }

    private void lookOften() {
        if (looks == null) {
            looks = context.schedule(EVERY, PunctuationType.WALL_CLOCK_TIME, now -> {
                partition.work(now);
                if (partition.idle()) {
                    looks.cancel();
                    looks = null;
                }
            });
        }
    }

    @Override
    public void process(Record<String, Incoming> record) {
        if (record.value() instanceof Incoming.OfEvent event) {
            partition.event(event);
        } else if (record.value() instanceof Incoming.OfControl control) {
            partition.control(control.control());
        }
        lookOften();
    }

    /** Whoever works on the partition next must not be overtaken by a call of ours. */
    @Override
    public void close() {
        if (calls != null) {
            calls.close();
        }
    }

    /** The topics, as the sinks of the topology. */
    private final class Sinks implements Outlet {

        @Override
        public void outcome(MirrorOutcome outcome, Optional<String> traceparent) {
            var name = Name.of(outcome.getAggregateType(), outcome.getAggregateId());
            send(
                    MirrorTopology.OUTCOMES,
                    Outcomes.key(outcome.getTarget(), name, outcome.getSequence()),
                    wire.outcome(outcome),
                    traceparent);
        }

        @Override
        public void forgetOutcome(Name name, long sequence) {
            send(MirrorTopology.OUTCOMES, Outcomes.key(target.name(), name, sequence), null, Optional.empty());
        }

        @Override
        public void status(String key, MirrorStatus status) {
            send(MirrorTopology.STATUS, key, status == null ? null : wire.status(status), Optional.empty());
        }

        @Override
        public void fact(Fact fact, Optional<String> traceparent) {
            send(
                    MirrorTopology.commands(fact.aggregate()),
                    fact.command().header().getAggregateId(),
                    wire.command(fact.aggregate(), fact.command()),
                    traceparent);
        }

        private void send(String sink, String key, byte[] value, Optional<String> traceparent) {
            Headers headers = new RecordHeaders();
            traceparent.ifPresent(trace -> headers.add(TraceParent.HEADER, bytes(trace)));
            context.forward(new Record<>(bytes(key), value, context.currentSystemTimeMs(), headers), sink);
        }

        private byte[] bytes(String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
    }
}
