package cloud.gyroscops.topology.command;

import cloud.gyroscops.contract.Refusal;
import cloud.gyroscops.domain.Decision;
import org.apache.avro.specific.SpecificRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Puts the command's ids on every line that is logged while it is decided, and logs refusals at debug level. */
final class CorrelationLogging implements CommandInterceptor {

    private static final Logger LOG = LoggerFactory.getLogger(CorrelationLogging.class);

    @Override
    public Decision<SpecificRecord, Refusal> around(Handling handling, Rest rest) {
        var header = handling.header();
        MDC.put("commandId", header.getCommandId());
        MDC.put("aggregateId", header.getAggregateId());
        MDC.put("correlationId", header.getCorrelationId() == null ? header.getCommandId() : header.getCorrelationId());
        try {
            var decision = rest.decide();
            if (LOG.isDebugEnabled() && decision instanceof Decision.Refused<SpecificRecord, Refusal> refused) {
                LOG.debug(
                        "{} refused: {} {}",
                        handling.payload().getSchema().getName(),
                        refused.refusal().getReason(),
                        refused.refusal().getMessage());
            }
            return decision;
        } finally {
            MDC.remove("commandId");
            MDC.remove("aggregateId");
            MDC.remove("correlationId");
        }
    }
}
