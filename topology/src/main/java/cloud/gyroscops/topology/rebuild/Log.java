package cloud.gyroscops.topology.rebuild;

import cloud.gyroscops.schemas.settings.KafkaSettings;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads committed records of whole partitions, up to ends that are fixed beforehand. */
public final class Log {

    private static final Duration POLL = Duration.ofMillis(200);
    /** After a member of a group dies, its transaction may stay open for two minutes. */
    private static final long TRANSACTIONS_END_WITHIN_NANOS = TimeUnit.SECONDS.toNanos(150);

    private final KafkaSettings kafka;

    /** Of a cluster; nothing is asked yet. */
    public Log(KafkaSettings kafka) {
        this.kafka = kafka;
    }

    /** The partitions of some topics. */
    public List<TopicPartition> partitions(Collection<String> topics) {
        try (var consumer = consumer("read_committed")) {
            return topics.stream()
                    .flatMap(topic -> {
                        var there = consumer.partitionsFor(topic);
                        if (there == null || there.isEmpty()) {
                            throw new IllegalStateException("there is no topic " + topic);
                        }
                        return there.stream();
                    })
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
        }
    }

    /** The offsets where partitions begin. */
    public Map<TopicPartition, Long> begins(Collection<TopicPartition> partitions) {
        try (var consumer = consumer("read_committed")) {
            return consumer.beginningOffsets(partitions);
        }
    }

    /** Where partitions end now, be it with transactions that are still open. */
    public Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions) {
        try (var consumer = consumer("read_uncommitted")) {
            return consumer.endOffsets(partitions);
        }
    }

    /** Where partitions end now, as soon as it is clear what of that holds: an open transaction hides what is behind it. */
    public Map<TopicPartition, Long> settledEnds(Collection<TopicPartition> partitions) {
        var ends = ends(partitions);
        long until = System.nanoTime() + TRANSACTIONS_END_WITHIN_NANOS;
        try (var consumer = consumer("read_committed")) {
            while (true) {
                var stable = consumer.endOffsets(partitions);
                var open = new HashMap<TopicPartition, Long>();
                ends.forEach((partition, end) -> {
                    if (stable.get(partition) < end) {
                        open.put(partition, stable.get(partition));
                    }
                });
                if (open.isEmpty()) {
                    return ends;
                }
                if (System.nanoTime() > until) {
                    throw new KafkaException("transactions stay open at " + open);
                }
                TimeUnit.MILLISECONDS.sleep(100);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while transactions were open", e);
        }
    }

    /** Reads some partitions from where they begin to their ends; the order holds within each. */
    public void read(Map<TopicPartition, Long> ends, Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        try (var consumer = consumer("read_committed")) {
            consumer.assign(ends.keySet());
            consumer.seekToBeginning(ends.keySet());
            read(consumer, ends, reader);
        }
    }

    /** Reads some partitions from given offsets to their ends. */
    public void read(
            Map<TopicPartition, Long> from,
            Map<TopicPartition, Long> ends,
            Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        try (var consumer = consumer("read_committed")) {
            consumer.assign(ends.keySet());
            ends.keySet().forEach(partition -> consumer.seek(partition, from.get(partition)));
            read(consumer, ends, reader);
        }
    }

    private static void read(
            KafkaConsumer<byte[], byte[]> consumer,
            Map<TopicPartition, Long> ends,
            Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        while (!ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
            for (var record : consumer.poll(POLL)) {
                if (record.offset() < ends.get(new TopicPartition(record.topic(), record.partition()))) {
                    reader.accept(record);
                }
            }
        }
    }

    private KafkaConsumer<byte[], byte[]> consumer(String isolation) {
        return new KafkaConsumer<>(
                kafka.with(Map.of(
                        "isolation.level", isolation, "auto.offset.reset", "earliest", "enable.auto.commit", "false")),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }
}
