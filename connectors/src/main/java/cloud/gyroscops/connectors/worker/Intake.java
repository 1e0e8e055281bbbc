package cloud.gyroscops.connectors.worker;

import cloud.gyroscops.contract.mirror.MirrorTarget;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.TraceParent;
import cloud.gyroscops.schemas.serde.Wire;
import cloud.gyroscops.topology.streams.RegistryOutage;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;

/** Reads what comes; bytes that cannot be read stop the worker: skipped, an event would be lost. */
final class Intake {

    private Intake() {}

    static Processor<String, byte[], String, Incoming> events(Aggregate aggregate, Wire wire, RegistryOutage outage) {
        return new ContextualProcessor<>() {
            @Override
            public void process(Record<String, byte[]> record) {
                // Of events that an erasure has removed.
                if (record.value() != null) {
                    var event = outage.waitOut(() -> wire.event(aggregate, record.value()));
                    var incoming = new Incoming.OfEvent(
                            aggregate,
                            event,
                            Optional.ofNullable(event.header().getMetadata().get(TraceParent.HEADER))
                                    .filter(TraceParent::isRight));
                    context().forward(new Record<>(record.key(), incoming, record.timestamp()));
                }
            }
        };
    }

    static Processor<String, byte[], String, Incoming> controls(MirrorTarget target, Wire wire, RegistryOutage outage) {
        return new ContextualProcessor<>() {
            @Override
            public void process(Record<String, byte[]> record) {
                var control = outage.waitOut(() -> wire.control(record.value()));
                if (control.getTarget() == target) {
                    var incoming = new Incoming.OfControl(control);
                    context().forward(new Record<>(record.key(), incoming, record.timestamp()));
                }
            }
        };
    }
}
