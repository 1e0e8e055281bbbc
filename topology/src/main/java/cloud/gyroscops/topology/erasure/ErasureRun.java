package cloud.gyroscops.topology.erasure;

import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.serde.Wire;
import cloud.gyroscops.schemas.settings.KafkaSettings;
import cloud.gyroscops.schemas.topic.TopicCatalogue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.LongPredicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Following users' events with one set of clients, until one of them fails or somebody says stop. */
final class ErasureRun implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration HOUSEKEEPING_EVERY = Duration.ofSeconds(30);
    private static final long LOOK_AGAIN_MS = 100;
    private static final String SESSION_TIMEOUT_MS = "10000";
    /** All topics are read for an erasure, and however many there are at once. */
    private static final String LONGEST_WORK_MS =
            Long.toString(Duration.ofMinutes(30).toMillis());

    private final Wire wire;
    private final TopicCatalogue topics;
    private final KafkaConsumer<byte[], byte[]> events;
    private final TopicScan scan;
    private final Tombstones tombstones;
    private final Admin admin;
    private final HandledRecords handled;
    private final Erasure erasure;
    private long tidiedAt = System.nanoTime() - HOUSEKEEPING_EVERY.toNanos();

    /** Pauses with {@code pause}, which says whether to stop. */
    ErasureRun(KafkaSettings kafka, TopicCatalogue topics, Wire wire, String commandGroup, LongPredicate pause) {
        this.topics = topics;
        this.wire = wire;
        events = new KafkaConsumer<>(
                kafka.with(Map.of(
                        "group.id",
                        topics.prefix() + Eraser.GROUP,
                        "isolation.level",
                        "read_committed",
                        "auto.offset.reset",
                        "earliest",
                        "enable.auto.commit",
                        "false",
                        "session.timeout.ms",
                        SESSION_TIMEOUT_MS,
                        "max.poll.interval.ms",
                        LONGEST_WORK_MS)),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        scan = new TopicScan(kafka, TopicScan.Of.COMMITTED);
        tombstones = new Tombstones(kafka);
        admin = Admin.create(kafka.with(Map.of()));
        handled = new HandledRecords(admin, commandGroup);
        erasure = new Erasure(
                topics, wire, scan, tombstones, handled, new ParkedPlaces(scan, handled, commandGroup), () -> {
                    stayInGroup();
                    return pause.test(LOOK_AGAIN_MS);
                });
    }

    /** Works until told that it is enough. */
    void follow(BooleanSupplier enough) throws InterruptedException {
        events.subscribe(Set.of(topics.events(Aggregate.USERS)));
        while (!enough.getAsBoolean()) {
            var records = events.poll(POLL);
            var erased = erased(records);
            if (!erased.isEmpty() && !erasure.of(erased)) {
                return;
            }
            if (!records.isEmpty()) {
                commit(records);
            }
            if (System.nanoTime() - tidiedAt >= HOUSEKEEPING_EVERY.toNanos()) {
                tidyChannels();
            }
        }
    }

    /** An erasure may wait for long. What the group gives to this consumer meanwhile is read later. */
    private void stayInGroup() {
        events.pause(events.assignment());
        var early = events.poll(Duration.ZERO);
        early.partitions()
                .forEach(partition ->
                        events.seek(partition, early.records(partition).get(0).offset()));
        events.resume(events.assignment());
    }

    private List<ErasedUser> erased(ConsumerRecords<byte[], byte[]> records) {
        var erased = new ArrayList<ErasedUser>();
        for (var record : records) {
            if (record.value() != null) {
                ErasedUser.by(wire.event(Aggregate.USERS, record.value()), record.partition())
                        .ifPresent(erased::add);
            }
        }
        return erased;
    }

    private void commit(ConsumerRecords<byte[], byte[]> records) {
        var offsets = new HashMap<TopicPartition, OffsetAndMetadata>();
        for (var partition : records.partitions()) {
            var all = records.records(partition);
            offsets.put(partition, new OffsetAndMetadata(all.get(all.size() - 1).offset() + 1));
        }
        try {
            events.commitSync(offsets);
        } catch (CommitFailedException | RebalanceInProgressException othersHaveIt) {
            // They do it once more, which does no harm.
        }
    }

    /** Nobody needs what the partitions of the command topology told each other once it was read. */
    private void tidyChannels() throws InterruptedException {
        var partitions = new HashSet<TopicPartition>();
        topics.channels().forEach(channel -> partitions.addAll(scan.partitions(channel)));
        handled.remove(handled.committed(partitions));
        tidiedAt = System.nanoTime();
    }

    /** Ends it, from another thread, by an exception. */
    void stop() {
        events.wakeup();
        scan.stop();
    }

    @Override
    public void close() {
        events.close();
        scan.close();
        tombstones.close();
        admin.close(Duration.ofSeconds(5));
    }
}
