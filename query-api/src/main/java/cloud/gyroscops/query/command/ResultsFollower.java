package cloud.gyroscops.query.command;

import cloud.gyroscops.contract.CommandResult;
import cloud.gyroscops.schemas.registry.SchemaRegistryException;
import cloud.gyroscops.schemas.serde.MalformedRecordException;
import cloud.gyroscops.schemas.serde.Wire;
import cloud.gyroscops.topology.command.Source;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows all partitions of the results, so that whoever waits for one hears of it as soon as it is committed, whichever
 * instance it asked.
 */
final class ResultsFollower implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ResultsFollower.class);
    private static final int RECENT = 50_000;
    private static final Duration POLL = Duration.ofMillis(500);

    private final Consumer<String, byte[]> consumer;
    private final Wire wire;
    private final String topic;
    private final Map<String, List<Waiter>> waiters = new ConcurrentHashMap<>();
    private final Cache<String, byte[]> recent =
            Caffeine.newBuilder().maximumSize(RECENT).build();
    private final Map<TopicPartition, Long> positions = new ConcurrentHashMap<>();
    private final Thread thread = new Thread(this::follow, "results-follower");
    private volatile boolean closing;

    /** Takes over the consumer, which must read committed records only. */
    ResultsFollower(Consumer<String, byte[]> consumer, Wire wire, String topic) {
        this.consumer = consumer;
        this.wire = wire;
        this.topic = topic;
    }

    /** From the end of the topic on; when it returns, no later result is missed. */
    void start() {
        var partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(partition -> positions.put(partition, consumer.position(partition)));
        thread.setDaemon(true);
        thread.start();
    }

    /** Enters somebody who is about to send a command. */
    Waiter await(String commandId) {
        var waiter = new Waiter(commandId);
        waiters.computeIfAbsent(commandId, id -> new CopyOnWriteArrayList<>()).add(waiter);
        waiter.result().whenComplete((result, failure) -> forget(waiter));
        return waiter;
    }

    /** A result that came in lately. */
    Optional<CommandResult> recent(String commandId) {
        return Optional.ofNullable(recent.getIfPresent(commandId)).map(wire::result);
    }

    /** How far each partition has been followed: the next offset. */
    long position(int partition) {
        return positions.getOrDefault(new TopicPartition(topic, partition), 0L);
    }

    boolean alive() {
        return thread.isAlive();
    }

    private void follow() {
        try (consumer) {
            while (!closing) {
                var records = consumer.poll(POLL);
                records.forEach(this::hear);
                positions.replaceAll((partition, before) -> consumer.position(partition));
            }
        } catch (WakeupException e) {
            // We are closing.
        } catch (RuntimeException e) {
            LOG.error("Results are not followed any more: commands that wait get no answer", e);
        }
    }

    private void hear(ConsumerRecord<String, byte[]> record) {
        if (record.key() == null || record.value() == null) {
            return;
        }
        var waiting = waiters.get(record.key());
        if (waiting == null) {
            recent.put(record.key(), record.value());
            return;
        }
        try {
            var result = wire.result(record.value());
            recent.put(record.key(), record.value());
            var source = Source.read(record.headers());
            waiting.forEach(waiter -> waiter.hear(source, result));
        } catch (MalformedRecordException | SchemaRegistryException e) {
            // Anybody may write there; who waits for the true result goes on waiting.
            LOG.warn("Passing over a record of {} that cannot be read as a result: {}", topic, e.getMessage());
        }
    }

    private void forget(Waiter waiter) {
        waiters.computeIfPresent(waiter.commandId(), (id, waiting) -> {
            waiting.remove(waiter);
            return waiting.isEmpty() ? null : waiting;
        });
    }

    @Override
    public void close() {
        closing = true;
        consumer.wakeup();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
