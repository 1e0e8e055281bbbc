package cloud.gyroscops.topology.model;

import cloud.gyroscops.contract.CommandHeader;
import cloud.gyroscops.contract.CommandResult;
import cloud.gyroscops.contract.Origin;
import cloud.gyroscops.contract.RefusalReason;
import cloud.gyroscops.contract.user.UserErased;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.CommandMessage;
import cloud.gyroscops.schemas.EventKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;

/**
 * The write side as plain Java that knows nothing of deciders, topics or stores: results, states and events of the real
 * one must be equal. Every command sees what all earlier ones have done, to whichever aggregate.
 */
public final class ReferenceModel {

    private final Duration paymentTimeToLive;
    private final int recentCommands;
    private final Map<String, Entity> entities = new TreeMap<>();

    /** What must be answered; the reason is null where the command is accepted. */
    public record Answer(
            String commandId, String aggregateId, RefusalReason reason, long version, List<String> events) {

        /** What was answered. */
        public static Answer of(CommandResult result) {
            return new Answer(
                    result.getCommandId(),
                    result.getAggregateId(),
                    result.getRefusal() == null ? null : result.getRefusal().getReason(),
                    result.getVersion(),
                    List.copyOf(result.getEventKeys()));
        }
    }

    private record Accepted(SpecificRecord payload, Origin origin, Instant time) {}

    private record Remembered(SpecificRecord payload, Answer answer) {}

    private static final class Entity {
        private ReferenceAggregate aggregate;
        private final List<Accepted> accepted = new ArrayList<>();
        private final List<SpecificRecord> events = new ArrayList<>();
        private final Map<String, Remembered> recent = new LinkedHashMap<>();
        private Instant latest = Instant.EPOCH;

        Entity(ReferenceAggregate aggregate) {
            this.aggregate = aggregate;
        }

        boolean erased() {
            return !events.isEmpty() && events.get(events.size() - 1) instanceof UserErased;
        }
    }

    /** With settings as the real one has them. */
    public ReferenceModel(Duration paymentTimeToLive, int recentCommands) {
        this.paymentTimeToLive = paymentTimeToLive;
        this.recentCommands = recentCommands;
    }

    /** Handles a command that was appended to its topic at a time. */
    public Answer handle(CommandMessage command, Instant appendedAt) {
        var header = command.header();
        var id = header.getAggregateId();
        var type = Aggregate.thatTakes(command.payload().getSchema().getName()).orElseThrow();
        var entity = entities.computeIfAbsent(key(type, id), key -> new Entity(nothing(type)));
        var earlier = entity.recent.get(scope(header));
        if (earlier != null) {
            return earlier.payload.equals(command.payload())
                    ? earlier.answer
                    : new Answer(
                            header.getCommandId(),
                            id,
                            RefusalReason.COMMAND_ID_REUSED,
                            entity.events.size(),
                            List.of());
        }
        var time = appendedAt.isBefore(entity.latest) ? entity.latest : appendedAt;
        boolean stale = header.getExpectedVersion() != null && header.getExpectedVersion() != entity.events.size();
        var outcome = stale
                ? Outcome.refused(RefusalReason.VERSION_CONFLICT)
                : outcome(type, id, entity, new Accepted(command.payload(), header.getOrigin(), time));
        var keys = new ArrayList<String>();
        for (var event : outcome.events()) {
            entity.events.add(event);
            entity.latest = time;
            keys.add(EventKey.of(id, entity.events.size()));
        }
        if (entity.erased() && !keys.isEmpty()) {
            // What came before an erasure is not remembered.
            entity.recent.clear();
        }
        var answer = new Answer(header.getCommandId(), id, outcome.reason(), entity.events.size(), keys);
        entity.recent.put(scope(header), new Remembered(command.payload(), answer));
        if (entity.recent.size() > recentCommands) {
            entity.recent.remove(entity.recent.keySet().iterator().next());
        }
        return answer;
    }

    /** Tries on a copy, and keeps it if nobody else is in the way. */
    private Outcome outcome(Aggregate type, String id, Entity entity, Accepted command) {
        var copy = nothing(type);
        entity.accepted.forEach(one -> copy.handle(one.payload, one.origin, one.time));
        var outcome = copy.handle(command.payload, command.origin, command.time);
        if (outcome.reason() != null) {
            return outcome;
        }
        var others = new Others(
                state -> entities.entrySet().stream()
                        .filter(other -> !other.getKey().equals(key(type, id)))
                        .map(other -> other.getValue().aggregate.state())
                        .anyMatch(state),
                this::find);
        var reason = others.reasonAgainst(command.payload, copy.state());
        if (reason != null) {
            return Outcome.refused(reason);
        }
        entity.aggregate = copy;
        entity.accepted.add(command);
        return outcome;
    }

    private SpecificRecord find(Aggregate type, String id) {
        var entity = entities.get(key(type, id));
        return (entity == null ? nothing(type) : entity.aggregate).state();
    }

    /**
     * The payloads of every aggregate's events, by {@link #key}; those without any are left out, and of what was erased
     * only the last one is there.
     */
    public Map<String, List<SpecificRecord>> events() {
        var events = new TreeMap<String, List<SpecificRecord>>();
        entities.forEach((key, entity) -> {
            int count = entity.events.size();
            if (count > 0) {
                events.put(key, entity.erased() ? entity.events.subList(count - 1, count) : entity.events);
            }
        });
        return events;
    }

    /** The states of the aggregates that have events, by {@link #key}. */
    public Map<String, SpecificRecord> states() {
        var states = new TreeMap<String, SpecificRecord>();
        events().keySet()
                .forEach(key -> states.put(key, entities.get(key).aggregate.state()));
        return states;
    }

    /** Names one aggregate of any type. */
    public static String key(Aggregate type, String id) {
        return type.plural() + "/" + id;
    }

    private ReferenceAggregate nothing(Aggregate type) {
        return switch (type) {
            case ORGANIZATIONS -> new ReferenceOrganization();
            case USERS -> new ReferenceUser();
            case PAYMENTS -> new ReferencePayment(paymentTimeToLive);
        };
    }

    /** Ids are apart by origin. */
    private static String scope(CommandHeader header) {
        return header.getOrigin() + " " + header.getCommandId();
    }
}
