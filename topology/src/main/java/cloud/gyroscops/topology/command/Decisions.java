package cloud.gyroscops.topology.command;

import cloud.gyroscops.contract.CommandHeader;
import cloud.gyroscops.contract.EventHeader;
import cloud.gyroscops.contract.HandledCommand;
import cloud.gyroscops.contract.Origin;
import cloud.gyroscops.contract.Progress;
import cloud.gyroscops.contract.Refusal;
import cloud.gyroscops.contract.RefusalReason;
import cloud.gyroscops.domain.Command;
import cloud.gyroscops.domain.Decision;
import cloud.gyroscops.domain.Fields;
import cloud.gyroscops.schemas.CommandMessage;
import cloud.gyroscops.schemas.EventKey;
import cloud.gyroscops.schemas.EventMessage;
import cloud.gyroscops.schemas.StoredState;
import cloud.gyroscops.schemas.serde.Wire;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/** Decides, evolves, stores and answers one aggregate type's commands, each inside one transaction. */
final class Decisions<S extends SpecificRecord> implements Processor<String, Received, byte[], byte[]> {

    private static final int TIMEOUTS_AT_ONCE = 1_000;
    /** How long at least after a time-out that came too early, by the broker's clock, the next one is sent. */
    private static final Duration TIMEOUT_AGAIN = Duration.ofSeconds(1);

    private final AggregateModel<S> model;
    private final Wire wire;
    private final CommandSettings settings;
    private final InterceptorChain interceptors;
    private final PayloadFingerprint fingerprints = new PayloadFingerprint();

    private ProcessorContext<byte[], byte[]> context;
    private Outbox outbox;
    private KeyValueStore<String, StoredState<S>> states;
    private KeyValueStore<String, ?> suspendedOrganizations;
    private TimeoutSchedule timeouts;

    Decisions(AggregateModel<S> model, Wire wire, CommandSettings settings, InterceptorChain interceptors) {
        this.model = model;
        this.wire = wire;
        this.settings = settings;
        this.interceptors = interceptors;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> processorContext) {
        context = processorContext;
        outbox = new Outbox(new Nodes(model.aggregate()), wire, context);
        states = context.getStateStore(model.stateStore());
        suspendedOrganizations = context.getStateStore(OrganizationDirectory.STORE);
        if (model.timeout() != null) {
            timeouts = new TimeoutSchedule(context.getStateStore(model.timeoutStore()));
            context.schedule(settings.timeoutScan(), PunctuationType.WALL_CLOCK_TIME, this::sendTimeouts);
        }
    }

    @Override
    public void process(Record<String, Received> record) {
        var header = record.value().command().header();
        var payload = record.value().command().payload();
        var stored = stored(header.getAggregateId());
        var progress = stored.progress();
        var handling = new Handling(model.aggregate(), header, payload, time(record, progress), progress.getVersion());
        var fingerprint = fingerprints.of(payload);
        var earlier = Recent.find(progress, header.getCommandId(), header.getOrigin());
        if (earlier.isPresent()) {
            outbox.result(
                    Recent.answerAgain(model.aggregate(), handling, earlier.get(), fingerprint),
                    record.value().source(),
                    record.timestamp());
            return;
        }
        var decision = interceptors.decide(handling, () -> decide(handling, stored.state()));
        var events = events(decision);
        var state = stored.state();
        long version = progress.getVersion();
        for (var event : events) {
            state = model.decider().evolve(state, event);
            outbox.event(new EventMessage(eventHeader(handling, ++version, state), event));
        }
        var handled = new HandledCommand(
                header.getCommandId(),
                header.getOrigin(),
                fingerprint,
                handling.time(),
                version,
                events.size(),
                refusal(decision),
                Recent.correlationId(handling));
        var occurredAt = events.isEmpty() ? progress.getOccurredAt() : handling.time();
        var recent = Recent.and(progress.getRecent(), handled, settings.recentCommands());
        states.put(
                header.getAggregateId(),
                new StoredState<>(new Progress(version, occurredAt, recent, progress.getClaims()), state));
        schedule(handling, stored.state(), state);
        outbox.result(
                Recent.result(model.aggregate(), header.getAggregateId(), handled),
                record.value().source(),
                record.timestamp());
    }

    private StoredState<S> stored(String aggregateId) {
        var stored = states.get(aggregateId);
        return stored == null
                ? new StoredState<>(
                        new Progress(0L, null, List.of(), List.of()),
                        model.decider().initial())
                : stored;
    }

    private static Instant time(Record<?, ?> record, Progress progress) {
        var appended = Instant.ofEpochMilli(record.timestamp());
        var latest = progress.getOccurredAt();
        return latest != null && latest.isAfter(appended) ? latest : appended;
    }

    private Decision<SpecificRecord, Refusal> decide(Handling handling, S state) {
        var header = handling.header();
        if (header.getExpectedVersion() != null && header.getExpectedVersion() != handling.version()) {
            return Decision.refuse(
                    RefusalReason.VERSION_CONFLICT,
                    "expectedVersion",
                    "expectedVersion is " + header.getExpectedVersion() + "; the current version is "
                            + handling.version());
        }
        return model.decider()
                .decide(
                        state,
                        new Command(
                                header.getAggregateId(),
                                handling.payload(),
                                handling.time(),
                                header.getOrigin(),
                                OrganizationDirectory.references(handling.payload(), suspendedOrganizations)));
    }

    private static List<SpecificRecord> events(Decision<SpecificRecord, Refusal> decision) {
        return decision instanceof Decision.Accepted<SpecificRecord, Refusal> accepted ? accepted.events() : List.of();
    }

    private static Refusal refusal(Decision<SpecificRecord, Refusal> decision) {
        return decision instanceof Decision.Refused<SpecificRecord, Refusal> refused ? refused.refusal() : null;
    }

    private EventHeader eventHeader(Handling handling, long version, S state) {
        var header = handling.header();
        var id = header.getAggregateId();
        return new EventHeader(
                model.aggregate().plural() + "/" + EventKey.of(id, version),
                model.aggregate().type(),
                id,
                version,
                model.organization().apply(id, state),
                handling.time(),
                header.getActor().strip(),
                header.getOrigin(),
                Recent.correlationId(handling),
                header.getCommandId(),
                new Fields().metadata("metadata", header.getMetadata()));
    }

    /** Enters when the aggregate's time is up, as soon as that is known or has changed. */
    private void schedule(Handling handling, S before, S after) {
        if (model.timeout() == null) {
            return;
        }
        var dueAt = model.timeout().dueAt().apply(after);
        if (dueAt.isEmpty()) {
            return;
        }
        if (!dueAt.equals(model.timeout().dueAt().apply(before))) {
            timeouts.add(dueAt.get(), handling.header().getAggregateId());
        } else if (handling.header().getOrigin() == Origin.SYSTEM) {
            // A time-out that changed nothing: the broker's clock, which counts, is behind ours. Sent again before that
            // clock is there, time-outs would drive other commands out of the recent ones.
            var left = Duration.between(handling.time(), dueAt.get());
            timeouts.add(
                    Instant.ofEpochMilli(context.currentSystemTimeMs())
                            .plus(left.compareTo(TIMEOUT_AGAIN) < 0 ? TIMEOUT_AGAIN : left),
                    handling.header().getAggregateId());
        }
    }

    /**
     * Time-outs go through the commands topic, behind what waits there already: deciding them here would overtake a fact
     * that came in time but has to wait, for example while the topology was down.
     */
    private void sendTimeouts(long now) {
        timeouts.takeDue(Instant.ofEpochMilli(now), TIMEOUTS_AT_ONCE, (dueAt, aggregateId) -> {
            var stored = stored(aggregateId);
            if (model.timeout().dueAt().apply(stored.state()).isPresent()) {
                var reason = aggregateId + "@" + stored.progress().getVersion() + "#" + dueAt;
                outbox.command(
                        new CommandMessage(
                                new CommandHeader(
                                        "timeout-" + UUID.nameUUIDFromBytes(reason.getBytes(StandardCharsets.UTF_8)),
                                        aggregateId,
                                        null,
                                        "system",
                                        Origin.SYSTEM,
                                        null,
                                        Map.of()),
                                model.timeout().command().get()),
                        now);
            }
        });
    }
}
