package cloud.gyroscops.connectors.worker;

import cloud.gyroscops.contract.mirror.MirrorControl;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.EventMessage;
import java.util.Optional;

/** What comes to a worker. */
sealed interface Incoming {

    /** An event of the log, with the trace context that came with its command. */
    record OfEvent(Aggregate aggregate, EventMessage event, Optional<String> traceparent) implements Incoming {}

    /** What an operator, or a comparison, asks for. */
    record OfControl(MirrorControl control) implements Incoming {}
}
