package cloud.gyroscops.topology.command;

import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.settings.KafkaSettings;
import cloud.gyroscops.schemas.topic.TopicCatalogue;
import cloud.gyroscops.topology.claim.ClaimSubtopology;
import cloud.gyroscops.topology.streams.ChangelogIdentity;
import cloud.gyroscops.topology.streams.Changelogs;
import cloud.gyroscops.topology.streams.StartCheck;
import cloud.gyroscops.topology.streams.UnfinishedImport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Holds the command application's changelogs and offsets against what has happened, before it starts: without the
 * states of what the event topics hold it would decide as if nothing had happened, and without offsets it would handle
 * every command again.
 */
final class HistoryCheck implements StartCheck {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration OFFSETS_WITHIN = Duration.ofSeconds(10);

    private final KafkaSettings kafka;
    private final TopicCatalogue topics;
    private final Changelogs changelogs;
    private final ChangelogIdentity identity;
    private Map<String, Uuid> ids = Map.of();

    HistoryCheck(KafkaSettings kafka, TopicCatalogue topics, Changelogs changelogs, ChangelogIdentity identity) {
        this.kafka = kafka;
        this.topics = topics;
        this.changelogs = changelogs;
        this.identity = identity;
    }

    @Override
    public boolean localStoresAreGood() {
        try (var admin = Admin.create(kafka.with(Map.of()))) {
            new UnfinishedImport(admin, changelogs.applicationId()).refuse();
            var offsets = new StartingOffsets(kafka, admin, changelogs.applicationId());
            compare(admin, offsets);
            changelogs.create(admin);
            offsets.begin(sources(), () -> happened(admin).isEmpty());
            ids = ids(admin);
            return identity.is(ids);
        }
    }

    /** Only now: a process that ends before its stores are wiped must find them wrong again. */
    @Override
    public void localStoresAreClean() {
        try (var admin = Admin.create(kafka.with(Map.of()))) {
            // An import sets its mark first and looks for members second.
            new UnfinishedImport(admin, changelogs.applicationId()).refuse();
            if (!ids(admin).equals(ids)) {
                throw new IllegalStateException("changelogs of the command topology were made again while it started: a"
                        + " state rebuild runs; start it once that is done");
            }
        }
        identity.remember(ids);
    }

    /** All partitions from which the application reads what was not handled yet. */
    private List<TopicPartition> sources() {
        return Stream.concat(Stream.of(Aggregate.values()).map(topics::commands), topics.channels().stream())
                .flatMap(this::partitions)
                .toList();
    }

    private Stream<TopicPartition> partitions(String topic) {
        return IntStream.range(0, topics.partitions()).mapToObj(partition -> new TopicPartition(topic, partition));
    }

    /** The partitions to which the application has written for good. */
    private Set<TopicPartition> happened(Admin admin) {
        return written(admin).stream().filter(this::holdsSomething).collect(Collectors.toSet());
    }

    private Set<TopicPartition> written(Admin admin) {
        var events = Stream.of(Aggregate.values()).map(topics::events);
        var ends =
                ends(admin, Stream.concat(events, Stream.of(topics.results())).toList());
        ends.values().removeIf(end -> end == 0);
        return ends.keySet();
    }

    private void compare(Admin admin, StartingOffsets group) {
        var happened = written(admin);
        if (happened.isEmpty()) {
            return;
        }
        var missing = new ArrayList<>(changelogs.topics());
        missing.removeAll(Changelogs.ids(admin, changelogs.topics()).keySet());
        if (!missing.isEmpty()) {
            refuseIfAny(happened, "there is no topic " + String.join(", ", missing));
            return;
        }
        var states = new HashMap<Aggregate, Map<TopicPartition, Long>>();
        for (var aggregate : Aggregate.values()) {
            states.put(aggregate, ends(admin, List.of(changelogs.topic(AggregateModel.stateStore(aggregate)))));
        }
        var offsets = awaitOffsets(group, taken(happened, states));
        if (offsets.isEmpty()) {
            refuseIfAny(
                    happened,
                    "the group " + changelogs.applicationId()
                            + " has no offsets: a rebuild was not finished, or they have expired");
        }
        compareClaims(admin, happened);
        states.forEach((aggregate, ends) -> ends.forEach((state, end) -> {
            var its = new TopicPartition(topics.events(aggregate), state.partition());
            var taken = new TopicPartition(topics.commands(aggregate), state.partition());
            if (happened.contains(its) && end == 0) {
                refuseIfAny(Set.of(its), its + " holds events, and " + state + " nothing");
            }
            // Also where all was refused: that is in the state alone.
            if (offsets.get(taken) == null && (happened.contains(its) || end > 0)) {
                refuseIfAny(
                        Set.of(its, state), "the group " + changelogs.applicationId() + " has no offset for " + taken);
            }
        }));
    }

    /** The partitions of commands of which something was taken in. */
    private List<TopicPartition> taken(Set<TopicPartition> happened, Map<Aggregate, Map<TopicPartition, Long>> states) {
        return states.entrySet().stream()
                .flatMap(type -> type.getValue().entrySet().stream()
                        .filter(state -> state.getValue() > 0
                                || happened.contains(new TopicPartition(
                                        topics.events(type.getKey()),
                                        state.getKey().partition())))
                        .map(state -> new TopicPartition(
                                topics.commands(type.getKey()), state.getKey().partition())))
                .toList();
    }

    /** Whoever has events was granted its claims before. */
    private void compareClaims(Admin admin, Set<TopicPartition> happened) {
        var claimants = happened.stream()
                .filter(events -> !events.topic().equals(topics.events(Aggregate.PAYMENTS)))
                .filter(events -> !events.topic().equals(topics.results()))
                .collect(Collectors.toSet());
        var claims = changelogs.topic(ClaimSubtopology.STORE);
        if (ends(admin, List.of(claims)).values().stream().allMatch(end -> end == 0)) {
            refuseIfAny(claimants, "users or organizations hold events, and " + claims + " nothing");
        }
    }

    /** What was written to a partition may have been undone: only what can be read counts. */
    private void refuseIfAny(Set<TopicPartition> happened, String problem) {
        if (happened.stream().anyMatch(this::holdsSomething)) {
            throw new IllegalStateException("the command topology's stores are lost or incomplete: " + problem
                    + "; make them again with: gyroscops state rebuild");
        }
    }

    /** Stores are copies of changelogs, and the directory of organizations is one of their events. */
    private Map<String, Uuid> ids(Admin admin) {
        var names = new ArrayList<>(changelogs.topics());
        names.add(topics.events(Aggregate.ORGANIZATIONS));
        return new TreeMap<>(Changelogs.ids(admin, names));
    }

    private Map<TopicPartition, Long> ends(Admin admin, List<String> names) {
        var asked = names.stream()
                .flatMap(this::partitions)
                .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
        try {
            var ends = new HashMap<TopicPartition, Long>();
            admin.listOffsets(asked).all().get().forEach((partition, end) -> ends.put(partition, end.offset()));
            return ends;
        } catch (ExecutionException e) {
            throw new KafkaException("the ends of " + names + " could not be read: " + e.getCause(), e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Those of a transaction whose events are out already may be on their way, or wait for its end. */
    private Map<TopicPartition, OffsetAndMetadata> awaitOffsets(StartingOffsets group, List<TopicPartition> wanted) {
        long until = System.nanoTime() + OFFSETS_WITHIN.toNanos();
        var offsets = group.known();
        while (!offsets.keySet().containsAll(wanted) && System.nanoTime() < until) {
            LockSupport.parkNanos(POLL.toNanos());
            offsets = group.known();
        }
        return offsets;
    }

    private boolean holdsSomething(TopicPartition partition) {
        var settings = kafka.with(
                Map.of("isolation.level", "read_committed", "enable.auto.commit", "false", "max.poll.records", "1"));
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var one = List.of(partition);
            consumer.assign(one);
            consumer.seekToBeginning(one);
            long end = consumer.endOffsets(one).get(partition);
            while (consumer.position(partition) < end) {
                if (!consumer.poll(POLL).isEmpty()) {
                    return true;
                }
            }
            return false;
        }
    }

    private static KafkaException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new KafkaException("interrupted while the stores were checked", e);
    }
}
