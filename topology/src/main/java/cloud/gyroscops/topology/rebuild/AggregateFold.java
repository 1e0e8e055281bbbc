package cloud.gyroscops.topology.rebuild;

import cloud.gyroscops.contract.Claim;
import cloud.gyroscops.contract.Fingerprint;
import cloud.gyroscops.contract.HandledCommand;
import cloud.gyroscops.contract.HeldClaim;
import cloud.gyroscops.contract.user.UserErased;
import cloud.gyroscops.schemas.EventMessage;
import cloud.gyroscops.topology.claim.ClaimKey;
import cloud.gyroscops.topology.command.AggregateModel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/** One aggregate as its events make it, one after the other. */
final class AggregateFold<S extends SpecificRecord> {

    /** Of a command that is gone: nobody knows what it was. */
    static final Fingerprint NOT_KNOWN = new Fingerprint(new byte[16]);

    private final AggregateModel<S> model;
    private final Map<Claim, Held> claims = new LinkedHashMap<>();
    private final List<HandledCommand> commands = new ArrayList<>();
    private S state;
    private long version;
    private long erasedAt;
    private Instant occurredAt;

    /**
     * A claim as it was come by.
     *
     * @param commandId of the command that set the value
     * @param since when
     */
    record Held(String commandId, Instant since) {}

    /** Before the first event. */
    AggregateFold(AggregateModel<S> model) {
        this.model = model;
        this.state = model.decider().initial();
    }

    /**
     * The next event. Erasure removes what was before it, so that the first one may have any version.
     *
     * @param time of its record
     * @throws IllegalStateException if events before it are missing
     */
    void add(EventMessage event, Instant time) {
        var header = event.header();
        boolean erases = event.payload() instanceof UserErased;
        if (header.getVersion() != version + 1 && !(erases && header.getVersion() > version)) {
            throw new IllegalStateException(header.getEventId() + " comes after version " + version
                    + ": events are missing, and no state can be made of the others");
        }
        version = header.getVersion();
        state = model.decider().evolve(state, event.payload());
        occurredAt = header.getOccurredAt();
        var wanted = model.claims().apply(state);
        var ticket = ClaimKey.ticket(header.getOrigin(), header.getCausationId());
        claims.keySet().retainAll(wanted);
        wanted.forEach(claim -> claims.putIfAbsent(claim, new Held(ticket, time)));
        if (erases) {
            erasedAt = version;
            commands.clear();
        }
        remember(event);
    }

    private void remember(EventMessage event) {
        var header = event.header();
        int last = commands.size() - 1;
        if (last >= 0
                && commands.get(last).getCommandId().equals(header.getCausationId())
                && commands.get(last).getOrigin() == header.getOrigin()) {
            commands.get(last).setVersion(version);
            commands.get(last).setEvents(commands.get(last).getEvents() + 1);
        } else {
            commands.add(new HandledCommand(
                    header.getCausationId(),
                    header.getOrigin(),
                    NOT_KNOWN,
                    header.getOccurredAt(),
                    version,
                    1,
                    null,
                    header.getCorrelationId()));
        }
    }

    S state() {
        return state;
    }

    /** 0 before the first event. */
    long version() {
        return version;
    }

    /** The version with which it was erased; 0: it was not. */
    long erasedAt() {
        return erasedAt;
    }

    /** When the last event occurred; null before the first. */
    Instant occurredAt() {
        return occurredAt;
    }

    /** The commands that made the events, oldest first, with no payload known. */
    List<HandledCommand> commands() {
        return commands;
    }

    /** What it holds. */
    Map<Claim, Held> held() {
        return claims;
    }

    /** What it holds, as progress has it. */
    List<HeldClaim> claims() {
        return claims.entrySet().stream()
                .map(claim -> new HeldClaim(claim.getKey(), claim.getValue().commandId()))
                .toList();
    }
}
