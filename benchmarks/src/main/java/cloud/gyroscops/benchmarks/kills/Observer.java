package cloud.gyroscops.benchmarks.kills;

import cloud.gyroscops.topology.command.Source;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads committed results as they come, and measures how long they stay away after a kill. */
final class Observer implements AutoCloseable {

    /** What a process committed while it was killed is read within this; nobody has started anew so soon. */
    private static final long AFTERGLOW_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

    private final KafkaConsumer<byte[], byte[]> results;
    private final Thread thread = new Thread(this::follow, "observer");
    private final Map<TopicPartition, Set<Long>> answered = new HashMap<>();
    private long answers;
    private long repeated;
    private volatile boolean closed;
    private Measurement measurement;

    Observer(Map<String, Object> settings, String topic) {
        results = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        var partitions = results.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        results.assign(partitions);
        results.seekToBeginning(partitions);
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * What came after one kill.
     *
     * @param silenceMs until there was any result again
     * @param allMs until each partition with commands from after the kill had a result for one of them; -1: not in time
     */
    record Gap(long silenceMs, long allMs) {}

    private static final class Measurement {
        private final long began = System.nanoTime();
        private final Map<TopicPartition, Long> ends;
        private long silence = -1;
        private long last = -1;

        Measurement(Map<TopicPartition, Long> ends) {
            this.ends = new HashMap<>(ends);
        }

        void heard(TopicPartition partition, long offset) {
            long after = System.nanoTime() - began;
            if (silence < 0 && after > AFTERGLOW_NANOS) {
                silence = after;
            }
            var end = ends.get(partition);
            if (end != null && offset >= end) {
                ends.remove(partition);
                if (ends.isEmpty()) {
                    last = after;
                }
            }
        }
    }

    /**
     * Begins to measure; called at the kill.
     *
     * @param ends offsets from which on commands are later than the kill, of all partitions that commands keep coming to
     */
    synchronized void killed(Map<TopicPartition, Long> ends) {
        measurement = new Measurement(ends);
    }

    /** Waits until all partitions are back. */
    synchronized Gap await(Duration atMost) throws InterruptedException {
        long until = System.nanoTime() + atMost.toNanos();
        while (measurement.last < 0 && System.nanoTime() < until) {
            TimeUnit.MILLISECONDS.timedWait(this, 100);
        }
        return new Gap(
                TimeUnit.NANOSECONDS.toMillis(measurement.silence),
                measurement.last < 0 ? -1 : TimeUnit.NANOSECONDS.toMillis(measurement.last));
    }

    /** How many command records have a result. */
    synchronized long answered() {
        return answers;
    }

    /** How many results there were for command records that had one already. */
    synchronized long repeated() {
        return repeated;
    }

    private void follow() {
        while (!closed) {
            var batch = results.poll(Duration.ofMillis(100));
            synchronized (this) {
                for (var record : batch) {
                    var source = Source.read(record.headers());
                    if (source == null) {
                        continue;
                    }
                    var partition = new TopicPartition(source.topic(), source.partition());
                    if (answered.computeIfAbsent(partition, any -> new HashSet<>())
                            .add(source.offset())) {
                        answers++;
                    } else {
                        repeated++;
                    }
                    if (measurement != null) {
                        measurement.heard(partition, source.offset());
                    }
                }
                notifyAll();
            }
        }
        results.close();
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join(TimeUnit.SECONDS.toMillis(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
