package cloud.gyroscops.benchmarks.read;

import cloud.gyroscops.benchmarks.process.Child;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.topic.TopicCatalogue;
import cloud.gyroscops.topology.view.ViewTopology;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupNotEmptyException;

/** Follows an application through the event log, by the offsets that it commits. */
final class Building {

    private static final long PAUSE_MS = 50;
    private static final Duration SILENCE = Duration.ofMinutes(3);

    /** Longer than a session: who did not leave in time is a member until that ends. */
    private static final Duration STILL_A_MEMBER = Duration.ofSeconds(30);

    /** The end of the last transaction is no record. */
    private static final long AN_END = 1;

    private final Admin admin;
    private final String application;
    private final Set<String> events;
    private final String changes;
    private final long all;

    /** An application whose changes pass through a topic of its own, as those of the views do; all: how many events there are. */
    Building(Admin admin, String application, TopicCatalogue topics, long all) {
        this.admin = admin;
        this.application = application;
        this.events = Arrays.stream(Aggregate.values()).map(topics::events).collect(Collectors.toSet());
        this.changes = ViewTopology.changes(application);
        this.all = all;
    }

    /** Returns once it has done all. */
    Build await(Child process) throws ExecutionException, InterruptedException, IOException {
        long first = 0;
        long began = 0;
        var cpuBegan = Duration.ZERO;
        long moved = System.nanoTime();
        for (Map<TopicPartition, Long> known = Map.of(); ; ) {
            var now = committed();
            if (!now.equals(known)) {
                moved = System.nanoTime();
                known = now;
            }
            long done = sum(now, events);
            if (done > 0 && began == 0) {
                first = done;
                began = System.nanoTime();
                cpuBegan = process.cpu();
            }
            if (done >= all && allChangesArrived(now)) {
                double counted = Math.max(1, all - first);
                double seconds = (System.nanoTime() - began) / 1e9;
                double cpuMicros = process.cpu().minus(cpuBegan).toNanos() / 1e3;
                return new Build(
                        counted / seconds, cpuMicros / counted, (double) ownRecords() / all, (double) ownBytes() / all);
            }
            if (!process.alive() || System.nanoTime() - moved > SILENCE.toNanos()) {
                throw new IllegalStateException(application + " goes no further than " + done + " of " + all
                        + " events; it says: " + end(Files.readAllLines(process.log())));
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
        }
    }

    private Map<TopicPartition, Long> committed() throws ExecutionException, InterruptedException {
        var offsets = new HashMap<TopicPartition, Long>();
        admin.listConsumerGroupOffsets(application)
                .partitionsToOffsetAndMetadata()
                .get()
                .forEach((partition, offset) -> {
                    if (offset != null) {
                        offsets.put(partition, offset.offset());
                    }
                });
        return offsets;
    }

    private static long sum(Map<TopicPartition, Long> offsets, Set<String> topics) {
        return offsets.entrySet().stream()
                .filter(offset -> topics.contains(offset.getKey().topic()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private boolean allChangesArrived(Map<TopicPartition, Long> committed)
            throws ExecutionException, InterruptedException {
        return ends(Set.of(changes)).entrySet().stream()
                .allMatch(end -> end.getValue() - committed.getOrDefault(end.getKey(), 0L) <= AN_END);
    }

    /** The topics that Kafka Streams made for it. */
    private Set<String> own() throws ExecutionException, InterruptedException {
        return admin.listTopics().names().get().stream()
                .filter(topic -> topic.startsWith(application + '-'))
                .collect(Collectors.toSet());
    }

    private long ownRecords() throws ExecutionException, InterruptedException {
        return ends(own()).values().stream().mapToLong(Long::longValue).sum();
    }

    private long ownBytes() throws ExecutionException, InterruptedException {
        var own = own();
        var brokers =
                admin.describeCluster().nodes().get().stream().map(Node::id).toList();
        return admin.describeLogDirs(brokers).allDescriptions().get().values().stream()
                .flatMap(broker -> broker.values().stream())
                .flatMap(directory -> directory.replicaInfos().entrySet().stream())
                .filter(replica -> own.contains(replica.getKey().topic()))
                .mapToLong(replica -> replica.getValue().size())
                .sum();
    }

    private Map<TopicPartition, Long> ends(Set<String> topics) throws ExecutionException, InterruptedException {
        var latest = new HashMap<TopicPartition, OffsetSpec>();
        admin.describeTopics(topics).allTopicNames().get().forEach((name, topic) -> topic.partitions()
                .forEach(
                        partition -> latest.put(new TopicPartition(name, partition.partition()), OffsetSpec.latest())));
        return admin.listOffsets(latest).all().get().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, offset -> offset.getValue().offset()));
    }

    /** Forgets how far it has come, and all that it has written to topics of its own; it must not run. */
    void undo() throws ExecutionException, InterruptedException {
        long until = System.nanoTime() + STILL_A_MEMBER.toNanos();
        while (!groupDeleted(System.nanoTime() > until)) {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
        }
        admin.deleteTopics(own()).all().get();
    }

    /** Not as long as it has members; throws then if this was the last attempt. */
    private boolean groupDeleted(boolean last) throws ExecutionException, InterruptedException {
        try {
            admin.deleteConsumerGroups(List.of(application)).all().get();
            return true;
        } catch (ExecutionException e) {
            if (last || !(e.getCause() instanceof GroupNotEmptyException)) {
                throw e;
            }
            return false;
        }
    }

    private static List<String> end(List<String> log) {
        return log.subList(Math.max(0, log.size() - 5), log.size());
    }
}
