package cloud.gyroscops.topology.command;

import cloud.gyroscops.contract.CommandHeader;
import cloud.gyroscops.contract.Origin;
import cloud.gyroscops.schemas.CommandMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/** Sends commands to aggregates whose time is up. */
final class Timeouts<S extends SpecificRecord> {

    private static final int MOST_AT_ONCE = 1_000;
    /** How long at least after a time-out that came too early, by the broker's clock, the next one is sent. */
    private static final Duration AGAIN = Duration.ofSeconds(1);

    private final AggregateModel<S> model;
    private final Aggregates<S> aggregates;
    private final TimeoutSchedule schedule;
    private final Outbox outbox;
    private final LongSupplier clockMs;

    Timeouts(
            AggregateModel<S> model,
            Aggregates<S> aggregates,
            KeyValueStore<Bytes, byte[]> store,
            Outbox outbox,
            LongSupplier clockMs) {
        this.model = model;
        this.aggregates = aggregates;
        this.schedule = new TimeoutSchedule(store);
        this.outbox = outbox;
        this.clockMs = clockMs;
    }

    /** Enters when the aggregate's time is up, as soon as that is known or has changed. */
    void schedule(Handling handling, S before, S after) {
        var dueAt = model.timeout().dueAt().apply(after);
        if (dueAt.isEmpty()) {
            return;
        }
        var id = handling.header().getAggregateId();
        if (!dueAt.equals(model.timeout().dueAt().apply(before))) {
            schedule.add(dueAt.get(), id);
        } else if (handling.header().getOrigin() == Origin.SYSTEM) {
            // A time-out that changed nothing: the broker's clock, which counts, is behind ours. Sent again before that
            // clock is there, time-outs would drive other commands out of the recent ones.
            var left = Duration.between(handling.time(), dueAt.get());
            schedule.add(Instant.ofEpochMilli(clockMs.getAsLong()).plus(left.compareTo(AGAIN) < 0 ? AGAIN : left), id);
        }
    }

    /**
     * Time-outs go through the commands topic, behind what waits there already: deciding them here would overtake a fact
     * that came in time but has to wait, for example while the topology was down.
     */
    void send(long now) {
        schedule.takeDue(Instant.ofEpochMilli(now), MOST_AT_ONCE, (dueAt, id) -> {
            var stored = aggregates.get(id);
            if (model.timeout().dueAt().apply(stored.state()).isPresent()) {
                var reason = id + "@" + stored.progress().getVersion() + "#" + dueAt;
                var header = new CommandHeader(
                        "timeout-" + UUID.nameUUIDFromBytes(reason.getBytes(StandardCharsets.UTF_8)),
                        id,
                        null,
                        "system",
                        Origin.SYSTEM,
                        null,
                        Map.of());
                outbox.command(
                        new CommandMessage(header, model.timeout().command().get()), now);
            }
        });
    }
}
