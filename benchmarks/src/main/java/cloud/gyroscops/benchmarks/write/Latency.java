package cloud.gyroscops.benchmarks.write;

import cloud.gyroscops.topology.streams.Installation;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.apache.kafka.common.TopicPartition;

/**
 * From the moment a command should be sent to the moment its committed result is read, at a fixed rate. A late sender is
 * part of the latency: no coordinated omission.
 */
final class Latency {

    private static final Duration POLL = Duration.ofMillis(100);

    private final Bench bench;
    private final Installation installation;

    Latency(Bench bench, Installation installation) {
        this.bench = bench;
        this.installation = installation;
    }

    /** Microseconds; what was sent in the warm-up does not count. */
    Histogram measure(int perSecond, Duration warmUp, Duration measured) throws InterruptedException {
        long gap = TimeUnit.SECONDS.toNanos(1) / perSecond;
        int skipped = (int) (warmUp.toSeconds() * perSecond);
        int all = skipped + (int) (measured.toSeconds() * perSecond);
        long[] due = new long[all];
        var histogram = new Histogram(TimeUnit.MINUTES.toMicros(5), 3);
        var results = bench.committed();
        var topic = installation.topics().results();
        var partitions = results.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        results.assign(partitions);
        results.seekToEnd(partitions);
        partitions.forEach(results::position);
        var sender = new Thread(() -> send(due, gap), "sender");
        sender.start();
        int heard = 0;
        try (results) {
            while (heard < all) {
                for (var record : results.poll(POLL)) {
                    int number = Integer.parseInt(record.key().substring("c-l-".length()));
                    if (number >= skipped) {
                        histogram.recordValue(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - due[number]));
                    }
                    heard++;
                }
            }
        }
        sender.join();
        return histogram;
    }

    private void send(long[] due, long gap) {
        try (var producer = bench.producer(0)) {
            long start = System.nanoTime();
            for (int i = 0; i < due.length; i++) {
                due[i] = start + i * gap;
                for (long left = due[i] - System.nanoTime(); left > 0; left = due[i] - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                producer.send(Bench.payment(installation, "l-" + i));
            }
        }
    }
}
