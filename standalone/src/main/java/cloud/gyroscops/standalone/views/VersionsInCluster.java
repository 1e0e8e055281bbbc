package cloud.gyroscops.standalone.views;

import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.settings.KafkaSettings;
import cloud.gyroscops.schemas.topic.TopicCatalogue;
import cloud.gyroscops.topology.view.ViewTopology;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** What the cluster holds of versions of the views: consumer groups, and the topics of their own. */
final class VersionsInCluster implements AutoCloseable {

    /** The end of a transaction is no record, and who has worked on all need not have passed the last one. */
    private static final long AN_END = 1;

    private final Admin admin;
    private final TopicCatalogue topics;
    private final String family;

    VersionsInCluster(KafkaSettings kafka, TopicCatalogue topics) {
        this.admin = Admin.create(kafka.with(Map.of()));
        this.topics = topics;
        this.family = topics.prefix() + ViewTopology.APPLICATION;
    }

    /**
     * Looks for the topic that says which versions there are.
     *
     * @throws IllegalStateException if it is not there
     */
    void expectControl() {
        if (!names().contains(topics.viewVersions())) {
            throw new IllegalStateException("there is no topic " + topics.viewVersions()
                    + ", which says what versions of the views there are; the system makes it at its start: did it start"
                    + " here, and is --topic-prefix right?");
        }
    }

    /** The versions that have topics. */
    SortedSet<Integer> versions() {
        return names().stream()
                .flatMap(topic -> ViewTopology.version(family, topic).stream().boxed())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** How many threads of instances work on a version. */
    int members(int version) {
        var group = ViewTopology.application(family, version);
        try {
            return answer(admin.describeConsumerGroups(List.of(group))
                            .describedGroups()
                            .get(group))
                    .members()
                    .size();
        } catch (GroupIdNotFoundException none) {
            return 0;
        }
    }

    /** Where what feeds all views ends now. */
    Map<TopicPartition, Long> endsOfEvents() {
        var names = Stream.concat(
                Stream.of(Aggregate.values()).map(topics::events),
                Stream.of(topics.results(), topics.mirrorOutcomes()));
        return offsets(partitions(names), OffsetSpec.latest());
    }

    /** Where the changes end now that a version has sent to the partitions of organizations; empty before it has begun. */
    Map<TopicPartition, Long> endsOfChanges(int version) {
        var topic = ViewTopology.changes(ViewTopology.application(family, version));
        return names().contains(topic) ? offsets(partitions(Stream.of(topic)), OffsetSpec.latest()) : Map.of();
    }

    /** How far a version has come. */
    Standing standing(int version, Map<TopicPartition, Long> ends) {
        var committed = answer(admin.listConsumerGroupOffsets(ViewTopology.application(family, version))
                .partitionsToOffsetAndMetadata());
        var begins = offsets(ends.keySet(), OffsetSpec.earliest());
        long applied = 0;
        long all = 0;
        boolean reached = true;
        for (var end : ends.entrySet()) {
            var place = end.getKey();
            var next = committed.get(place);
            // What is deleted for its age cannot be come to.
            long position = Math.max(next == null ? 0 : next.offset(), begins.get(place));
            applied += Math.min(position, end.getValue());
            all += end.getValue();
            reached &= position + AN_END >= end.getValue();
        }
        return new Standing(applied, all, reached);
    }

    /**
     * How far a version has come.
     *
     * @param applied offsets that it has behind it
     * @param all that there were
     * @param reached whether nothing of that is left
     */
    record Standing(long applied, long all, boolean reached) {}

    /** Deletes a version's topics, and its group, of which nobody must be a member; and counts the topics. */
    int remove(int version) {
        try {
            answer(admin.deleteConsumerGroups(List.of(ViewTopology.application(family, version)))
                    .all());
        } catch (GroupIdNotFoundException gone) {
            // An earlier attempt got that far.
        }
        var own = names().stream()
                .filter(topic -> ViewTopology.version(family, topic).stream().anyMatch(found -> found == version))
                .toList();
        for (var topic : own) {
            try {
                answer(admin.deleteTopics(List.of(topic)).all());
            } catch (UnknownTopicOrPartitionException gone) {
                // Another command was faster.
            }
        }
        return own.size();
    }

    private Set<String> names() {
        return answer(admin.listTopics().names());
    }

    /** As many as there are: commands are not told the number. */
    private List<TopicPartition> partitions(Stream<String> names) {
        return answer(admin.describeTopics(names.toList()).allTopicNames()).values().stream()
                .flatMap(topic -> IntStream.range(0, topic.partitions().size())
                        .mapToObj(number -> new TopicPartition(topic.name(), number)))
                .toList();
    }

    private Map<TopicPartition, Long> offsets(Collection<TopicPartition> partitions, OffsetSpec which) {
        var wanted = partitions.stream().collect(Collectors.toMap(partition -> partition, any -> which));
        var found = new HashMap<TopicPartition, Long>();
        answer(admin.listOffsets(wanted, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                        .all())
                .forEach((partition, offset) -> found.put(partition, offset.offset()));
        return found;
    }

    private static <T> T answer(KafkaFuture<T> asked) {
        try {
            return asked.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException known ? known : new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted; run it again to go on", e);
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(1));
    }
}
