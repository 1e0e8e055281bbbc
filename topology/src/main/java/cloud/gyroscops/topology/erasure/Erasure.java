package cloud.gyroscops.topology.erasure;

import cloud.gyroscops.contract.AggregateType;
import cloud.gyroscops.contract.CommandResult;
import cloud.gyroscops.contract.RefusalReason;
import cloud.gyroscops.contract.user.UserCreated;
import cloud.gyroscops.contract.user.UserUpdated;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.EventKey;
import cloud.gyroscops.schemas.serde.Wire;
import cloud.gyroscops.schemas.topic.TopicCatalogue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes from all topics what they hold of users whose erasure was seen. May be done twice, and by two at once. */
final class Erasure {

    /** How long it waits for the command topology until it says so. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Logger LOG = LoggerFactory.getLogger(Erasure.class);

    private final TopicCatalogue topics;
    private final Wire wire;
    private final TopicScan scan;
    private final Tombstones tombstones;
    private final HandledRecords handled;
    private final ParkedPlaces parked;
    private final BooleanSupplier pause;

    /** Pauses between two looks at what has to happen first, until told that it is to stop. */
    Erasure(
            TopicCatalogue topics,
            Wire wire,
            TopicScan scan,
            Tombstones tombstones,
            HandledRecords handled,
            ParkedPlaces parked,
            BooleanSupplier pause) {
        this.topics = topics;
        this.wire = wire;
        this.scan = scan;
        this.tombstones = tombstones;
        this.handled = handled;
        this.parked = parked;
        this.pause = pause;
    }

    /**
     * Erases users, once the command topology has handled what had come when this was called: however much comes later,
     * that is done some time. Whoever is interrupted begins anew, with what has come by then.
     *
     * @return false if it was told to stop before
     */
    boolean of(Collection<ErasedUser> users) throws InterruptedException {
        var byId = users.stream().collect(Collectors.toMap(ErasedUser::id, Function.identity(), (one, same) -> one));
        var commands = List.of(topics.commands(Aggregate.USERS));
        var cameBefore = ends(commands);
        // First of all: compaction may take them at any time.
        var values = values(byId);
        if (!awaitHandled(cameBefore)) {
            return false;
        }
        // What came to partitions where it does not belong has copies by now, behind the first ends.
        var withCopies = ends(commands);
        if (!awaitHandled(withCopies)) {
            return false;
        }
        // What these commands asked and were told, and the claims that they gave up.
        var channels = ends(topics.channels());
        if (!awaitHandled(channels)) {
            return false;
        }
        int results = eraseResults(byId, values);
        int letters = eraseDeadLetters(byId.keySet(), values);
        handled.remove(withCopies);
        handled.remove(channels);
        LOG.info("Erased {} users: {} results, {} dead letters", byId.size(), results, letters);
        return true;
    }

    private PersonalValues values(Map<String, ErasedUser> users) throws InterruptedException {
        var topic = topics.events(Aggregate.USERS);
        var partitions = users.values().stream()
                .map(user -> new TopicPartition(topic, user.partition()))
                .collect(Collectors.toSet());
        var found = new HashSet<String>();
        scan.read(handled.ends(partitions), record -> {
            var id = EventKey.aggregateId(new String(record.key(), StandardCharsets.UTF_8));
            if (record.value() != null && users.containsKey(id)) {
                addValues(wire.event(Aggregate.USERS, record.value()).payload(), found);
            }
        });
        return new PersonalValues(found);
    }

    /** Emails only: a username like "ada" is also a part of what belongs to others, and must stay. */
    private static void addValues(SpecificRecord payload, Set<String> found) {
        if (payload instanceof UserCreated created) {
            found.add(created.getEmail());
        } else if (payload instanceof UserUpdated updated) {
            found.add(Objects.requireNonNullElse(updated.getEmail(), ""));
        }
    }

    private boolean awaitHandled(Map<TopicPartition, Long> ends) throws InterruptedException {
        long said = System.nanoTime();
        while (!handled.handled(ends, scan) || parked.anyBelow(Aggregate.USERS, ends)) {
            if (System.nanoTime() - said > PATIENCE.toNanos()) {
                LOG.info("The erasure of users waits for the command topology");
                said = System.nanoTime();
            }
            if (pause.getAsBoolean()) {
                return false;
            }
        }
        return true;
    }

    private int eraseResults(Map<String, ErasedUser> users, PersonalValues values) throws InterruptedException {
        var doomed = new DoomedRecords(topics.results());
        scan.read(ends(topics.results()), record -> doomed.next(record, tells(record.value(), users, values)));
        tombstones.over(doomed);
        return doomed.size();
    }

    /** What was answered after the erasure holds nothing of the user, and somebody may wait for it. */
    private boolean tells(byte[] value, Map<String, ErasedUser> users, PersonalValues values) {
        if (value == null) {
            return false;
        }
        var result = wire.result(value);
        var user = result.getAggregateType() == AggregateType.USER ? users.get(result.getAggregateId()) : null;
        boolean older = user != null
                && result.getVersion() < user.version()
                && !result.getCommandId().equals(user.commandId());
        return older || isMalformed(result) && values.in(value);
    }

    /** Only these quote what somebody sent, whoever it was sent for. */
    private static boolean isMalformed(CommandResult result) {
        return result.getRefusal() != null && result.getRefusal().getReason() == RefusalReason.MALFORMED;
    }

    private int eraseDeadLetters(Set<String> ids, PersonalValues values) throws InterruptedException {
        var doomed = new DoomedRecords(topics.deadLetters());
        var sources = new HashMap<TopicPartition, Long>();
        scan.read(ends(topics.deadLetters()), record -> {
            var letter = DeadLetter.of(record);
            boolean concerned = concerns(letter, record, ids) || values.in(record.value()) || inHeaders(record, values);
            doomed.next(record, concerned);
            if (concerned && letter.source() != null) {
                var place = new TopicPartition(
                        letter.source().topic(), letter.source().partition());
                sources.merge(place, letter.source().offset() + 1, Math::max);
            }
        });
        tombstones.over(doomed);
        removeSources(sources);
        return doomed.size();
    }

    private boolean concerns(DeadLetter letter, ConsumerRecord<byte[], byte[]> record, Set<String> ids) {
        return letter.key() != null && ids.contains(letter.key())
                || wire.commandHeader(record.value())
                        .filter(header -> ids.contains(header.getAggregateId()))
                        .isPresent();
    }

    private static boolean inHeaders(ConsumerRecord<byte[], byte[]> record, PersonalValues values) {
        for (var header : record.headers()) {
            if (values.in(header.value())) {
                return true;
            }
        }
        return false;
    }

    /** A dead letter is a copy: the record itself is still among the commands, perhaps of another type. */
    private void removeSources(Map<TopicPartition, Long> sources) throws InterruptedException {
        var commands = Stream.of(Aggregate.values()).map(topics::commands).collect(Collectors.toSet());
        sources.keySet().removeIf(partition -> !commands.contains(partition.topic()));
        var committed = handled.committed(sources.keySet());
        sources.replaceAll((partition, end) -> Math.min(end, committed.getOrDefault(partition, 0L)));
        for (var aggregate : Aggregate.values()) {
            parked.first(aggregate)
                    .forEach((partition, first) ->
                            sources.computeIfPresent(partition, (same, end) -> Math.min(end, first)));
        }
        handled.remove(sources);
    }

    private Map<TopicPartition, Long> ends(String topic) throws InterruptedException {
        return ends(List.of(topic));
    }

    private Map<TopicPartition, Long> ends(Collection<String> names) throws InterruptedException {
        return handled.ends(
                names.stream().flatMap(topic -> scan.partitions(topic).stream()).collect(Collectors.toSet()));
    }
}
