package cloud.gyroscops.standalone.eventlog;

import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.EventKey;
import cloud.gyroscops.schemas.EventMessage;
import cloud.gyroscops.schemas.json.AvroToJson;
import cloud.gyroscops.schemas.serde.Wire;
import cloud.gyroscops.schemas.settings.KafkaSettings;
import cloud.gyroscops.schemas.topic.TopicCatalogue;
import cloud.gyroscops.topology.command.EventPartitioner;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads the event topics: what is committed, in the order of each partition. */
public final class EventLog implements AutoCloseable {

    /** How many the latest are. */
    public static final int LATEST = 10;

    /** Every commit leaves a mark among the records, and a transaction that was undone leaves its records. */
    private static final int OFFSETS_PER_EVENT = 4;

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Consumer<String, byte[]> consumer;
    private final TopicCatalogue topics;
    private final Wire wire;
    private final Map<String, Aggregate> aggregates = new HashMap<>();

    /** Reaches for a cluster; nothing is asked yet. */
    public static EventLog open(KafkaSettings kafka, TopicCatalogue topics, Wire wire) {
        var settings = kafka.with(Map.of(
                "isolation.level",
                "read_committed",
                "auto.offset.reset",
                "earliest",
                "enable.auto.commit",
                "false",
                "default.api.timeout.ms",
                Long.toString(PATIENCE.toMillis())));
        return new EventLog(
                new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer()), topics, wire);
    }

    EventLog(Consumer<String, byte[]> consumer, TopicCatalogue topics, Wire wire) {
        this.consumer = consumer;
        this.topics = topics;
        this.wire = wire;
        for (var aggregate : Aggregate.values()) {
            aggregates.put(topics.events(aggregate), aggregate);
        }
    }

    /**
     * Reads what is selected: each event as JSON, with topic, partition and offset. Returns at the present end, or when
     * the reader has enough, or after {@link #stop()}.
     *
     * @param reader says of each event whether it wants more
     * @throws TimeoutException if the cluster does not answer
     * @throws IllegalStateException if a topic is not there
     */
    public void read(Selection selection, Predicate<ObjectNode> reader) {
        try {
            var partitions = partitions(selection);
            consumer.assign(partitions);
            var ends = consumer.endOffsets(partitions);
            seek(selection, partitions, ends);
            if (selection.reading() == Selection.Reading.LATEST) {
                latest(selection, ends).forEach(reader::test);
            } else {
                each(selection, ends, reader);
            }
        } catch (WakeupException stopped) {
            // Somebody else had enough.
        }
    }

    /** Ends the reading, from another thread. */
    public void stop() {
        consumer.wakeup();
    }

    private List<TopicPartition> partitions(Selection selection) {
        var partitions = new ArrayList<TopicPartition>();
        for (var aggregate : selection.aggregates()) {
            var topic = topics.events(aggregate);
            List<PartitionInfo> there = consumer.partitionsFor(topic);
            if (there == null || there.isEmpty()) {
                throw new IllegalStateException("there is no topic " + topic);
            }
            there.stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .filter(partition -> selection
                            .id()
                            .map(id -> EventPartitioner.partition(id, there.size()) == partition.partition())
                            .orElse(true))
                    .forEach(partitions::add);
        }
        return partitions;
    }

    private void seek(Selection selection, List<TopicPartition> partitions, Map<TopicPartition, Long> ends) {
        if (selection.fromBeginning()) {
            consumer.seekToBeginning(partitions);
            return;
        }
        long back = selection.endless() ? 0 : (long) LATEST * OFFSETS_PER_EVENT;
        var begins = consumer.beginningOffsets(partitions);
        ends.forEach((partition, end) -> consumer.seek(partition, Math.max(begins.get(partition), end - back)));
    }

    private void each(Selection selection, Map<TopicPartition, Long> ends, Predicate<ObjectNode> reader) {
        while (selection.endless() || !reached(ends)) {
            for (var record : consumer.poll(POLL)) {
                boolean late = !selection.endless() && record.offset() >= ends.get(partition(record));
                if (!late && wanted(selection, record) && !reader.test(json(record))) {
                    return;
                }
            }
        }
    }

    /** Of all partitions the latest by their time, oldest first. */
    private Deque<ObjectNode> latest(Selection selection, Map<TopicPartition, Long> ends) {
        var latest = new PriorityQueue<>(Comparator.comparing(EventLog::occurredAt));
        each(new Selection(selection.aggregates(), selection.id(), Selection.Reading.ALL), ends, event -> {
            latest.add(event);
            if (latest.size() > LATEST) {
                latest.poll();
            }
            return true;
        });
        var ordered = new ArrayDeque<ObjectNode>();
        while (!latest.isEmpty()) {
            ordered.add(latest.poll());
        }
        return ordered;
    }

    private static Instant occurredAt(ObjectNode event) {
        return Instant.parse(event.path("occurredAt").asText());
    }

    private boolean reached(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    /** Tombstones, which erasure leaves, are no events. */
    private static boolean wanted(Selection selection, ConsumerRecord<String, byte[]> record) {
        return record.value() != null
                && selection
                        .id()
                        .map(id -> id.equals(EventKey.aggregateId(record.key())))
                        .orElse(true);
    }

    private ObjectNode json(ConsumerRecord<String, byte[]> record) {
        EventMessage event = wire.event(aggregates.get(record.topic()), record.value());
        return AvroToJson.event(event)
                .put("topic", record.topic())
                .put("partition", record.partition())
                .put("offset", record.offset());
    }

    private static TopicPartition partition(ConsumerRecord<?, ?> record) {
        return new TopicPartition(record.topic(), record.partition());
    }

    @Override
    public void close() {
        consumer.close();
    }
}
