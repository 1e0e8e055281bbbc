package cloud.gyroscops.benchmarks.read;

import cloud.gyroscops.benchmarks.write.Bench;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * How large the values in stores are.
 *
 * @param bytes by store, the mean
 */
record Sizes(Map<String, Integer> bytes) {

    /** How many of the latest are looked at, in each partition. */
    private static final long SAMPLE = 2_000;

    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Copies the map. */
    Sizes {
        bytes = Map.copyOf(bytes);
    }

    /** As they are in the changelogs of an application. */
    static Sizes measured(Bench bench, String application, List<String> stores) {
        var sizes = new TreeMap<String, Integer>();
        try (var consumer = bench.committed()) {
            for (var store : stores) {
                sizes.put(store, mean(consumer, application + '-' + store + "-changelog"));
            }
        }
        return new Sizes(sizes);
    }

    private static int mean(Consumer<String, byte[]> consumer, String topic) {
        var partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        consumer.assign(partitions);
        var ends = consumer.endOffsets(partitions);
        ends.forEach((partition, end) -> consumer.seek(partition, Math.max(0, end - SAMPLE)));
        long count = 0;
        long sum = 0;
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            if (System.nanoTime() > until) {
                throw new IllegalStateException(topic + " cannot be read to its end within " + PATIENCE);
            }
            for (var record : consumer.poll(POLL)) {
                count += record.value() == null ? 0 : 1;
                sum += record.value() == null ? 0 : record.value().length;
            }
        }
        return count == 0 ? 0 : (int) (sum / count);
    }

    static Sizes parse(String text) {
        return new Sizes(Arrays.stream(text.split(","))
                .map(part -> part.split("=", 2))
                .collect(Collectors.toMap(part -> part[0], part -> Integer.parseInt(part[1]))));
    }

    /** As {@link #parse} takes it. */
    @Override
    public String toString() {
        return new TreeMap<>(bytes)
                .entrySet().stream()
                        .map(size -> size.getKey() + '=' + size.getValue())
                        .collect(Collectors.joining(","));
    }

    int of(String store) {
        return bytes.get(store);
    }
}
