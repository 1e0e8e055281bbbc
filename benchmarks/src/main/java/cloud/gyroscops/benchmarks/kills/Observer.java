package cloud.gyroscops.benchmarks.kills;

import cloud.gyroscops.topology.command.EventPartitioner;
import cloud.gyroscops.topology.command.Source;
import cloud.gyroscops.topology.streams.Installation;
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

    private final Installation installation;
    private final KafkaConsumer<byte[], byte[]> results;
    private final Thread thread = new Thread(this::follow, "observer");
    private final Map<TopicPartition, Set<Long>> answered = new HashMap<>();
    private long answers;
    private long repeated;
    private volatile boolean closed;
    private Measurement measurement;

    Observer(Map<String, Object> settings, Installation installation) {
        this.installation = installation;
        var topic = installation.topics().results();
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
     * What came after one kill, in ms from it until somebody could read it; -1: not in time, or not asked for.
     *
     * @param silenceMs until the first result that another process, or the one started anew, wrote for one of the victim's
     *     partitions
     * @param allMs until each partition with commands from after the kill had a result for one of them
     */
    record Gap(long silenceMs, long allMs) {}

    /**
     * Where everything was once the victim was dead.
     *
     * @param at when it was killed, {@link System#nanoTime()}
     * @param results where the results ended: what it had committed is before, and what it had not will never be
     * @param victims partitions of commands that it worked on
     * @param commands from which offsets on commands are later than the kill, of all partitions that they keep coming to
     */
    record Kill(
            long at,
            Map<TopicPartition, Long> results,
            Set<TopicPartition> victims,
            Map<TopicPartition, Long> commands) {}

    private static final class Measurement {
        private final Kill kill;
        private final Map<TopicPartition, Long> open;
        private long silence = -1;
        private long last = -1;

        Measurement(Kill kill) {
            this.kill = kill;
            open = new HashMap<>(kill.commands());
        }

        /**
         * A result was read.
         *
         * @param decided the partition whose task has decided; that of the command is another if it was put where it does
         *     not belong
         */
        void heard(
                TopicPartition result, long resultOffset, TopicPartition command, long offset, TopicPartition decided) {
            if (resultOffset < kill.results().getOrDefault(result, 0L)) {
                return;
            }
            long after = System.nanoTime() - kill.at();
            if (silence < 0 && kill.victims().contains(decided)) {
                silence = after;
            }
            var end = open.get(command);
            if (end != null && offset >= end) {
                open.remove(command);
                if (open.isEmpty()) {
                    last = after;
                }
            }
        }
    }

    /** Begins to measure; to be called as soon as the victim is dead. */
    synchronized void killed(Kill kill) {
        measurement = new Measurement(kill);
    }

    /** Waits until all partitions are back. */
    synchronized Gap await(Duration atMost) throws InterruptedException {
        long until = System.nanoTime() + atMost.toNanos();
        while (measurement.last < 0 && System.nanoTime() < until) {
            TimeUnit.MILLISECONDS.timedWait(this, 100);
        }
        return new Gap(millis(measurement.silence), millis(measurement.last));
    }

    private static long millis(long nanos) {
        return nanos < 0 ? -1 : TimeUnit.NANOSECONDS.toMillis(nanos);
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
                        measurement.heard(
                                new TopicPartition(record.topic(), record.partition()),
                                record.offset(),
                                partition,
                                source.offset(),
                                new TopicPartition(source.topic(), ownPartition(record.value())));
                    }
                }
                notifyAll();
            }
        }
        results.close();
    }

    private int ownPartition(byte[] result) {
        return EventPartitioner.partition(
                installation.wire().result(result).getAggregateId(),
                installation.topics().partitions());
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
