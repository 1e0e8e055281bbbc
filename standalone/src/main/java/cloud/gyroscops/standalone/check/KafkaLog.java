package cloud.gyroscops.standalone.check;

import cloud.gyroscops.schemas.settings.KafkaSettings;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The topics on a cluster. Ends are fixed topic by topic, so that what is in one has all that it caused in the next. Each is
 * the high watermark: a transaction that was visible in an earlier topic has its records below it, be their commit seen there
 * or not.
 */
final class KafkaLog implements Log, AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);
    /** A transaction that is open longer than any may be. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final KafkaSettings kafka;
    private final ClusterState cluster;
    private final Map<String, List<Span>> spans = new LinkedHashMap<>();
    private final Deque<KafkaConsumer<byte[], byte[]>> idle = new ArrayDeque<>();
    private final Deque<KafkaConsumer<byte[], byte[]>> all = new ArrayDeque<>();

    /** What the group had committed before all was read that is read by now. */
    private Map<TopicPartition, Long> handled;

    /**
     * Fixes the ends.
     *
     * @param group of the command topology
     * @param topics in the order of causes and effects
     * @param settling those of which it counts what was committed before all else
     */
    KafkaLog(KafkaSettings kafka, String group, List<String> topics, Collection<String> settling) {
        this.kafka = kafka;
        this.cluster = new ClusterState(kafka, group);
        try {
            fixEnds(topics, settling);
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    private void fixEnds(List<String> topics, Collection<String> settling) {
        var partitions = cluster.partitions(topics);
        handled = cluster.committed();
        var settled = new HashMap<>(handled);
        for (var topic : settling) {
            settled.putAll(cluster.offsets(
                    partitions.getOrDefault(topic, List.of()), OffsetSpec.latest(), IsolationLevel.READ_COMMITTED));
        }
        for (var topic : partitions.keySet()) {
            var those = partitions.get(topic);
            var ends = cluster.offsets(those, OffsetSpec.latest(), IsolationLevel.READ_UNCOMMITTED);
            var begins = cluster.offsets(those, OffsetSpec.earliest(), IsolationLevel.READ_UNCOMMITTED);
            spans.put(
                    topic,
                    those.stream()
                            .map(one -> new Span(
                                    topic,
                                    one.partition(),
                                    begins.get(one),
                                    settled.getOrDefault(one, 0L),
                                    ends.get(one)))
                            .toList());
        }
    }

    @Override
    public List<Span> spans(String topic) {
        return spans.getOrDefault(topic, List.of());
    }

    @Override
    public long beginsNow(Span span) {
        var partition = new TopicPartition(span.topic(), span.partition());
        return cluster.offsets(List.of(partition), OffsetSpec.earliest(), IsolationLevel.READ_UNCOMMITTED)
                .get(partition);
    }

    @Override
    public long expired(String topic) {
        return cluster.expired(topic);
    }

    @Override
    public long handled(Span span) {
        return handled.getOrDefault(new TopicPartition(span.topic(), span.partition()), 0L);
    }

    @Override
    public boolean attended() {
        return cluster.hasMembers();
    }

    @Override
    public Iterator<ConsumerRecord<byte[], byte[]>> read(Span span) {
        return span.begin() >= span.end()
                ? List.<ConsumerRecord<byte[], byte[]>>of().iterator()
                : new Reading(span);
    }

    /** The records of one partition; gives its consumer back when they end. */
    private final class Reading implements Iterator<ConsumerRecord<byte[], byte[]>> {

        private final Span span;
        private final TopicPartition partition;
        private KafkaConsumer<byte[], byte[]> consumer = idle.isEmpty() ? consumer() : idle.pop();
        private Iterator<ConsumerRecord<byte[], byte[]>> polled =
                List.<ConsumerRecord<byte[], byte[]>>of().iterator();
        private ConsumerRecord<byte[], byte[]> next;

        Reading(Span span) {
            this.span = span;
            partition = new TopicPartition(span.topic(), span.partition());
            consumer.assign(List.of(partition));
            consumer.seek(partition, span.begin());
        }

        @Override
        public boolean hasNext() {
            long since = System.nanoTime();
            while (next == null && consumer != null) {
                if (polled.hasNext()) {
                    next = polled.next();
                    if (next.offset() >= span.end()) {
                        next = null;
                        end();
                    }
                } else if (consumer.position(partition) >= span.end()) {
                    end();
                } else {
                    polled = consumer.poll(POLL).iterator();
                    if (System.nanoTime() - since > PATIENCE.toNanos()) {
                        throw new KafkaException("nothing of " + partition + " could be read at offset "
                                + consumer.position(partition) + " for " + PATIENCE.toSeconds()
                                + " s; is a transaction open there?");
                    }
                }
            }
            return next != null;
        }

        private void end() {
            consumer.unsubscribe();
            idle.push(consumer);
            consumer = null;
        }

        @Override
        public ConsumerRecord<byte[], byte[]> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            var record = next;
            next = null;
            return record;
        }
    }

    @Override
    public void follow(
            Collection<Span> behind,
            Duration atMost,
            BooleanSupplier enough,
            Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        long until = System.nanoTime() + atMost.toNanos();
        var consumer = consumer();
        var ends = new HashMap<TopicPartition, Long>();
        behind.forEach(span -> ends.put(new TopicPartition(span.topic(), span.partition()), span.end()));
        consumer.assign(ends.keySet());
        ends.forEach(consumer::seek);
        while (!enough.getAsBoolean() && System.nanoTime() < until) {
            // What a transaction had written is below these ends, if its offsets are committed.
            var committed = cluster.committed();
            var behindThat = cluster.offsets(ends.keySet(), OffsetSpec.latest(), IsolationLevel.READ_UNCOMMITTED);
            boolean reached;
            do {
                consumer.poll(POLL).forEach(reader);
                reached = behindThat.entrySet().stream()
                        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
            } while (!reached && !enough.getAsBoolean() && System.nanoTime() < until);
            handled = reached ? committed : handled;
        }
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        var consumer = new KafkaConsumer<>(
                kafka.with(Map.of(
                        "isolation.level", "read_committed",
                        "enable.auto.commit", "false",
                        "max.poll.records", "5000",
                        // A consumer that goes on to another partition first waits for what it asked of the last one.
                        "fetch.max.wait.ms", "10",
                        "auto.offset.reset", "earliest",
                        "default.api.timeout.ms", "10000")),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        all.push(consumer);
        return consumer;
    }

    @Override
    public void close() {
        all.forEach(KafkaConsumer::close);
        cluster.close();
    }
}
