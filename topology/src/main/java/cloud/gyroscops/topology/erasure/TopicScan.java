package cloud.gyroscops.topology.erasure;

import cloud.gyroscops.schemas.settings.KafkaSettings;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads whole topics as bytes, each partition in its order; belongs to no group. For one thread, but for {@link #stop}. */
public final class TopicScan implements AutoCloseable {

    /** What is read. */
    public enum Of {
        /** What is committed. */
        COMMITTED("read_committed"),
        /** Also what was written by transactions that failed, or that are still open. */
        EVERYTHING("read_uncommitted");

        private final String isolation;

        Of(String isolation) {
            this.isolation = isolation;
        }
    }

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration SOON = Duration.ofSeconds(5);

    private final KafkaConsumer<byte[], byte[]> consumer;

    /** Reaches for a cluster; nothing is asked yet. */
    public TopicScan(KafkaSettings kafka, Of what) {
        var settings = kafka.with(Map.of(
                "isolation.level", what.isolation,
                "auto.offset.reset", "earliest",
                "enable.auto.commit", "false",
                // At the end of one topic it must not wait for more before it turns to the next.
                "fetch.max.wait.ms", "10"));
        settings.remove("group.id");
        consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** The names of all topics. */
    public Set<String> topics() {
        return consumer.listTopics().keySet();
    }

    /** The partitions of a topic. */
    public Set<TopicPartition> partitions(String topic) {
        return consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .collect(Collectors.toSet());
    }

    /** Where partitions end at present. */
    public Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions) {
        return consumer.endOffsets(partitions);
    }

    /** Hands over all records of some partitions, from their beginnings up to these ends; waits for open transactions. */
    public void read(Map<TopicPartition, Long> ends, Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        read(consumer.beginningOffsets(ends.keySet()), ends, Long.MAX_VALUE, record -> {
            reader.accept(record);
            return true;
        });
    }

    /**
     * Whether there is no record between two offsets of each partition; marks of transactions are none. It is taken for
     * not so where it cannot be seen soon, since a transaction is open.
     */
    boolean nothingBetween(Map<TopicPartition, Long> begins, Map<TopicPartition, Long> ends) {
        return read(begins, ends, SOON.toNanos(), record -> false);
    }

    /** The first offsets of partitions whose records are not older than these times, in ms; of those that have one. */
    Map<TopicPartition, Long> since(Map<TopicPartition, Long> times) {
        var offsets = new HashMap<TopicPartition, Long>();
        consumer.offsetsForTimes(times).forEach((partition, found) -> {
            if (found != null) {
                offsets.put(partition, found.offset());
            }
        });
        return offsets;
    }

    /** Whether it came to the end, in time. */
    private boolean read(
            Map<TopicPartition, Long> begins,
            Map<TopicPartition, Long> ends,
            long withinNanos,
            Predicate<ConsumerRecord<byte[], byte[]>> goesOn) {
        long began = System.nanoTime();
        var open = new HashSet<>(ends.keySet());
        open.removeIf(partition -> begins.get(partition) >= ends.get(partition));
        consumer.assign(open);
        // The same partitions again are no new assignment: those that were read to their ends are still paused.
        consumer.resume(open);
        open.forEach(partition -> consumer.seek(partition, begins.get(partition)));
        while (!open.isEmpty()) {
            if (System.nanoTime() - began > withinNanos) {
                return false;
            }
            for (var record : consumer.poll(POLL)) {
                boolean inTime = record.offset() < ends.get(new TopicPartition(record.topic(), record.partition()));
                if (inTime && !goesOn.test(record)) {
                    return false;
                }
            }
            if (open.removeIf(partition -> consumer.position(partition) >= ends.get(partition))) {
                consumer.pause(consumer.assignment().stream()
                        .filter(partition -> !open.contains(partition))
                        .toList());
            }
        }
        return true;
    }

    /** Ends the reading, from another thread: it throws a {@link org.apache.kafka.common.errors.WakeupException}. */
    public void stop() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
