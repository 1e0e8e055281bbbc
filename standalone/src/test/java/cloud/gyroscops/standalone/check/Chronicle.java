package cloud.gyroscops.standalone.check;

import static cloud.gyroscops.standalone.check.HandMadeLog.APPLICATION;
import static cloud.gyroscops.standalone.check.HandMadeLog.PARTITIONS;

import cloud.gyroscops.contract.Claim;
import cloud.gyroscops.contract.CommandHeader;
import cloud.gyroscops.contract.CommandResult;
import cloud.gyroscops.contract.EventHeader;
import cloud.gyroscops.contract.HeldClaim;
import cloud.gyroscops.contract.Origin;
import cloud.gyroscops.contract.Progress;
import cloud.gyroscops.contract.Refusal;
import cloud.gyroscops.contract.RefusalReason;
import cloud.gyroscops.contract.ResultStatus;
import cloud.gyroscops.contract.channel.ClaimStatus;
import cloud.gyroscops.contract.channel.Claimant;
import cloud.gyroscops.contract.channel.StoredClaim;
import cloud.gyroscops.contract.organization.OrganizationState;
import cloud.gyroscops.contract.organization.StoredOrganization;
import cloud.gyroscops.contract.payment.PaymentState;
import cloud.gyroscops.contract.payment.StoredPayment;
import cloud.gyroscops.contract.user.StoredUser;
import cloud.gyroscops.contract.user.UserState;
import cloud.gyroscops.domain.Command;
import cloud.gyroscops.domain.Decision;
import cloud.gyroscops.domain.References;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.CommandMessage;
import cloud.gyroscops.schemas.EventMessage;
import cloud.gyroscops.schemas.serde.StateSerde;
import cloud.gyroscops.schemas.serde.Wire;
import cloud.gyroscops.topology.claim.ClaimSubtopology;
import cloud.gyroscops.topology.command.EventPartitioner;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serializer;

/** Writes what the command topology would write into a hand-made log, record by record, for tests to spoil. */
final class Chronicle {

    private static final Serializer<StoredOrganization> ORGANIZATIONS =
            new StateSerde<>(StoredOrganization.class, List.of()).serializer();
    private static final Serializer<StoredUser> USERS = new StateSerde<>(StoredUser.class, List.of()).serializer();
    private static final Serializer<StoredPayment> PAYMENTS =
            new StateSerde<>(StoredPayment.class, List.of()).serializer();

    final HandMadeLog log = new HandMadeLog();
    final Wire wire = new Wire(log.topics, new HandMadeLog.Schemas());

    private final Changelogs changelogs = new Changelogs(APPLICATION);
    private final Map<Aggregate, Rules<?>> rules = new EnumMap<>(Aggregate.class);
    private final Map<String, SpecificRecord> states = new HashMap<>();
    private final Map<String, Long> versions = new HashMap<>();
    private final Map<String, List<HeldClaim>> held = new HashMap<>();
    private final RecordHeaders none = new RecordHeaders();
    /** When the next events occurred, if it was not when they were recorded. */
    private Instant occurredAt;

    private long now = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
    private int commands;

    Chronicle() {
        for (var aggregate : Aggregate.values()) {
            rules.put(aggregate, Rules.of(aggregate));
        }
    }

    /** What one command left behind. */
    record Traces(String id, String commandId, Place command, List<Place> events, Place result, Place state) {

        Place event() {
            return events.get(events.size() - 1);
        }
    }

    void later(Duration duration) {
        now += duration.toMillis();
    }

    /** A command that was sent at another time than now; null: now. */
    void decideAt(Long time) {
        occurredAt = time == null ? null : Instant.ofEpochMilli(time);
    }

    private Instant occurredAt() {
        return occurredAt == null ? Instant.ofEpochMilli(now) : occurredAt;
    }

    long now() {
        return now;
    }

    static int partition(String key) {
        return EventPartitioner.partition(key, PARTITIONS);
    }

    Place command(String id, String commandId, SpecificRecord payload) {
        return command(id, commandId, payload, partition(id), none);
    }

    Place command(String id, String commandId, SpecificRecord payload, int partition, RecordHeaders headers) {
        var aggregate = Aggregate.thatTakes(payload.getSchema().getName()).orElseThrow();
        now += 10;
        var header = new CommandHeader(commandId, id, null, "test", Origin.CLIENT, null, Map.of());
        return log.put(
                log.topics.commands(aggregate),
                partition,
                id,
                wire.command(aggregate, new CommandMessage(header, payload)),
                now,
                headers);
    }

    /** A command with all that it causes. */
    Traces happens(String id, SpecificRecord payload) {
        var commandId = "c-" + ++commands;
        return settle(id, commandId, command(id, commandId, payload), payload);
    }

    /** What a command causes that is there already. */
    Traces settle(String id, String commandId, Place command, SpecificRecord payload) {
        var aggregate = Aggregate.thatTakes(payload.getSchema().getName()).orElseThrow();
        var key = aggregate.plural() + "/" + id;
        var state = states.getOrDefault(key, rules.get(aggregate).initial());
        var there = new References(References.Found.PRESENT, References.Found.PRESENT);
        var decision =
                rules.get(aggregate).decide(state, new Command(id, payload, occurredAt(), Origin.CLIENT, there), null);
        if (!(decision instanceof Decision.Accepted<SpecificRecord, Refusal> accepted)) {
            throw new IllegalArgumentException(decision.toString());
        }
        return record(aggregate, id, commandId, command, accepted.events());
    }

    /** Events, result and states, whatever the decider would say. */
    Traces record(Aggregate aggregate, String id, String commandId, Place command, List<SpecificRecord> made) {
        var key = aggregate.plural() + "/" + id;
        var state = states.getOrDefault(key, rules.get(aggregate).initial());
        var before = rules.get(aggregate).claims(state);
        long version = versions.getOrDefault(key, 0L);
        var events = new ArrayList<Place>();
        var keys = new ArrayList<String>();
        for (var event : made) {
            var old = state;
            state = rules.get(aggregate).evolve(state, event);
            var now = rules.get(aggregate).organization(id, state);
            var organization = now.isEmpty() ? rules.get(aggregate).organization(id, old) : now;
            events.add(event(aggregate, id, ++version, organization, commandId, event));
            keys.add(id + "@" + version);
        }
        states.put(key, state);
        versions.put(key, version);
        claims(aggregate, id, commandId, before, rules.get(aggregate).claims(state));
        var result = result(aggregate, id, commandId, command, version, keys);
        return new Traces(id, commandId, command, events, result, state(aggregate, id, version, state));
    }

    Place event(
            Aggregate aggregate,
            String id,
            long version,
            String organization,
            String commandId,
            SpecificRecord payload) {
        var key = id + "@" + version;
        var header = new EventHeader(
                aggregate.plural() + "/" + key,
                aggregate.type(),
                id,
                version,
                organization,
                occurredAt(),
                "test",
                Origin.CLIENT,
                commandId,
                commandId,
                Map.of());
        var bytes = wire.event(aggregate, new EventMessage(header, payload));
        return log.put(log.topics.events(aggregate), partition(id), key, bytes, now);
    }

    void tombstone(String id, long version) {
        log.put(log.topics.events(Aggregate.USERS), partition(id), id + "@" + version, null, now);
    }

    Place result(
            Aggregate aggregate, String id, String commandId, Place command, long version, List<String> eventKeys) {
        var result = new CommandResult(
                commandId,
                aggregate.type(),
                id,
                ResultStatus.ACCEPTED,
                version,
                eventKeys,
                null,
                Instant.ofEpochMilli(now),
                commandId);
        return result(result, command);
    }

    Place refused(Aggregate aggregate, String id, String commandId, Place command) {
        var refusal = new Refusal(RefusalReason.COMMAND_ID_REUSED, "another payload", null);
        return result(
                new CommandResult(
                        commandId,
                        aggregate.type(),
                        id,
                        ResultStatus.REJECTED,
                        versions.getOrDefault(aggregate.plural() + "/" + id, 0L),
                        List.of(),
                        refusal,
                        Instant.ofEpochMilli(now),
                        commandId),
                command);
    }

    private Place result(CommandResult result, Place command) {
        return log.put(
                log.topics.results(),
                partition(result.getCommandId()),
                result.getCommandId(),
                wire.result(result),
                now,
                source(command));
    }

    static RecordHeaders source(Place command) {
        var headers = new RecordHeaders();
        headers.add("command-topic", bytes(command.topic()));
        headers.add("command-partition", bytes(Integer.toString(command.partition())));
        headers.add("command-offset", bytes(Long.toString(command.offset())));
        return headers;
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void claims(Aggregate aggregate, String id, String commandId, List<Claim> before, List<Claim> after) {
        var holds = new ArrayList<>(held.getOrDefault(aggregate.plural() + "/" + id, List.of()));
        for (var claim : before) {
            if (!after.contains(claim)) {
                claim(claim, null);
                holds.removeIf(one -> one.getClaim().equals(claim));
            }
        }
        for (var claim : after) {
            if (!before.contains(claim)) {
                claim(claim, new Claimant(aggregate.type(), id, commandId), ClaimStatus.CONFIRMED);
                holds.add(new HeldClaim(claim, commandId));
            }
        }
        held.put(aggregate.plural() + "/" + id, holds);
    }

    Place claim(Claim claim, Claimant holder, ClaimStatus status) {
        return claim(claim, new StoredClaim(holder, status, Instant.ofEpochMilli(now), List.of()));
    }

    Place claim(Claim claim, StoredClaim stored) {
        var key = ClaimPeriods.key(claim);
        var bytes =
                stored == null ? null : ClaimSubtopology.stored().serializer().serialize("", stored);
        return log.put(changelogs.claims(), partition(key), key, bytes, now);
    }

    Place state(Aggregate aggregate, String id, long version, SpecificRecord state) {
        var progress = new Progress(
                version,
                Instant.ofEpochMilli(now),
                List.of(),
                held.getOrDefault(aggregate.plural() + "/" + id, List.of()));
        return log.put(changelogs.states(aggregate), partition(id), id, stored(progress, state), now);
    }

    static byte[] stored(Progress progress, SpecificRecord state) {
        if (state instanceof OrganizationState organization) {
            var stored = new StoredOrganization(progress, organization);
            return ORGANIZATIONS.serialize("", stored);
        }
        if (state instanceof UserState user) {
            var stored = new StoredUser(progress, user);
            return USERS.serialize("", stored);
        }
        var stored = new StoredPayment(progress, (PaymentState) state);
        return PAYMENTS.serialize("", stored);
    }

    SpecificRecord state(Aggregate aggregate, String id) {
        return states.get(aggregate.plural() + "/" + id);
    }

    Report check() {
        var options = new CheckOptions(
                APPLICATION, Duration.ofSeconds(1), Duration.ofMinutes(1), Duration.ZERO, 20, reading -> {});
        return new Checker(log, log.topics, wire, options).run();
    }
}
