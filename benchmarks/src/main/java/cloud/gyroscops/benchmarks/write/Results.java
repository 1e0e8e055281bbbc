package cloud.gyroscops.benchmarks.write;

import cloud.gyroscops.contract.ResultStatus;
import cloud.gyroscops.topology.streams.Installation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;

/** Committed results, from the moment it is made. */
public final class Results implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Installation installation;
    private final org.apache.kafka.clients.consumer.Consumer<String, byte[]> consumer;

    /** Starts to listen. */
    public Results(Bench bench, Installation installation) {
        this.installation = installation;
        consumer = bench.committed();
        var topic = installation.topics().results();
        var partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
    }

    /**
     * Waits for the results of commands whose ids begin alike.
     *
     * @param heard told every id as soon as its result is read
     * @return the results, not decoded yet: that should not be measured
     * @throws IllegalStateException if there is none for long
     */
    public List<byte[]> await(String prefix, int expected, Consumer<String> heard) {
        var values = new ArrayList<byte[]>(expected);
        long last = System.nanoTime();
        while (values.size() < expected) {
            for (var record : consumer.poll(POLL)) {
                if (record.key().startsWith(prefix)) {
                    heard.accept(record.key());
                    values.add(record.value());
                    last = System.nanoTime();
                }
            }
            if (System.nanoTime() - last > PATIENCE.toNanos()) {
                throw new IllegalStateException("no result of " + prefix + "* for " + PATIENCE + "; "
                        + (expected - values.size()) + " of " + expected + " are missing");
            }
        }
        return values;
    }

    /**
     * Checks that commands did what they should.
     *
     * @throws IllegalStateException if one was refused: then something else was measured
     */
    public void accepted(String prefix, List<byte[]> values) {
        var refused = values.stream()
                .map(installation.wire()::result)
                .filter(result -> result.getStatus() != ResultStatus.ACCEPTED)
                .toList();
        if (!refused.isEmpty()) {
            throw new IllegalStateException(refused.size() + " of " + values.size() + " commands " + prefix
                    + "* were refused, the first for " + refused.get(0).getRefusal());
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
