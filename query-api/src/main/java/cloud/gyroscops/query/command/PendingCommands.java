package cloud.gyroscops.query.command;

import cloud.gyroscops.query.problem.Problem;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.serde.Wire;
import cloud.gyroscops.schemas.topic.TopicCatalogue;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/**
 * Finds commands that wait to be handled: those behind the command topology's committed offsets; and results that the
 * views have yet to take in: those behind theirs. That is exact whoever
 * published them and whichever instance is asked, also after restarts, and costs nothing until somebody asks.
 */
final class PendingCommands implements AutoCloseable {

    private static final Duration AT_MOST = Duration.ofSeconds(2);

    private static final long PAUSE_NANOS = 1_000_000;

    /** Each has a consumer of its own. */
    private final Semaphore searches = new Semaphore(4);

    private final Admin admin;
    private final Function<IsolationLevel, Consumer<String, byte[]>> consumers;
    private final TopicCatalogue topics;
    private final Wire wire;
    private final String commandGroup;
    private final Supplier<String> viewGroup;
    private final ResultsFollower results;

    PendingCommands(
            Admin admin,
            Function<IsolationLevel, Consumer<String, byte[]>> consumers,
            TopicCatalogue topics,
            Wire wire,
            String commandGroup,
            Supplier<String> viewGroup,
            ResultsFollower results) {
        this.admin = admin;
        this.consumers = consumers;
        this.topics = topics;
        this.wire = wire;
        this.commandGroup = commandGroup;
        this.viewGroup = viewGroup;
        this.results = results;
    }

    /** Whether a command waits to be handled. */
    boolean holds(String commandId) {
        var commands = partitions(Stream.of(Aggregate.values()).map(topics::commands));
        // Also those behind an open transaction, in which others were moved to their partition.
        return firstBehind(commandGroup, commands, IsolationLevel.READ_UNCOMMITTED, record -> isFor(record, commandId))
                .isPresent();
    }

    /** A result that the views have yet to take in: it came before we followed the results, and they lag behind. */
    Optional<byte[]> resultBehindViews(String commandId) {
        var all = partitions(Stream.of(topics.results()));
        return firstBehind(
                        viewGroup.get(),
                        all,
                        IsolationLevel.READ_COMMITTED,
                        record -> commandId.equals(record.key()) && record.value() != null)
                .map(ConsumerRecord::value);
    }

    /** The first record, among those that a group has yet to work on, that is wanted. */
    private Optional<ConsumerRecord<String, byte[]>> firstBehind(
            String group,
            Collection<TopicPartition> partitions,
            IsolationLevel isolation,
            Predicate<ConsumerRecord<String, byte[]>> wanted) {
        var ends = ends(partitions, isolation);
        var left = behind(group, ends);
        if (left.isEmpty()) {
            return Optional.empty();
        }
        if (!searches.tryAcquire()) {
            throw Problem.unavailable("too many ask for commands at once");
        }
        try {
            return search(left, ends, isolation, wanted);
        } finally {
            searches.release();
        }
    }

    private Optional<ConsumerRecord<String, byte[]>> search(
            Map<TopicPartition, Long> left,
            Map<TopicPartition, Long> ends,
            IsolationLevel isolation,
            Predicate<ConsumerRecord<String, byte[]>> wanted) {
        long until = System.nanoTime() + AT_MOST.toNanos();
        try (var consumer = consumers.apply(isolation)) {
            consumer.assign(left.keySet());
            left.forEach(consumer::seek);
            while (left.keySet().stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                for (var record : consumer.poll(Duration.ofMillis(100))) {
                    if (wanted.test(record)) {
                        return Optional.of(record);
                    }
                }
                if (System.nanoTime() > until) {
                    throw Problem.unavailable("too much is under way to look for one command in it");
                }
            }
            return Optional.empty();
        }
    }

    /** Returns when all results that are committed now have come in. */
    void awaitResultsUntilNow() {
        var ends = ends(partitions(Stream.of(topics.results())), IsolationLevel.READ_COMMITTED);
        long until = System.nanoTime() + AT_MOST.toNanos();
        while (ends.entrySet().stream()
                .anyMatch(end -> results.position(end.getKey().partition()) < end.getValue())) {
            if (System.nanoTime() > until) {
                throw Problem.unavailable("results come in too slowly to tell");
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private boolean isFor(ConsumerRecord<String, byte[]> record, String commandId) {
        return wire.commandHeader(record.value())
                .filter(header -> header.getCommandId().equals(commandId))
                .isPresent();
    }

    private Collection<TopicPartition> partitions(Stream<String> names) {
        return names.flatMap(topic -> IntStream.range(0, topics.partitions())
                        .mapToObj(partition -> new TopicPartition(topic, partition)))
                .toList();
    }

    /** Where handling goes on, for partitions in which something waits. */
    private Map<TopicPartition, Long> behind(String group, Map<TopicPartition, Long> ends) {
        var committed = ask(() -> admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get());
        var behind = new HashMap<TopicPartition, Long>();
        ends.forEach((partition, end) -> {
            var handled = committed.get(partition);
            long from = handled == null ? 0 : handled.offset();
            if (from < end) {
                behind.put(partition, from);
            }
        });
        return behind;
    }

    private Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions, IsolationLevel isolation) {
        var wanted = partitions.stream().collect(Collectors.toMap(partition -> partition, any -> OffsetSpec.latest()));
        var found = ask(() -> admin.listOffsets(wanted, new ListOffsetsOptions(isolation))
                .all()
                .get());
        return found.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue()
                .offset()));
    }

    private static <T> T ask(Question<T> question) {
        try {
            return question.answer();
        } catch (ExecutionException e) {
            throw Problem.unavailable("Kafka cannot be asked: " + e.getCause().getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.unavailable("this instance is stopping");
        }
    }

    /** A question to the cluster. */
    @FunctionalInterface
    private interface Question<T> {
        T answer() throws ExecutionException, InterruptedException;
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(5));
    }
}
