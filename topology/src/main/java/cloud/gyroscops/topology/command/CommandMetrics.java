package cloud.gyroscops.topology.command;

import cloud.gyroscops.contract.Refusal;
import cloud.gyroscops.contract.RefusalReason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.specific.SpecificRecord;

/**
 * Counts decided commands: {@code gyroscops.commands} by {@code command}, and {@code outcome}, which is {@code accepted}
 * or the refusal's reason.
 */
final class CommandMetrics {

    private final MeterRegistry meters;
    private final Map<Class<?>, Counter> accepted = new ConcurrentHashMap<>();

    CommandMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    /** Counts one; {@code refusal} is null where it was accepted. */
    void count(SpecificRecord command, Refusal refusal) {
        if (refusal != null) {
            counter(command, reason(refusal.getReason())).increment();
        } else {
            accepted.computeIfAbsent(command.getClass(), type -> counter(command, "accepted"))
                    .increment();
        }
    }

    private static String reason(RefusalReason reason) {
        return reason.name().toLowerCase(Locale.ROOT);
    }

    private Counter counter(SpecificRecord command, String outcome) {
        return Counter.builder("gyroscops.commands")
                .description("Commands that were decided")
                .tag("command", command.getSchema().getName())
                .tag("outcome", outcome)
                .register(meters);
    }
}
