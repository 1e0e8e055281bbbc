package cloud.gyroscops.connectors.target;

import cloud.gyroscops.schemas.EventMessage;
import java.util.Optional;

/**
 * An event on its way to a target.
 *
 * @param attempt which one it is, from 1, as far as this process knows
 * @param traceparent the trace context that came with the command, for the call's header of that name
 */
public record Change(EventMessage event, int attempt, Optional<String> traceparent) {}
