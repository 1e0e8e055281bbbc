package cloud.gyroscops.standalone.check;

import cloud.gyroscops.schemas.settings.KafkaSettings;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.InterruptException;

/** What a cluster tells of its topics, and of the command topology's group, at this moment. */
final class ClusterState implements AutoCloseable {

    private final Admin admin;
    private final String group;

    ClusterState(KafkaSettings kafka, String group) {
        this.admin = Admin.create(kafka.with(Map.of("default.api.timeout.ms", "10000", "request.timeout.ms", "10000")));
        this.group = group;
    }

    /** The partitions of those topics that are there, in the order of the topics. */
    Map<String, List<TopicPartition>> partitions(List<String> topics) {
        var there = call(admin.listTopics().names());
        var names = topics.stream().filter(there::contains).toList();
        var described = call(admin.describeTopics(names).allTopicNames());
        var partitions = new LinkedHashMap<String, List<TopicPartition>>();
        names.forEach(topic -> partitions.put(
                topic,
                described.get(topic).partitions().stream()
                        .map(partition -> new TopicPartition(topic, partition.partition()))
                        .toList()));
        return partitions;
    }

    /** What the group has committed. */
    Map<TopicPartition, Long> committed() {
        var committed = new HashMap<TopicPartition, Long>();
        call(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
                .forEach((partition, offset) -> {
                    if (offset != null) {
                        committed.put(partition, offset.offset());
                    }
                });
        return committed;
    }

    /** Whether anybody is in the group. */
    boolean hasMembers() {
        try {
            return !call(admin.describeConsumerGroups(List.of(group))
                            .describedGroups()
                            .get(group))
                    .members()
                    .isEmpty();
        } catch (GroupIdNotFoundException nobody) {
            return false;
        }
    }

    Map<TopicPartition, Long> offsets(
            Collection<TopicPartition> partitions, OffsetSpec which, IsolationLevel isolation) {
        var asked = new HashMap<TopicPartition, OffsetSpec>();
        partitions.forEach(partition -> asked.put(partition, which));
        var offsets = new HashMap<TopicPartition, Long>();
        call(admin.listOffsets(asked, new ListOffsetsOptions(isolation)).all())
                .forEach((partition, told) -> offsets.put(partition, told.offset()));
        return offsets;
    }

    /** Records of a topic that have this time or an earlier one are deleted for their age; Long.MIN_VALUE: none are. */
    long expired(String topic) {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        var configs = call(admin.describeConfigs(List.of(resource)).all()).get(resource);
        long kept = Long.parseLong(configs.get(TopicConfig.RETENTION_MS_CONFIG).value());
        boolean deletes =
                configs.get(TopicConfig.CLEANUP_POLICY_CONFIG).value().contains(TopicConfig.CLEANUP_POLICY_DELETE);
        return deletes && kept >= 0 ? System.currentTimeMillis() - kept : Long.MIN_VALUE;
    }

    private static <T> T call(KafkaFuture<T> answer) {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException told ? told : new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
